// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import "net/http"

// Credentials are an API token, or the Global API Key with the email of its user. If both are set, the
// client sends only the token.
// Source: the "Security" part of
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/edit/.
type Credentials struct {
	Token string
	Key   string
	Email string
	// From is the variable or attribute that set the token or key, for errors.
	From string
}

// setHeaders sets the credentials' headers. With a token it doesn't send the key, because a Global API Key
// has wider rights.
func (c Credentials) setHeaders(header http.Header) {
	if c.Token != "" {
		header.Set("Authorization", "Bearer "+c.Token)
		return
	}
	header.Set("X-Auth-Email", c.Email)
	header.Set("X-Auth-Key", c.Key)
}
