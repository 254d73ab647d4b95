// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	testKey   = "secret-key-144c9defac04969c7bfad8efaa8ea194"
	testEmail = "user@example.com"
)

// env contains the environment variables of a provider.
type env = map[string]string

func TestProviderSettingsInRequests(t *testing.T) {
	t.Parallel()
	token, key := object{"api_token": text(testToken)}, object{"api_key": text(testKey), "email": text(testEmail)}
	envToken, envKey := env{"CLOUDFLARE_API_TOKEN": testToken}, env{"CLOUDFLARE_API_KEY": testKey, "CLOUDFLARE_EMAIL": testEmail}
	type row struct {
		config  object
		env     env
		scheme  string
		from    string // what set the credentials
		sandbox bool
		prefer  string
	}
	cases := map[string]row{
		"a key from the environment":                         {object{}, envKey, "key", "CLOUDFLARE_API_KEY", false, ""},
		"a configured token beside a key in the environment": {token, envKey, "token", "api_token", false, ""},
		"a configured key beside a token in the environment": {key, envToken, "key", "api_key", false, ""},
		"a token beside a stray email in the environment":    {object{}, env{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_EMAIL": testEmail}, "token", "CLOUDFLARE_API_TOKEN", false, ""},
		"empty variables count as unset": {
			object{}, env{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_API_KEY": "", "CLOUDFLARE_BASE_URL": "", "CLOUDFLARE_REGISTRAR_SANDBOX": ""}, "token", "CLOUDFLARE_API_TOKEN", false, "",
		},
		"a configured sandbox":                    {token.With(object{"sandbox": boolean(true)}), nil, "token", "api_token", true, ""},
		"a sandbox from the environment":          {token, env{"CLOUDFLARE_REGISTRAR_SANDBOX": "true"}, "token", "api_token", true, ""},
		"sandbox = false despite the environment": {token.With(object{"sandbox": boolean(false)}), env{"CLOUDFLARE_REGISTRAR_SANDBOX": "true"}, "token", "api_token", false, ""},
		"respond_async":                           {token.With(object{"respond_async": boolean(true)}), nil, "token", "api_token", false, "respond-async"},
	}
	both := func(row) options {
		return options{
			held("example.com", false, fakeregistrar.Immediate()),
			fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: testAccount, Sandbox: true}),
		}
	}
	each(t, cases, both, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		all := env{"CLOUDFLARE_ACCOUNT_ID": testAccount, "TF_APPEND_USER_AGENT": "ours/1.0\ntheirs/2"}
		maps.Copy(all, c.env)
		s, diags := startWith(t, fake, c.config, all)
		if len(diags) > 0 {
			t.Fatalf("configuring: %s", show(diags))
		}
		plan, _ := s.plan(s.must(s.importID("example.com")), settings("example.com", true))
		s.must(result[object](s)(s.Apply(t.Context(), plan)))
		wantPatches(t, fake, true)
		requests := fake.Requests()
		request := requests[slices.IndexFunc(requests, func(r fakeregistrar.Request) bool { return r.Method == "PATCH" })]
		if request.Credential != c.scheme || strings.Contains(request.Path, "/registrar-sandbox/") != c.sandbox {
			t.Errorf("requested %s with %s credentials; want %s, in the sandbox: %t", request.Path, request.Credential, c.scheme, c.sandbox)
		}
		want := "Terraform/1.14.8 (+https://www.terraform.io) terraform-provider-registrar/test ours/1.0 theirs/2"
		if request.UserAgent != want {
			t.Errorf("User-Agent is %q; want %q", request.UserAgent, want)
		}
		if request.Prefer != c.prefer {
			t.Errorf("Prefer is %q; want %q", request.Prefer, c.prefer)
		}
		fake.Inject(fakeregistrar.Fault{Status: 401, Body: refusal, Times: -1})
		_, diags = s.data("registrar_domain_update_status", object{"domain_name": text("example.com")})
		wantText(t, diags, "Replace "+c.from+":")
	})
}

// validateConfig validates a provider block, as CLIs do before they configure the provider.
func (s *session) validateConfig(config object) []*tfprotov6.Diagnostic {
	s.t.Helper()
	resp, err := s.Server.ValidateProviderConfig(s.t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: s.Encode(s.Schema.Provider.ValueType(), config)})
	s.check(err)
	return resp.Diagnostics
}

