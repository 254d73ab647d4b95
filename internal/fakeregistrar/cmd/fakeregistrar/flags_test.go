// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestFlagsConfigureTheServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		conf, err := parseFlags([]string{
			"-account", "acc", "-token", "t", "-rate-limit", "1", "-no-rate-limit-headers", "-latency", "1ms", "-listen", "[::1]:0",
			"-domain", "Example.com,auto_renew=true,expires=30d,status=expired,scenario=failed=registry_rejected:5s",
			"-domain", "example.net,sandbox,expires=-36h",
		}, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		s := fakeregistrar.New(conf.options(io.Discard)...)
		d, _ := s.Registration("acc", "example.com")
		if !d.AutoRenew || d.Status != "expired" || !d.ExpiresAt.Equal(now.AddDate(0, 0, 30)) || len(d.Scenario.Steps) != 2 {
			t.Errorf("example.com = %+v", d)
		}
		if d, found := s.Sandbox().Registration("acc", "example.net"); !found || !d.ExpiresAt.Equal(now.Add(-36*time.Hour)) {
			t.Errorf("example.net = %+v, %t", d, found)
		}
		for _, want := range []string{"403 ", "429 "} {
			if got := send(t, s, "GET", "/client/v4"+apiPath); !strings.HasPrefix(got, want) {
				t.Errorf("answer to another token = %s, want %s", got, want)
			}
		}
	})
}

func TestParseFlagsRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{ // the arguments, separated by spaces
		"-listen 0.0.0.0:8787":                `"0.0.0.0:8787" is not a loopback address`,
		"-listen 127.0.0.1":                   "missing port",
		"example.com":                         `unexpected argument "example.com"`,
		"-account " + strings.Repeat("a", 33): "is not an ID of 1 to 32 characters",
		"-rate-limit -1":                      "can't be negative",
		"-domain ,auto_renew=true":            "doesn't begin with a domain name",
		"-domain a.com,auto_renew=yes":        "a.com: strconv.ParseBool",
		"-domain a.com,expires=soon":          "a.com: want a duration such as 30d or 12h",
		"-domain a.com,expires=xd":            `a.com: want a duration such as 30d or 12h, got "xd"`,
		"-domain a.com,expires=1h2d":          `a.com: want a duration such as 30d or 12h, got "1h2d"`,
		"-domain a.com,expires=200000d":       `a.com: want a duration such as 30d or 12h, got "200000d"`,
		"-domain a.com -domain b.com,x":       `b.com: unknown setting "x"`,
		"-answer nonsense":                    `unknown answer "nonsense"`,
	}
	for args, want := range tests {
		if _, err := parseFlags(strings.Fields(args), io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error = %v, want it to contain %q", args, err, want)
		}
	}
}

func TestHelpListsScenariosAndAnswers(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	if _, err := parseFlags([]string{"-help"}, &text); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("error = %v, want flag.ErrHelp", err)
	}
	for _, want := range []string{"\n  slow=30s                        the PATCH returns 202", "\n  revoked_token                   the token was revoked\n", "\n  -answer answer\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the help lacks %q:\n%s", want, text.String())
		}
	}
}

func TestGuideListsEveryDefaultDomain(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../../../templates/guides/test-without-an-account.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range defaultDomains() {
		name, _, _ := strings.Cut(spec, ",")
		if !regexp.MustCompile("(?m)^\\| .*`" + regexp.QuoteMeta(name) + "`.* \\| .* \\|$").Match(guide) {
			t.Errorf("the guide's table lacks %s", name)
		}
	}
}
