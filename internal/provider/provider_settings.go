// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// settings are the provider's, from the configuration and the environment.
type settings struct {
	credentials  client.Credentials
	accountID    types.String // null where there is none, unknown until it is created
	accountFrom  string       // "CLOUDFLARE_ACCOUNT_ID" or "the provider block"
	baseURL      *url.URL
	product      client.Product
	respondAsync bool
}

// resolve reads the provider block and the environment. It reports every fault at once and sends
// nothing. A value that is unknown, as every variable is to `terraform validate`, has no fault.
func resolve(config providerModel, getenv func(string) string) (settings, diag.Diagnostics) {
	var diags diag.Diagnostics
	s := settings{
		credentials:  resolveCredentials(config, getenv, &diags),
		accountID:    resolveAccount(config.AccountID, getenv, &diags),
		baseURL:      resolveBaseURL(config.BaseURL, getenv, &diags),
		product:      resolveProduct(config.Sandbox, getenv, &diags),
		respondAsync: config.RespondAsync.ValueBool(),
	}
	if s.accountFrom = "the provider block"; config.AccountID.IsNull() {
		s.accountFrom = envAccountID
	}
	return s, diags
}

// unknowns refuses values that are not known yet, except the account, which a plan can leave
// open. Taken for absent, an unknown token would send the plan out with other credentials than
// the apply, and an unknown base_url to another server.
func unknowns(block tftypes.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	var attributes map[string]tftypes.Value
	_ = block.As(&attributes) // an object: the framework has decoded it
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if name != "account_id" && !attributes[name].IsKnown() {
			diags.AddAttributeError(path.Root(name), "Provider configuration is not known yet",
				name+" depends on something that is only known after apply. Give it a value that is known when planning, "+
					"or apply what it depends on first (terraform apply -target=…).")
		}
	}
	return diags
}

// fallback takes a value from the environment where the provider block has none, and says where
// it is from.
func fallback(configured types.String, getenv func(string) string, variable string) (value types.String, from string) {
	if configured.IsNull() {
		return textOrNull(getenv(variable)), "from " + variable
	}
	return configured, "from the provider block"
}

func resolveAccount(configured types.String, getenv func(string) string, diags *diag.Diagnostics) types.String {
	account, from := fallback(configured, getenv, envAccountID)
	if account.IsNull() || account.IsUnknown() {
		return account
	}
	if fault := accountFault("account_id ("+from+")", account.ValueString()); fault != "" {
		diags.AddAttributeError(path.Root("account_id"), "Invalid account ID", fault)
	}
	return account
}

func resolveBaseURL(configured types.String, getenv func(string) string, diags *diag.Diagnostics) *url.URL {
	text, from := fallback(configured, getenv, envBaseURL)
	if text.IsNull() {
		text = types.StringValue(client.DefaultBaseURL)
	}
	base, err := client.ParseBaseURL(text.ValueString())
	if err != nil && !text.IsUnknown() {
		diags.AddAttributeError(path.Root("base_url"), "Invalid base URL", "base_url ("+from+") "+err.Error()+".")
	}
	return base
}

func resolveProduct(configured types.Bool, getenv func(string) string, diags *diag.Diagnostics) client.Product {
	sandbox, text := configured.ValueBool(), getenv(envSandbox)
	if configured.IsNull() && text != "" {
		var err error
		if sandbox, err = strconv.ParseBool(text); err != nil {
			diags.AddAttributeError(path.Root("sandbox"), "Invalid sandbox setting",
				envSandbox+" is "+strconv.Quote(text)+". Set it to true or false, or unset it.")
		}
	}
	if sandbox {
		return client.Sandbox
	}
	return client.Production
}

// credential is one of the three values, with the attribute that sets it and the name that it has
// where it is from. Errors show the names and never the values.
type credential struct {
	attribute, name string
	value           types.String
}

// resolveCredentials takes all of them from one place, the provider block if it sets one, even to
// an empty string. Mixing them would send a Global API Key from the environment beside a
// configured token.
func resolveCredentials(config providerModel, getenv func(string) string, diags *diag.Diagnostics) client.Credentials {
	place := "The provider block"
	token := credential{"api_token", "api_token", config.APIToken}
	key := credential{"api_key", "api_key", config.APIKey}
	email := credential{"email", "email", config.Email}
	if token.value.IsNull() && key.value.IsNull() && email.value.IsNull() {
		place = "The environment"
		token = credential{"api_token", envToken, textOrNull(getenv(envToken))}
		key = credential{"api_key", envKey, textOrNull(getenv(envKey))}
		email = credential{"email", envEmail, textOrNull(getenv(envEmail))}
	}
	if attribute, fault := credentialsFault(place, token, key, email); fault != "" {
		diags.AddAttributeError(path.Root(attribute), "Invalid credentials", fault)
	}
	if value := token.value.ValueString(); value != "" {
		return client.Credentials{Token: value, From: token.name}
	}
	return client.Credentials{Key: key.value.ValueString(), Email: email.value.ValueString(), From: key.name}
}

// credentialsFault says what is wrong with the credentials of one place, and in which attribute. A
// value that is unknown may still complete the others.
func credentialsFault(place string, token, key, email credential) (attribute, text string) {
	unknown := false
	for _, c := range []credential{token, key, email} {
		unknown = unknown || c.value.IsUnknown()
		if strings.ContainsFunc(c.value.ValueString(), unprintable) {
			return c.attribute, c.name + " contains white space or a character that cannot be sent, such as the newline at the end of a file. " +
				"In Terraform, trimspace() removes it."
		}
	}
	set := func(c credential) bool { return c.value.ValueString() != "" }
	switch {
	case set(token) && set(key):
		return "api_token", fmt.Sprintf("%s sets both %s and %s. Keep one; the token is recommended.", place, token.name, key.name)
	case set(token) || set(key) && set(email) || unknown:
		return "", ""
	case set(key):
		return "email", fmt.Sprintf("%s sets %s without %s. A Global API Key needs the email address of its user, from the same place.", place, key.name, email.name)
	case token.name == token.attribute:
		return "api_token", "The provider block sets neither api_token nor api_key to a value. Set one of them there; the environment completes no credentials in the provider block."
	}
	return "api_token", "There are no credentials. Set " + envToken + " or the provider's api_token to an API token with the permission group " +
		"\"Registrar Domains Admin\" (to plan only, \"Registrar Domains Read\")."
}

// unprintable reports what no credential holds. A newline would also end the header that carries it.
func unprintable(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r >= 0x7f }
