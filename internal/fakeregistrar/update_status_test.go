// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestTimesUseTheServerClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Slow(10*time.Second), fake.WithClockSkew(-time.Hour))
		start := time.Now().Add(-time.Hour)
		r := c.turnOn()
		if w := decode[workflow](t, r); !w.CreatedAt.Equal(start) || r.header.Get("Date") != "Fri, 31 Dec 1999 23:00:00 GMT" {
			t.Errorf("created %s, Date %s, want %s by the server's clock", w.CreatedAt, r.header.Get("Date"), start)
		}
		time.Sleep(10 * time.Second)
		w := decode[workflow](t, c.get(statusPath))
		if !w.CreatedAt.Equal(start) || !w.UpdatedAt.Equal(start.Add(10*time.Second)) || !c.autoRenew() {
			t.Errorf("created %s, updated %s, want %s and ten seconds later", w.CreatedAt, w.UpdatedAt, start)
		}
	})
}

func TestSimultaneousUpdatesDifferInCreatedAt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate())
		first, second := decode[workflow](t, c.turnOn()), decode[workflow](t, c.turnOn())
		if !second.CreatedAt.After(first.CreatedAt) || second.UpdatedAt.Before(second.CreatedAt) {
			t.Errorf("first %s, second %s updated %s", first.CreatedAt, second.CreatedAt, second.UpdatedAt)
		}
	})
}

func TestRegistrationStatusShowsAnOldSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Stuck())
		c.turnOn()
		w := decode[workflow](t, c.get(oldStatusPath))
		if w.State != "succeeded" || !w.CreatedAt.Equal(time.Now().AddDate(-1, 0, 0)) || w.Links.Self != oldStatusPath {
			t.Errorf("registration-status = %+v, want a success from a year ago and its own link", w)
		}
	})
}

const oldStatusPath = domainPath + "/registration-status"

func TestLinkAndLocationFollowTheScenario(t *testing.T) {
	t.Parallel()
	custom := func(account, domain string) string { return account + "|" + domain }
	type test struct {
		scenario fake.Scenario
		want     string
	}
	each(t, map[string]test{
		"missing":             {fake.Never().WithLinkStyle(fake.LinkMissing), ""},
		"a template":          {fake.Never().WithLinkStyle(fake.LinkTemplate), "/accounts/{account_id}/registrar/registrations/example.com/update-status"},
		"another host":        {fake.Never().WithLinkStyle(fake.LinkOtherHost), "https://attacker.example.net/client/v4" + statusPath},
		"another domain":      {fake.Never().WithLinkStyle(fake.LinkOtherDomain), listPath + "/other-example.com/update-status"},
		"with the base path":  {fake.Never().WithLinkStyle(fake.LinkWithBasePath), "/client/v4" + statusPath},
		"registration-status": {fake.Never().WithLinkStyle(fake.LinkRegistrationStatus), oldStatusPath},
		"a custom link":       {fake.Never().WithLink(custom), account + "|example.com"},
	}, func(t *testing.T, test test) {
		r := withScenario(t, test.scenario).turnOn()
		if got := decode[workflow](t, r).Links.Self; got != test.want || r.header.Get("Location") != test.want {
			t.Errorf("links.self = %q, Location = %q, want %q", got, r.header.Get("Location"), test.want)
		}
	})
}
