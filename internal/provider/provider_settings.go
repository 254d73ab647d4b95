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

// settings are the provider's settings, from the provider block and the environment.
type settings struct {
	client.Config // AccountFrom is envAccountID or providerBlock

	accountID types.String // null if none is set, unknown until it is created
}

// resolve reads the provider block and the environment, and reports all errors at once. Unknown
// values are valid: in `terraform validate`, every variable is unknown.
func resolve(config providerModel, getenv func(string) string) (settings, diag.Diagnostics) {
	var s settings
	var diags diag.Diagnostics
	s.Credentials = resolveCredentials(config, getenv, &diags)
	s.BaseURL = resolveBaseURL(config.BaseURL, getenv, &diags)
	s.Product = resolveProduct(config.Sandbox, getenv, &diags)
	s.RespondAsync = config.RespondAsync.ValueBool()
	s.accountID, s.AccountFrom = resolveAccount(config.AccountID, getenv, &diags)
	s.DefaultAccount = s.accountID.ValueString()
	return s, diags
}

// unknowns returns an error for each unknown value except account_id, which a plan can leave unknown.
// If the provider ignored an unknown token or base_url, a plan could use different credentials or a different
// server than the apply.
func unknowns(block tftypes.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	var attributes map[string]tftypes.Value
	_ = block.As(&attributes) // an object: the framework has decoded it
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if name != "account_id" && !attributes[name].IsKnown() {
			diags.AddAttributeError(path.Root(name), "Provider configuration is not known yet",
				name+" is only known after apply. Set it to a value that is known in the plan, "+
					"or first apply the resource that it depends on: terraform apply -target=…")
		}
	}
	return diags
}

// providerBlock is the source of a value that the configuration sets.
const providerBlock = "the provider block"

// fallback returns the value in the provider block, or else the environment variable's, and its source:
// providerBlock or the name of the variable.
func fallback(configured types.String, getenv func(string) string, variable string) (value types.String, from string) {
	if configured.IsNull() {
		return textOrNull(getenv(variable)), variable
	}
	return configured, providerBlock
}

// named returns the name of a setting in an error: the attribute, or the variable that set it.
func named(attribute, from string) string {
	if from == providerBlock {
		return attribute + " in " + from
	}
	return from
}

func resolveAccount(configured types.String, getenv func(string) string, diags *diag.Diagnostics) (account types.String, from string) {
	account, from = fallback(configured, getenv, envAccountID)
	if problem := accountProblem(named("account_id", from), account.ValueString()); problem != "" && !account.IsNull() && !account.IsUnknown() {
		diags.AddAttributeError(path.Root("account_id"), "Invalid account ID", problem)
	}
	return account, from
}

func resolveBaseURL(configured types.String, getenv func(string) string, diags *diag.Diagnostics) *url.URL {
	text, from := fallback(configured, getenv, envBaseURL)
	if text.IsNull() {
		text = types.StringValue(client.DefaultBaseURL)
	}
	base, err := client.ParseBaseURL(text.ValueString())
	if err != nil && !text.IsUnknown() {
		diags.AddAttributeError(path.Root("base_url"), "Invalid base URL", baseURLProblem(named("base_url", from), text.ValueString(), err))
	}
	return base
}

// baseURLProblem quotes the value unless it may contain a secret: a password before @, or a query.
func baseURLProblem(name, value string, err error) string {
	if strings.ContainsAny(value, "@?#") {
		return fmt.Sprintf("%s %s.", name, err)
	}
	return fmt.Sprintf("%s is %q; it %s.", name, value, err)
}

func resolveProduct(configured types.Bool, getenv func(string) string, diags *diag.Diagnostics) client.Product {
	sandbox, text := configured.ValueBool(), getenv(envSandbox)
	if configured.IsNull() && text != "" {
		var err error
		if sandbox, err = strconv.ParseBool(text); err != nil {
			diags.AddAttributeError(path.Root("sandbox"), "Invalid sandbox setting", fmt.Sprintf("%s is %q; it must be true or false.", envSandbox, text))
		}
	}
	if sandbox {
		return client.Sandbox
	}
	return client.Production
}

// credential is a token, key or email, with its attribute and its name at the source. Errors show
// the name and never the value.
type credential struct {
	attribute, name string
	value           types.String
}

// resolveCredentials takes all credentials from one source: the provider block if it sets any, even
// to an empty string. A mix could send a Global API Key from the environment along with a configured
// token.
func resolveCredentials(config providerModel, getenv func(string) string, diags *diag.Diagnostics) client.Credentials {
	source := "The provider block"
	token := credential{"api_token", "api_token", config.APIToken}
	key := credential{"api_key", "api_key", config.APIKey}
	email := credential{"email", "email", config.Email}
	if token.value.IsNull() && key.value.IsNull() && email.value.IsNull() {
		source = "The environment"
		token = credential{"api_token", envToken, textOrNull(getenv(envToken))}
		key = credential{"api_key", envKey, textOrNull(getenv(envKey))}
		email = credential{"email", envEmail, textOrNull(getenv(envEmail))}
	}
	if attribute, problem := credentialsProblem(source, token, key, email); problem != "" {
		diags.AddAttributeError(path.Root(attribute), "Invalid credentials", problem)
	}
	if value := token.value.ValueString(); value != "" {
		return client.Credentials{Token: value, From: token.name}
	}
	return client.Credentials{Key: key.value.ValueString(), Email: email.value.ValueString(), From: key.name}
}

// credentialsProblem returns the first problem with the credentials of one source, and its attribute. An
// unknown value may still complete the others.
func credentialsProblem(source string, token, key, email credential) (attribute, text string) {
	unknown := false
	for _, c := range []credential{token, key, email} {
		unknown = unknown || c.value.IsUnknown()
		if strings.ContainsFunc(c.value.ValueString(), unprintable) {
			return c.attribute, c.name + " contains white space or a character that can't be sent, such as the newline at the end of a file. " +
				"In Terraform, trimspace() removes that newline."
		}
	}
	set := func(c credential) bool { return c.value.ValueString() != "" }
	switch {
	case set(token) && set(key):
		return "api_token", fmt.Sprintf("%s sets both %s and %s. Keep one, preferably the token.", source, token.name, key.name)
	case set(token) || set(key) && set(email) || unknown:
		return "", ""
	case set(key):
		return "email", fmt.Sprintf("%s sets %s without %s. A Global API Key needs the email address of its user, from the same source.", source, key.name, email.name)
	case token.name == token.attribute:
		return "api_token", "The provider block sets neither api_token nor api_key to a value. Set one there: " +
			"credentials in the provider block are never combined with environment variables."
	}
	return "api_token", "There are no credentials. Set " + envToken + " or the provider's api_token to an API token with the permission group " +
		"\"Registrar Domains Admin\" (to plan only, \"Registrar Domains Read\")."
}

// unprintable reports whether a credential can't contain the character. A newline would also end the
// header.
func unprintable(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r >= 0x7f }
