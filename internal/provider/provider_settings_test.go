// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	testKey   = "secret-key-144c9defac04969c7bfad8efaa8ea194"
	testEmail = "user@example.com"
)

func TestProviderTakesOneSchemeFromOneSource(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		config object
		env    map[string]string
		sent   string // the scheme, as the fake logs it
	}{
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
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
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
			}, held("example.com", true, fakeregistrar.Immediate()))
		})
	}
}

func TestProviderRefusesBadConfigurationBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	token := object{"api_token": text(testToken)}
	cases := map[string]struct {
		config   object
		env      map[string]string
		at, says string
	}{
		"no credentials at all":             {object{}, nil, "api_token", "There are no credentials. Set CLOUDFLARE_API_TOKEN"},
		"an email alone in the environment": {object{}, map[string]string{"CLOUDFLARE_EMAIL": testEmail}, "api_token", "There are no credentials"},
		"two schemes in the configuration": {
			object{"api_token": text(testToken), "api_key": text(testKey), "email": text(testEmail)}, nil, "api_token", "sets both api_token and api_key",
		},
		"two schemes in the environment": {
			object{},
			map[string]string{"CLOUDFLARE_API_TOKEN": testToken, "CLOUDFLARE_API_KEY": testKey, "CLOUDFLARE_EMAIL": testEmail},
			"api_token", "sets both CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_KEY",
		},
		"a key without an email": {object{"api_key": text(testKey)}, nil, "email", "sets api_key without email"},
		"a key that the environment's email would complete": {
			object{"api_key": text(testKey)}, map[string]string{"CLOUDFLARE_EMAIL": testEmail}, "email", "sets api_key without email",
		},
		"an email that the environment's key would complete": {
			object{"email": text(testEmail)}, map[string]string{"CLOUDFLARE_API_KEY": testKey}, "api_token", "credentials from the environment do not complete it",
		},
		"an empty token beside one in the environment": {
			object{"api_token": text("")}, map[string]string{"CLOUDFLARE_API_TOKEN": testToken}, "api_token", "credentials from the environment do not complete it",
		},
		"a token with a newline":    {object{"api_token": text(testToken + "\n")}, nil, "api_token", "perhaps the newline at the end of a file"},
		"a key with a space inside": {object{}, map[string]string{"CLOUDFLARE_API_KEY": "a b", "CLOUDFLARE_EMAIL": testEmail}, "api_key", "CLOUDFLARE_API_KEY contains white space"},
		"an unknown token":          {object{"api_token": unknown(tftypes.String)}, nil, "api_token", "api_token depends on something that is only known after apply"},
		"an unknown key":            {object{"api_key": unknown(tftypes.String)}, nil, "api_key", "api_key depends on"},
		"an unknown email":          {object{"email": unknown(tftypes.String)}, nil, "email", "email depends on"},
		"an unknown account":        {token.With(object{"account_id": unknown(tftypes.String)}), nil, "account_id", "account_id depends on"},
		"an unknown base URL":       {token.With(object{"base_url": unknown(tftypes.String)}), nil, "base_url", "base_url depends on"},
		"an unknown sandbox":        {token.With(object{"sandbox": unknown(tftypes.Bool)}), nil, "sandbox", "sandbox depends on"},
		"an unknown respond_async":  {token.With(object{"respond_async": unknown(tftypes.Bool)}), nil, "respond_async", "respond_async depends on"},
		"an account of 33 characters": {
			token.With(object{"account_id": text(strings.Repeat("a", 33))}), nil, "account_id", "1 to 32 letters",
		},
		"an account with a slash from the environment": {token, map[string]string{"CLOUDFLARE_ACCOUNT_ID": "a/b"}, "account_id", "(from CLOUDFLARE_ACCOUNT_ID)"},
		"an empty account":                 {token.With(object{"account_id": text("")}), nil, "account_id", "cannot be an account"},
		"plain http to another machine":    {token.With(object{"base_url": text("http://192.0.2.1/client/v4")}), nil, "base_url", "use https"},
		"a base URL with a password":       {token.With(object{"base_url": text("https://u:hunter22@example.com")}), nil, "base_url", "holds a user name or password"},
		"a base URL without a host":        {token, map[string]string{"CLOUDFLARE_BASE_URL": "api.cloudflare.com"}, "base_url", "(from CLOUDFLARE_BASE_URL) is not a URL with a host"},
		"a sandbox that is no truth value": {token, map[string]string{"CLOUDFLARE_REGISTRAR_SANDBOX": "maybe"}, "sandbox", `CLOUDFLARE_REGISTRAR_SANDBOX is "maybe"`},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				_, diags := startWith(t, fake, c.config, c.env)
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
				if got := fake.Requests(); len(got) != 0 {
					t.Errorf("sent %v; want nothing", got)
				}
			})
		})
	}
}

func TestProviderUsesTheSandboxAndSaysWhoAsks(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		config  object
		env     map[string]string
		sandbox bool
	}{
		"by configuration":             {object{"sandbox": truth(true)}, nil, true},
		"by the environment":           {object{}, map[string]string{"CLOUDFLARE_REGISTRAR_SANDBOX": "true"}, true},
		"configuration has precedence": {object{"sandbox": truth(false)}, map[string]string{"CLOUDFLARE_REGISTRAR_SANDBOX": "true"}, false},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
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
			},
				held("example.com", true, fakeregistrar.Immediate()),
				fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: testAccount, Sandbox: true}))
		})
	}
}

func TestProviderSendsPreferOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	for want, config := range map[string]object{"": {}, "respond-async": {"respond_async": truth(true)}} {
		t.Run("prefer "+want, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s, _ := startWith(t, fake, config.With(object{"api_token": text(testToken), "account_id": text(testAccount)}), nil)
				s.must(s.change(nil, settings("example.com", true)))
				for _, request := range fake.Requests() {
					if request.Method == "PATCH" && request.Prefer != want {
						t.Errorf("sent Prefer %q; want %q", request.Prefer, want)
					}
				}
			}, held("example.com", false, fakeregistrar.Held(3*time.Second)))
		})
	}
}
