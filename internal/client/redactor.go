// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import "strings"

// shortestSecret is the length in bytes from which a credential is looked for in answers.
// Cloudflare's tokens and keys have 37 or more; below this a match would be chance, and
// replacing it would break answers that echo nothing.
const shortestSecret = 8

// redactor takes the credentials out of what a server sends, so that a server which echoes
// them cannot bring them into an error, a log or the state.
type redactor struct{ replacer *strings.Replacer }

func newRedactor(credentials Credentials) redactor {
	var pairs []string
	for secret, stands := range map[string]string{
		credentials.Token: "(api_token redacted)",
		credentials.Key:   "(api_key redacted)",
		credentials.Email: "(the provider's email)",
	} {
		if len(secret) >= shortestSecret {
			pairs = append(pairs, secret, stands)
		}
	}
	return redactor{strings.NewReplacer(pairs...)}
}

// clean gives the text without credentials.
func (r redactor) clean(text string) string { return r.replacer.Replace(text) }
