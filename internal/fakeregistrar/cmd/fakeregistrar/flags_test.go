// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestFlagsByDefault(t *testing.T) {
	t.Parallel()
	conf, err := parseFlags(nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if conf.listen != "127.0.0.1:8787" || conf.account != "023e105f4ecef8ad9ca31a8372d0c353" || conf.quota != 1200 || len(conf.domains) != 15 {
		t.Errorf("config = %+v", conf)
	}
}

func TestFlagsReachTheServer(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	conf, err := parseFlags([]string{
		"-account", "acc", "-token", "t", "-rate-limit", "5", "-no-rate-limit-headers", "-latency", "1ms", "-listen", "[::1]:0",
		"-domain", "Example.com,auto_renew=true,expires=30d,status=expired,scenario=failed=registry_rejected:5s",
		"-domain", "example.net,sandbox,expires=-36h",
	}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	s := fakeregistrar.New(conf.options(now, io.Discard)...)
	d, found := s.Registration("acc", "example.com")
	if !found || !d.AutoRenew || d.Status != "expired" || !d.ExpiresAt.Equal(time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)) || len(d.Scenario.Steps) != 2 {
		t.Errorf("example.com = %+v, %t", d, found)
	}
	d, found = s.Sandbox().Registration("acc", "example.net")
	if !found || d.AutoRenew || d.Status != "active" || !d.ExpiresAt.Equal(time.Date(2025, 12, 30, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("example.net = %+v, %t", d, found)
	}
}

func TestFlagsThatAreRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args []string
		want string
	}{
		"an address that others reach":    {[]string{"-listen", "0.0.0.0:8787"}, `"0.0.0.0:8787" is not a loopback address`},
		"an address without a host":       {[]string{"-listen", ":8787"}, `":8787" is not a loopback address`},
		"a host name":                     {[]string{"-listen", "example.com:80"}, `is not a loopback address`},
		"an address without a port":       {[]string{"-listen", "127.0.0.1"}, "missing port"},
		"an argument":                     {[]string{"example.com"}, `unexpected argument "example.com"`},
		"an account that is too long":     {[]string{"-account", strings.Repeat("a", 33)}, "not an identifier of 1 to 32 characters"},
		"an empty account":                {[]string{"-account", ""}, "not an identifier of 1 to 32 characters"},
		"a negative quota":                {[]string{"-rate-limit", "-1"}, "cannot be negative"},
		"a negative latency":              {[]string{"-latency", "-1s"}, "cannot be negative"},
		"a domain without a name":         {[]string{"-domain", ",auto_renew=true"}, "does not begin with a domain name"},
		"a setting in place of a name":    {[]string{"-domain", "auto_renew=true"}, "does not begin with a domain name"},
		"a value that is no boolean":      {[]string{"-domain", "a.com,auto_renew=yes"}, "a.com: strconv.ParseBool"},
		"a scenario that is none":         {[]string{"-domain", "a.com,scenario=lost"}, `a.com: unknown scenario "lost"`},
		"an expiry that is none":          {[]string{"-domain", "a.com,expires=soon"}, "a.com: want a time such as 30d or 12h"},
		"an expiry in days that is none":  {[]string{"-domain", "a.com,expires=xd"}, "a.com: want a number of days such as 30d"},
		"a setting that is none":          {[]string{"-domain", "a.com,price=1"}, `a.com: unknown setting "price"`},
		"a flag that is none":             {[]string{"-verbose"}, "flag provided but not defined"},
		"a domain that is a mistake last": {[]string{"-domain", "a.com", "-domain", "b.com,x"}, `b.com: unknown setting "x"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := parseFlags(test.args, io.Discard); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want it to contain %q", err, test.want)
			}
		})
	}
}

func TestHelpNamesEveryScenario(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	if _, err := parseFlags([]string{"-help"}, &text); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("error = %v, want that of help", err)
	}
	for _, name := range fakeregistrar.ScenarioNames() {
		if !strings.Contains(text.String(), name) {
			t.Errorf("the help does not name %s", name)
		}
	}
}
