// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// origin is one source of credentials, with the names that they have there. Errors show the
// names and never the values.
type origin struct {
	place             string
	credentials       client.Credentials
	token, key, email string
	configured        bool // the provider block sets one of them, even to an empty string
	open              bool // one is unknown and may still complete the others
}

// resolveCredentials takes the credentials of one origin as a whole. Mixing them would send a
// Global API Key from the environment beside a configured token.
func resolveCredentials(config providerModel, getenv func(string) string, diags *diag.Diagnostics) client.Credentials {
	from := configuredOrigin(config)
	if !from.configured {
		from = environmentOrigin(getenv)
	}
	if attribute, fault := from.fault(); fault != "" {
		diags.AddAttributeError(path.Root(attribute), "Invalid credentials", fault)
		return client.Credentials{}
	}
	if from.credentials.Token != "" {
		return client.Credentials{Token: from.credentials.Token}
	}
	return from.credentials
}

func configuredOrigin(config providerModel) origin {
	o := origin{
		place: "The provider block",
		credentials: client.Credentials{
			Token: config.APIToken.ValueString(), Key: config.APIKey.ValueString(), Email: config.Email.ValueString(),
		},
		token: "api_token", key: "api_key", email: "email",
	}
	for _, value := range []types.String{config.APIToken, config.APIKey, config.Email} {
		o.configured = o.configured || !value.IsNull()
		o.open = o.open || value.IsUnknown()
	}
	return o
}

func environmentOrigin(getenv func(string) string) origin {
	return origin{
		place:       "The environment",
		credentials: client.Credentials{Token: getenv(envToken), Key: getenv(envKey), Email: getenv(envEmail)},
		token:       envToken, key: envKey, email: envEmail,
	}
}

// fault says what is wrong with the credentials of an origin, and in which attribute.
func (o origin) fault() (attribute, text string) {
	c := o.credentials
	for _, value := range []struct{ attribute, name, value string }{
		{"api_token", o.token, c.Token}, {"api_key", o.key, c.Key}, {"email", o.email, c.Email},
	} {
		if strings.ContainsFunc(value.value, unprintable) {
			return value.attribute, value.name + " contains white space or a character that cannot be sent, such as the newline at the end of a file. " +
				"In Terraform, trimspace() removes it."
		}
	}
	switch {
	case c.Token != "" && c.Key != "":
		return "api_token", o.place + " sets both " + o.token + " and " + o.key + ". Keep one; the token is recommended."
	case c.Token != "" || c.Key != "" && c.Email != "" || o.open:
		return "", ""
	case c.Key != "":
		return "email", o.place + " sets " + o.key + " without " + o.email + ". A Global API Key needs the email address of its user." + o.alone()
	case !o.configured:
		return "api_token", "There are no credentials. Set " + envToken + " or the provider's api_token to an API token with the permission group " +
			"\"Registrar Domains Admin\" (to plan only, \"Registrar Domains Read\")."
	case c.Email != "":
		return "email", o.place + " sets email without api_key. Set api_key too, or remove email." + o.alone()
	}
	return "api_token", o.place + " sets api_token or api_key to an empty string. Set it to a value, or remove it to use the environment's credentials." + o.alone()
}

// alone explains why the environment does not complete what is configured.
func (o origin) alone() string {
	if !o.configured {
		return ""
	}
	return " Credentials in the provider block are never completed from the environment."
}

// unprintable reports what no credential holds. A newline would also end the header that carries it.
func unprintable(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r >= 0x7f }
