// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"testing"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestWaitWhereverTheLinkLeads(t *testing.T) {
	t.Parallel()
	const documented = "status registration PATCH status status status"
	to := func(link string) fake.Option {
		return fake.WithLink(func(string, string) string { return link })
	}
	registration := "/accounts/" + account + "/registrar/registrations/" + domain
	tests := map[string]struct {
		link fake.Option
		log  string
	}{
		"as documented":                     {fake.WithLinkStyle(fake.LinkDocumented), documented},
		"missing":                           {fake.WithLinkStyle(fake.LinkMissing), documented},
		"a template":                        {fake.WithLinkStyle(fake.LinkTemplate), documented},
		"of another host":                   {fake.WithLinkStyle(fake.LinkOtherHost), documented},
		"of another domain":                 {fake.WithLinkStyle(fake.LinkOtherDomain), documented},
		"with the base URL's path":          {fake.WithLinkStyle(fake.LinkWithBasePath), documented},
		"to an old success":                 {fake.WithLinkStyle(fake.LinkRegistrationStatus), documented},
		"absolute, on our origin":           {to("https://api.cloudflare.com/client/v4" + registration + "/update-status"), documented},
		"absolute, in plain http":           {to("http://api.cloudflare.com" + registration + "/update-status"), documented},
		"to another host without a scheme":  {to("//attacker.example.net" + registration + "/update-status"), documented},
		"with dot segments":                 {to(registration + "/../other.com/update-status"), documented},
		"that is no URL":                    {to("%%"), documented},
		"to the registration itself":        {to(registration), documented},
		"to another account":                {to("/accounts/ffffffffffffffffffffffffffffffff/registrar/registrations/" + domain + "/update-status"), documented},
		"that answers 404 is left for good": {to(registration + "/updates"), "status registration PATCH GET " + registration + "/updates status status status"},
	}
	for name, test := range tests {
		runCase(t, name, fake.Slow(4*time.Second), func(env *env) {
			env.mustSet(true)
			env.wantLog(test.log)
		}, test.link)
	}
}