func TestProviderRejectsInvalidConfiguration(t *testing.T) {
	t.Parallel()
	token := object{"api_token": text(testToken)}
	envToken, envKey, envEmail := env{"CLOUDFLARE_API_TOKEN": testToken}, env{"CLOUDFLARE_API_KEY": testKey}, env{"CLOUDFLARE_EMAIL": testEmail}
	const validate, configure = true, false // the step that returns the error
	const neither = "sets neither api_token nor api_key to a value"
	type row struct {
		early    bool
		config   object
		env      env
		at, text string
	}
	cases := map[string]row{
		"no credentials at all":                             {configure, object{}, nil, "api_token", "There are no credentials. Set CLOUDFLARE_API_TOKEN"},
		"two schemes in the configuration":                  {validate, token.With(object{"api_key": text(testKey)}), nil, "api_token", "sets both api_token and api_key"},
		"a key without an email in the environment":         {configure, object{}, envKey, "email", "The environment sets CLOUDFLARE_API_KEY without CLOUDFLARE_EMAIL"},
		"a configured key, and an email in the environment": {validate, object{"api_key": text(testKey)}, envEmail, "email", "The provider block sets api_key without email"},
		"a configured email, and a key in the environment":  {validate, object{"email": text(testEmail)}, envKey, "api_token", neither},
		"an empty token beside one in the environment":      {validate, object{"api_token": text("")}, envToken, "api_token", neither},
		"a token with a newline":                            {validate, object{"api_token": text(testToken + "\n")}, nil, "api_token", "such as the newline at the end of a file"},
		"an unknown token":                                  {configure, object{"api_token": unknown(tftypes.String)}, nil, "api_token", "api_token is only known after apply"},
		"a token with an escape character":                  {validate, object{"api_token": text(testToken + "\x1b")}, nil, "api_token", "a character that can't be sent"},
		"a token with a delete character":                   {validate, object{"api_token": text(testToken + "\x7f")}, nil, "api_token", "a character that can't be sent"},
		"a token with a non-ASCII letter":                   {validate, object{"api_token": text(testToken + "é")}, nil, "api_token", "a character that can't be sent"},
		"an unknown email":                                  {configure, object{"api_key": text(testKey), "email": unknown(tftypes.String)}, nil, "email", "email is only known"},
		"an unknown sandbox":                                {configure, token.With(object{"sandbox": unknown(tftypes.Bool)}), nil, "sandbox", "sandbox is only known"},
		"an unknown respond_async":                          {configure, token.With(object{"respond_async": unknown(tftypes.Bool)}), nil, "respond_async", "respond_async is only known"},
		"an unknown base URL":                               {configure, token.With(object{"base_url": unknown(tftypes.String)}), nil, "base_url", "base_url is only known"},
		"an account with a slash":                           {configure, token, env{"CLOUDFLARE_ACCOUNT_ID": "a/b"}, "account_id", `CLOUDFLARE_ACCOUNT_ID is "a/b": an account ID`},
		"a token as the account ID":                         {configure, token, env{"CLOUDFLARE_ACCOUNT_ID": testToken}, "account_id", "CLOUDFLARE_ACCOUNT_ID has 53 characters: an account ID"},
		"an empty account":                                  {validate, token.With(object{"account_id": text("")}), nil, "account_id", `account_id in the provider block is "": an account ID`},
		"a base URL with a password":                        {validate, token.With(object{"base_url": text("https://u:hunter22@example.com")}), nil, "base_url", "base_url in the provider block must not contain a user name or password"},
		"a base URL without a host":                         {configure, token, env{"CLOUDFLARE_BASE_URL": "api.cloudflare.com"}, "base_url", `CLOUDFLARE_BASE_URL is "api.cloudflare.com"; it must be a URL with a host`},
		"a base URL with another scheme":                    {configure, token, env{"CLOUDFLARE_BASE_URL": "ftp://nowhere"}, "base_url", `CLOUDFLARE_BASE_URL is "ftp://nowhere"; it must start with https://.`},
		"a base URL with a password that can't be parsed":   {validate, token.With(object{"base_url": text("https://u:hunter22@example.com/%zz")}), nil, "base_url", "base_url in the provider block must be a URL with a host"},
		"a base URL with a token in its query":              {validate, token.With(object{"base_url": text("https://example.com?token=hunter22")}), nil, "base_url", "base_url in the provider block must not contain a query"},
		"a sandbox that is not a boolean":                   {configure, token, env{"CLOUDFLARE_REGISTRAR_SANDBOX": "maybe"}, "sandbox", `CLOUDFLARE_REGISTRAR_SANDBOX is "maybe"; it must be true or false.`},
		"a key with a space inside": {
			configure, object{}, env{"CLOUDFLARE_API_KEY": "a b", "CLOUDFLARE_EMAIL": testEmail}, "api_key", "CLOUDFLARE_API_KEY contains white space",
		},
	}
	each(t, cases, nil, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		s, diags := startWith(t, fake, c.config, c.env)
		if early := s.validateConfig(c.config); c.early && show(early) != show(diags) || !c.early && len(early) > 0 {
			t.Errorf("validating: %q; want the same as configuring: %t", show(early), c.early)
		}
		wantError(t, diags, c.text, `(AttributeName("`+c.at+`"))`)
		for _, secret := range []string{testToken, testKey, "hunter22"} {
			if strings.Contains(show(diags), secret) {
				t.Errorf("the error shows a secret:\n%s", show(diags))
			}
		}
		wantRequests(t, fake, 0)
	})
}

