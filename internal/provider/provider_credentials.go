// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// origin is one source of credentials. Errors show the names and never the values.
type origin struct {
	place             string
	token, key, email credential
	configured        bool // the provider block sets one of them, even to an empty string
	open              bool // one is unknown and may still complete the others
}

// credential is a value with the attribute that sets it and the name that it has in its origin.
type credential struct{ attribute, name, value string }

// resolveCredentials takes the credentials of one origin as a whole. Mixing them would send a
// Global API Key from the environment beside a configured token.
func resolveCredentials(config providerModel, getenv func(string) string, diags *diag.Diagnostics) client.Credentials {
	from := configuredOrigin(config)
	if !from.configured {
		from = origin{
			place: "The environment", token: credential{"api_token", envToken, getenv(envToken)},
			key: credential{"api_key", envKey, getenv(envKey)}, email: credential{"email", envEmail, getenv(envEmail)},
		}
	}
	if attribute, fault := from.fault(); fault != "" {
		diags.AddAttributeError(path.Root(attribute), "Invalid credentials", fault)
		return client.Credentials{}
	}
	if from.token.value != "" {
		return client.Credentials{Token: from.token.value}
	}
	return client.Credentials{Key: from.key.value, Email: from.email.value}
}

func configuredOrigin(config providerModel) origin {
	o := origin{place: "The provider block"}
	read := func(name string, value types.String) credential {
		o.configured = o.configured || !value.IsNull()
		o.open = o.open || value.IsUnknown()
		return credential{name, name, value.ValueString()}
	}
	o.token, o.key, o.email = read("api_token", config.APIToken), read("api_key", config.APIKey), read("email", config.Email)
	return o
}

// fault says what is wrong with the credentials of an origin, and in which attribute.
func (o origin) fault() (attribute, text string) {
	for _, c := range []credential{o.token, o.key, o.email} {
		if strings.ContainsFunc(c.value, unprintable) {
			return c.attribute, c.name + " contains white space or a character that cannot be sent, such as the newline at the end of a file. " +
				"In Terraform, trimspace() removes it."
		}
	}
	token, key, email := o.token.value != "", o.key.value != "", o.email.value != ""
	switch {
	case token && key:
		return "api_token", fmt.Sprintf("%s sets both %s and %s. Keep one; the token is recommended.", o.place, o.token.name, o.key.name)
	case token || key && email || o.open:
		return "", ""
	case key:
		return "email", fmt.Sprintf("%s sets %s without %s. A Global API Key needs the email address of its user, from the same place.", o.place, o.key.name, o.email.name)
	case o.configured:
		return "api_token", "The provider block sets neither api_token nor api_key to a value. Set one of them there; the environment completes no credentials in the provider block."
	}
	return "api_token", "There are no credentials. Set " + envToken + " or the provider's api_token to an API token with the permission group " +
		"\"Registrar Domains Admin\" (to plan only, \"Registrar Domains Read\")."
}

// unprintable reports what no credential holds. A newline would also end the header that carries it.
func unprintable(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r >= 0x7f }
