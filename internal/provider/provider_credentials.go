// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// origin is one place from which credentials can come, with the names they bear there. Errors
// show the names and never the values.
type origin struct {
	place             string
	credentials       client.Credentials
	token, key, email string
	any               bool // something is set here, be it empty
}

// resolveCredentials takes the credentials of one origin as a whole. Mixing them would send a
// Global API Key from the environment beside a configured token.
func resolveCredentials(config providerModel, getenv func(string) string, diags *diag.Diagnostics) client.Credentials {
	from := configuredOrigin(config)
	if !from.any {
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
	return origin{
		place: "the provider block",
		credentials: client.Credentials{
			Token: config.APIToken.ValueString(), Key: config.APIKey.ValueString(), Email: config.Email.ValueString(),
		},
		token: "api_token", key: "api_key", email: "email",
		any: !config.APIToken.IsNull() || !config.APIKey.IsNull() || !config.Email.IsNull(),
	}
}

func environmentOrigin(getenv func(string) string) origin {
	return origin{
		place:       "the environment",
		credentials: client.Credentials{Token: getenv(envToken), Key: getenv(envKey), Email: getenv(envEmail)},
		token:       envToken, key: envKey, email: envEmail,
	}
}

// fault names what is wrong with the credentials of an origin, and the attribute it is about.
func (o origin) fault() (attribute, text string) {
	c := o.credentials
	for _, value := range []struct{ attribute, name, value string }{
		{"api_token", o.token, c.Token}, {"api_key", o.key, c.Key}, {"email", o.email, c.Email},
	} {
		if strings.ContainsFunc(value.value, unprintable) {
			return value.attribute, value.name + " contains white space or a character that cannot be sent, perhaps the newline at the end of a file. " +
				"In Terraform, trimspace() removes it."
		}
	}
	switch {
	case c.Token != "" && c.Key != "":
		return "api_token", o.place + " sets both " + o.token + " and " + o.key + ", two ways to authenticate. Keep one; the token is the better choice."
	case c.Token == "" && c.Key != "" && c.Email == "":
		return "email", o.place + " sets " + o.key + " without " + o.email + ". A Global API Key needs the email of its user."
	case c.Token == "" && c.Key == "" && o.any:
		return "api_token", o.place + " sets no " + o.token + " and no " + o.key + " that is not empty. What is written there counts as a whole: " +
			"credentials from the environment do not complete it. Write an API token there, or nothing, to use " + envToken + "."
	case c.Token == "" && c.Key == "":
		return "api_token", "There are no credentials. Set " + envToken + " or the provider's api_token to an API token with the permission group " +
			"\"Registrar Domains Admin\" (to plan only, \"Registrar Domains Read\")."
	}
	return "", ""
}

// unprintable reports what no credential holds. A newline would also end the header that carries it.
func unprintable(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r >= 0x7f }