// In `terraform validate`, variables are unknown and the environment may be incomplete.
func TestProviderValidationAcceptsUnknownValues(t *testing.T) {
	t.Parallel()
	later := unknown(tftypes.String)
	each(t, map[string]object{
		"an empty block":                    {},
		"all values unknown":                {"api_token": later, "api_key": later, "email": later, "account_id": later, "base_url": later, "sandbox": unknown(tftypes.Bool)},
		"a key with an unknown email":       {"api_key": text(testKey), "email": later},
		"an empty token and an unknown key": {"api_token": text(""), "api_key": later, "email": text(testEmail)},
	}, nil, func(t *testing.T, fake *fakeregistrar.Server, config object) {
		if diags := start(t, fake).validateConfig(config); len(diags) > 0 {
			t.Error(show(diags))
		}
	})
}

func TestUnknownProviderAccount(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		later := unknown(tftypes.String)
		s, diags := startWith(t, fake, object{"api_token": text(testToken), "account_id": later}, env{"CLOUDFLARE_ACCOUNT_ID": "from-the-environment"})
		if len(diags) > 0 {
			t.Fatal(show(diags))
		}
		plan, diags := s.plan(nil, settings("example.com", true))
		wantText(t, diags, "account_id is not known yet, so this plan can't show whether the apply authorizes charges")
		wantValues(t, plan.State, object{"account_id": later, "id": later})
		wantRequests(t, fake, 0)
		state := s.must(start(t, fake).change(nil, settings("example.com", true))) // the apply plans again, with a known account
		s.wantNoChange(state, settings("example.com", true))
		plan, diags = s.plan(state, settings("example.net", true)) // may be in another account
		wantText(t, diags, "WARNING: The apply may authorize charges: example.net", "account_id is not known yet")
		wantValues(t, plan.State, object{"account_id": later})
		named := object{"account_id": text(testAccount), "domain_name": text("example.net")}
		plan, diags = s.plan(nil, named.With(object{"auto_renew": boolean(true)}))
		if len(diags) > 0 || !plan.State["id"].Equal(text(testAccount+"/example.net")) {
			t.Errorf("with an account_id in the resource, the plan has id %s and %q", plan.State["id"], show(diags))
		}
		s.must(s.data("registrar_domain", named))
		for use, diags := range map[string][]*tfprotov6.Diagnostic{
			"a data source": second(s.data("registrar_domain", object{"domain_name": text("example.com")})),
			"a list":        s.query(object{}, 1, false)[0].Diagnostics,
			"an import":     second(s.importID("example.com")),
		} {
			t.Log(use)
			wantError(t, diags, "The provider's account_id is only known after apply. Set account_id here (for an import, use the ID <account_id>/<domain>)")
		}
	}, held("example.com", true, fakeregistrar.Immediate()), held("example.net", true, fakeregistrar.Immediate()))
}

// Terraform configures the provider for each walk of its graph, which doesn't reset the server's limit.
func TestRateLimitSurvivesReconfiguration(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, began := start(t, fake), time.Now()
		fake.Inject(fakeregistrar.Fault{Status: 404, Body: refusal, Header: http.Header{"Ratelimit": {`"default";r=0;t=60`}}})
		config := s.Encode(s.Schema.Provider.ValueType(), object{"api_token": text(testToken), "account_id": text(testAccount)})
		for range 2 {
			s.must(s.data("registrar_domain_update_status", object{"domain_name": text("example.com")}))
			_, err := s.Server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: config})
			s.check(err)
		}
		if took := time.Since(began); took != time.Minute {
			t.Errorf("the second walk took %s; want 1m, as the server requires", took)
		}
	}, exampleOn(0)...)
}

func TestLogsGoToTerraform(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		var log bytes.Buffer
		ctx, s := tflogtest.RootLogger(t.Context(), &log), start(t, fake)
		fake.Inject(fakeregistrar.Fault{Path: listPath, Status: 403, Body: refusal})
		state := s.must(result[object](s)(s.ImportID(ctx, "example.com")))
		plan, _ := s.plan(state, settings("example.com", false))
		s.must(s.apply(ctx, plan))
		for _, want := range []string{
			`"@level":"warn","@message":"cannot list the account`, `"@level":"debug","@message":"registrar request"`,
			`"@level":"info","@message":"update state"`, `"method":"PATCH"`, `"state":"succeeded"`,
		} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("no %s in the log:\n%s", want, log.String())
			}
		}
	}, exampleOn(0)...)
}

func second[T any](_ T, diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic { return diags }
