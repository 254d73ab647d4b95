// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWorkflowTimes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(10*time.Second))
		start := time.Now()
		c.turnOn()
		time.Sleep(time.Minute)
		w := decode[workflow](t, c.get(statusPath))
		if !w.CreatedAt.Equal(start) || !w.UpdatedAt.Equal(start.Add(10*time.Second)) {
			t.Errorf("created %s, updated %s, want the start and ten seconds later", w.CreatedAt, w.UpdatedAt)
		}
	})
}

func TestTwoUpdatesAtOneInstantDifferInTheirCreation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate())
		first, second := decode[workflow](t, c.turnOn()), decode[workflow](t, c.turnOn())
		if !second.CreatedAt.After(first.CreatedAt) || second.UpdatedAt.Before(second.CreatedAt) {
			t.Errorf("first %s, second %s updated %s", first.CreatedAt, second.CreatedAt, second.UpdatedAt)
		}
	})
}

func TestClockSkewShiftsTheServersTimes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(10*time.Second), fake.WithClockSkew(-time.Hour))
		start := time.Now()
		r := c.turnOn()
		if w := decode[workflow](t, r); !w.CreatedAt.Equal(start.Add(-time.Hour)) {
			t.Errorf("created %s, want an hour before %s", w.CreatedAt, start)
		}
		if got := r.header.Get("Date"); got != "Fri, 31 Dec 1999 23:00:00 GMT" {
			t.Errorf("Date = %s, want an hour before the year 2000", got)
		}
		time.Sleep(10 * time.Second)
		if !c.autoRenew() {
			t.Error("a shifted clock must not change how long an update takes")
		}
	})
}

func TestRegistrationStatusIsAnOldSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Stuck())
		c.turnOn()
		w := decode[workflow](t, c.get(oldStatusPath))
		if w.State != "succeeded" || !w.Completed || !w.CreatedAt.Equal(time.Now().AddDate(-1, 0, 0)) {
			t.Errorf("registration-status = %+v, want a success of a year ago", w)
		}
		if w.Links.Self != oldStatusPath || w.Context.Registration == nil || *w.Context.Registration.AutoRenew {
			t.Errorf("registration-status = %+v, want its own link and the present value", w)
		}
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	own := func(account, domain string) string { return account + "|" + domain }
	tests := map[string]struct {
		option   fake.Option
		scenario fake.Scenario
		want     string
	}{
		"documented":           {fake.WithLinkStyle(fake.LinkDocumented), fake.Never(), statusPath},
		"missing":              {fake.WithLinkStyle(fake.LinkMissing), fake.Never(), ""},
		"a template":           {fake.WithLinkStyle(fake.LinkTemplate), fake.Never(), "/accounts/{account_id}/registrar/registrations/example.com/update-status"},
		"another host":         {fake.WithLinkStyle(fake.LinkOtherHost), fake.Never(), "https://attacker.example.net/client/v4" + statusPath},
		"another domain":       {fake.WithLinkStyle(fake.LinkOtherDomain), fake.Never(), listPath + "/other-example.com/update-status"},
		"with the base path":   {fake.WithLinkStyle(fake.LinkWithBasePath), fake.Never(), "/client/v4" + statusPath},
		"the documented slip":  {fake.WithLinkStyle(fake.LinkRegistrationStatus), fake.Never(), oldStatusPath},
		"the server's own":     {fake.WithLink(own), fake.Never(), account + "|example.com"},
		"the scenario's style": {fake.WithLink(own), fake.Never().WithLinkStyle(fake.LinkMissing), ""},
		"the scenario's own":   {fake.WithLinkStyle(fake.LinkMissing), fake.Never().WithLink(own), account + "|example.com"},
		"a style that is none": {fake.WithLinkStyle(fake.LinkStyle(99)), fake.Never(), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := withScenario(t, test.scenario, test.option).turnOn()
			if got := decode[workflow](t, r).Links.Self; got != test.want || r.header.Get("Location") != test.want {
				t.Errorf("links.self = %q, Location = %q, want %q", got, r.header.Get("Location"), test.want)
			}
		})
	}
}
