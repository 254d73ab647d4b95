// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	testKey   = "secret-key-144c9defac04969c7bfad8efaa8ea194"
	testEmail = "user@example.com"
)

func TestProviderTakesOneSchemeFromOneSource(t *testing.T) {
	t.Parallel()
	type row struct {
		config object
		env    map[string]string
		sent   string // the scheme, as the fake logs it
	}
	cases := map[string]row{
		"a configured token":           {object{"api_token": text(testToken)}, nil, "token"},
		"a configured key":             {object{"api_key": text(testKey), "email": text(testEmail)}, nil, "key"},
		"a token from the environment": {object{}, map[string]string{"CLOUDFLARE_API_TOKEN": testToken}, "token"},
		"a key from the environment":   {object{}, map[string]string{"CLOUDFLARE_API_KEY": testKey, "CLOUDFLARE_EMAIL": testEmail}, "key"},
		"a configured token beside a key in the environment": {
			object{"api_token": text(testToken)}, map[string]string{"CLOUDFLARE_API_KEY": testKey, "CLOUDFLARE_EMAIL": testEmail}, "token",
		},
		"a configured key beside a token in the environment": {
			object{"api_key": text(testKey), "email": text(testEmail)}, map[string]string{"CLOUDFLARE_API_TOKEN": testToken}, "key",
		},
		"a token beside a stray email in the environment": {
			object{}, map[string]string{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_EMAIL": testEmail}, "token",
		},
		"a configured token beside an email": {object{"api_token": text(testToken), "email": text(testEmail)}, nil, "token"},
		"empty variables count as unset": {
			object{}, map[string]string{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_API_KEY": "", "CLOUDFLARE_BASE_URL": "", "CLOUDFLARE_REGISTRAR_SANDBOX": ""}, "token",
		},
	}
	each(t, cases, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s, diags := startWith(t, fake, c.config.With(object{"account_id": text(testAccount)}), c.env)
		if len(diags) > 0 {
			t.Fatalf("configuring: %s", show(diags))
		}
		s.must(s.importID("example.com"))
		for _, request := range fake.Requests() {
			if request.Credential != c.sent {
				t.Errorf("sent %s credentials; want %s", request.Credential, c.sent)
			}
		}
		if len(fake.Requests()) == 0 {
			t.Error("sent nothing")
		}
	})
}

// validateConfig checks a provider block, as every CLI does before it configures the provider.
func (s *session) validateConfig(config object) []*tfprotov6.Diagnostic {
	s.t.Helper()
	resp, err := s.Server.ValidateProviderConfig(s.t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: s.encode(s.Schema.Provider.ValueType(), config)})
	s.sound(err)
	return resp.Diagnostics
}

func TestProviderRefusesBadConfigurationBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	token := object{"api_token": text(testToken)}
	const validate, configure = true, false // when it is found
	type row struct {
		early    bool
		config   object
		env      map[string]string
		at, says string
	}
	cases := map[string]row{
		"no credentials at all":             {configure, object{}, nil, "api_token", "There are no credentials. Set CLOUDFLARE_API_TOKEN"},
		"an email alone in the environment": {configure, object{}, map[string]string{"CLOUDFLARE_EMAIL": testEmail}, "api_token", "There are no credentials"},
		"two schemes in the configuration": {
			validate, object{"api_token": text(testToken), "api_key": text(testKey), "email": text(testEmail)}, nil, "api_token", "sets both api_token and api_key",
		},
		"two schemes in the environment": {
			configure,
			object{},
			map[string]string{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_API_KEY": testKey, "CLOUDFLARE_EMAIL": testEmail},
			"api_token", "sets both CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_KEY",
		},
		"a key without an email": {validate, object{"api_key": text(testKey)}, nil, "email", "sets api_key without email"},
		"a key without an email in the environment": {
			configure, object{}, map[string]string{"CLOUDFLARE_API_KEY": testKey}, "email", "sets CLOUDFLARE_API_KEY without CLOUDFLARE_EMAIL",
		},
		"a key that the environment's email would complete": {
			validate, object{"api_key": text(testKey)}, map[string]string{"CLOUDFLARE_EMAIL": testEmail}, "email", "sets api_key without email",
		},
		"an email that the environment's key would complete": {
			validate, object{"email": text(testEmail)}, map[string]string{"CLOUDFLARE_API_KEY": testKey}, "api_token", "sets neither api_token nor api_key to a value",
		},
		"an empty token beside one in the environment": {
			validate, object{"api_token": text("")}, map[string]string{"CLOUDFLARE_API_TOKEN": testToken}, "api_token", "sets neither api_token nor api_key to a value",
		},
		"an empty key":              {validate, object{"api_key": text(""), "email": text(testEmail)}, nil, "api_token", "sets neither api_token nor api_key to a value"},
		"a token with a newline":    {validate, object{"api_token": text(testToken + "\n")}, nil, "api_token", "such as the newline at the end of a file"},
		"a key with a space inside": {configure, object{}, map[string]string{"CLOUDFLARE_API_KEY": "a b", "CLOUDFLARE_EMAIL": testEmail}, "api_key", "CLOUDFLARE_API_KEY contains white space"},
		"an unknown token":          {configure, object{"api_token": unknown(tftypes.String)}, nil, "api_token", "api_token depends on something that is only known after apply"},
		"an unknown base URL":       {configure, token.With(object{"base_url": unknown(tftypes.String)}), nil, "base_url", "base_url depends on"},
		"an unknown sandbox":        {configure, token.With(object{"sandbox": unknown(tftypes.Bool)}), nil, "sandbox", "sandbox depends on"},
		"an account of 33 characters": {
			validate, token.With(object{"account_id": text(strings.Repeat("a", 33))}), nil, "account_id", "1 to 32 letters",
		},
		"an account with a slash from the environment": {configure, token, map[string]string{"CLOUDFLARE_ACCOUNT_ID": "a/b"}, "account_id", "(from CLOUDFLARE_ACCOUNT_ID)"},
		"an empty account":                 {validate, token.With(object{"account_id": text("")}), nil, "account_id", `account_id (from the provider block): "" is not an account ID`},
		"another scheme than https":        {validate, token.With(object{"base_url": text("ftp://nowhere")}), nil, "base_url", "has a scheme other than https"},
		"plain http to another machine":    {validate, token.With(object{"base_url": text("http://192.0.2.1/client/v4")}), nil, "base_url", "use https"},
		"a base URL with a password":       {validate, token.With(object{"base_url": text("https://u:hunter22@example.com")}), nil, "base_url", "holds a user name or password"},
		"a base URL without a host":        {configure, token, map[string]string{"CLOUDFLARE_BASE_URL": "api.cloudflare.com"}, "base_url", "(from CLOUDFLARE_BASE_URL) is not a URL with a host"},
		"a sandbox that is no truth value": {configure, token, map[string]string{"CLOUDFLARE_REGISTRAR_SANDBOX": "maybe"}, "sandbox", `CLOUDFLARE_REGISTRAR_SANDBOX is "maybe"`},
	}
	each(t, cases, nil, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s, diags := startWith(t, fake, c.config, c.env)
		if early := s.validateConfig(c.config); c.early && show(early) != show(diags) || !c.early && len(early) > 0 {
			t.Errorf("validating says %q; want the same as configuring: %t", show(early), c.early)
		}
		if len(diags) != 1 || !failed(diags) {
			t.Fatalf("configuring says %s; want one error", show(diags))
		}
		if at := diags[0].Attribute.String(); at != `AttributeName("`+c.at+`")` {
			t.Errorf("the error is at %s; want %s", at, c.at)
		}
		if !strings.Contains(show(diags), c.says) {
			t.Errorf("the error does not say %q:\n%s", c.says, show(diags))
		}
		for _, secret := range []string{testToken, testKey, "hunter22"} {
			if strings.Contains(show(diags), secret) {
				t.Errorf("the error shows a secret:\n%s", show(diags))
			}
		}
		sent(t, fake, 0)
	})
}

// Variables are unknown to `terraform validate`, and the environment may supply what is not written.
func TestProviderValidationAcceptsWhatMayBeRight(t *testing.T) {
	t.Parallel()
	open := unknown(tftypes.String)
	each(t, map[string]object{
		"an empty block":                     {},
		"an unknown everything":              {"api_token": open, "api_key": open, "email": open, "account_id": open, "base_url": open, "sandbox": unknown(tftypes.Bool)},
		"a key with an unknown email":        {"api_key": text(testKey), "email": open},
		"an email with an unknown key":       {"api_key": open, "email": text(testEmail)},
		"an empty token and an unknown key":  {"api_token": text(""), "api_key": open, "email": text(testEmail)},
		"a token beside an email":            {"api_token": text(testToken), "email": text(testEmail)},
		"plain http to the machine's own":    {"base_url": text("http://127.0.0.1:8080/client/v4")},
		"an account that the API might have": {"account_id": text(testAccount)},
	}, nil, func(t *testing.T, fake *fakeregistrar.Server, config object) {
		if diags := start(t, fake).validateConfig(config); len(diags) > 0 {
			t.Error(show(diags))
		}
	})
}

func TestAnUnknownProviderAccountIsUnknownInPlans(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, diags := startWith(t, fake, object{"api_token": text(testToken), "account_id": unknown(tftypes.String)}, map[string]string{"CLOUDFLARE_ACCOUNT_ID": "of-the-environment"})
		if len(diags) > 0 {
			t.Fatal(show(diags))
		}
		plan, diags := s.plan(nil, settings("example.com", true))
		if len(diags) > 0 || plan.State["account_id"].IsKnown() || plan.State["id"].IsKnown() || len(fake.Requests()) > 0 {
			t.Errorf("plans account %s and id %s, says %q, sent %v", plan.State["account_id"], plan.State["id"], show(diags), fake.Requests())
		}
		state := s.must(start(t, fake).change(nil, settings("example.com", true))) // Terraform plans again, with the account, while it applies
		if plan, diags := s.plan(state, settings("example.com", true)); len(diags) > 0 || len(plan.Changed()) > 0 {
			t.Errorf("a later plan changes %v, says %q; want neither", plan.Changed(), show(diags))
		}
		named := object{"account_id": text(testAccount), "domain_name": text("example.net")}
		plan, diags = s.plan(nil, named.With(object{"auto_renew": truth(true)}))
		if len(diags) > 0 || !plan.State["id"].Equal(text(testAccount+"/example.net")) {
			t.Errorf("with an account of its own: plans id %s, says %q", plan.State["id"], show(diags))
		}
		s.must(s.data("registrar_domain", named))
		for sentence, diags := range map[string][]*tfprotov6.Diagnostic{
			"a data source": second(s.data("registrar_domain", object{"domain_name": text("example.com")})),
			"a list":        s.query(object{}, 1, false)[0].Diagnostics,
			"an import":     second(s.importID("example.com")),
		} {
			if len(diags) != 1 || !failed(diags) || !strings.Contains(show(diags), "the provider's account_id is only known after apply. Set account_id here") {
				t.Errorf("%s says %q; want one error", sentence, show(diags))
			}
		}
	}, held("example.com", true, fakeregistrar.Immediate()), held("example.net", true, fakeregistrar.Immediate()))
}

func second[T any](_ T, diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic { return diags }

func TestProviderUsesTheSandboxAndSaysWhoAsks(t *testing.T) {
	t.Parallel()
	type row struct {
		config  object
		env     map[string]string
		sandbox bool
	}
	cases := map[string]row{
		"by configuration":             {object{"sandbox": truth(true)}, nil, true},
		"by the environment":           {object{}, map[string]string{"CLOUDFLARE_REGISTRAR_SANDBOX": "true"}, true},
		"configuration has precedence": {object{"sandbox": truth(false)}, map[string]string{"CLOUDFLARE_REGISTRAR_SANDBOX": "true"}, false},
	}
	both := func(row) options {
		return options{
			held("example.com", true, fakeregistrar.Immediate()),
			fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: testAccount, Sandbox: true}),
		}
	}
	each(t, cases, both, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		env := map[string]string{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_ACCOUNT_ID": testAccount, "TF_APPEND_USER_AGENT": "ours/1.0"}
		maps.Copy(env, c.env)
		s, diags := startWith(t, fake, c.config, env)
		if len(diags) > 0 {
			t.Fatal(show(diags))
		}
		s.must(s.importID("example.com"))
		request := fake.Requests()[0]
		if got := strings.Contains(request.Path, "/registrar-sandbox/"); got != c.sandbox {
			t.Errorf("asked %s", request.Path)
		}
		want := "Terraform/1.14.8 (+https://www.terraform.io) terraform-provider-registrar/test ours/1.0"
		if request.UserAgent != want {
			t.Errorf("User-Agent is %q; want %q", request.UserAgent, want)
		}
	})
}

func TestProviderSendsPreferOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	type row struct {
		config object
		sent   string
	}
	cases := map[string]row{"not asked": {object{}, ""}, "asked": {object{"respond_async": truth(true)}, "respond-async"}}
	off := func(row) options { return options{held("example.com", false, fakeregistrar.Held(3*time.Second))} }
	each(t, cases, off, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s, _ := startWith(t, fake, c.config.With(object{"api_token": text(testToken), "account_id": text(testAccount)}), nil)
		s.must(s.change(nil, settings("example.com", true)))
		patched(t, fake, 1)
		for _, request := range fake.Requests() {
			if request.Method == "PATCH" && request.Prefer != c.sent {
				t.Errorf("sent Prefer %q; want %q", request.Prefer, c.sent)
			}
		}
	})
}
