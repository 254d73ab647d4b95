// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestPlanSaysWhatApplyingMeans(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		is, want bool
		adopt    bool // plan a create; otherwise a change of what is in state
		says     string
	}{
		"adopting with auto-renew on authorises charges": {is: false, want: true, adopt: true, says: "expires on 2001-01-01T00:00:00Z. Auto-renew is off and will be on: applying this authorises"},
		"adopting with auto-renew off names the expiry":  {is: true, want: false, adopt: true, says: "It expires on 2001-01-01T00:00:00Z unless"},
		"adopting as it is says nothing":                 {is: true, want: true, adopt: true},
		"turning it on authorises charges":               {is: false, want: true, says: "Turning auto-renew on authorises charges"},
		"turning it off names the expiry":                {is: true, want: false, says: "It expires on 2001-01-01T00:00:00Z unless"},
		"a plan with nothing to do is silent":            {is: false, want: false},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				var state object
				if !c.adopt {
					state = s.must(s.importID("example.com"))
				}
				_, diags := s.plan(state, settings("example.com", c.want))
				if c.says == "" && len(diags) > 0 || failed(diags) || !strings.Contains(show(diags), c.says) {
					t.Errorf("the plan says %q; want %q", show(diags), c.says)
				}
			}, held("example.com", c.is, fakeregistrar.Immediate()))
		})
	}
}

func TestPlanSaysWhereAutoRenewComesTooLate(t *testing.T) {
	t.Parallel()
	for status, late := range map[string]bool{"expired": true, "redemption_period": true, "pending_delete": true, "suspended": false, "active": false} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				fake.SetStatus(testAccount, "example.com", status)
				s := start(t, fake)
				_, diags := s.plan(nil, settings("example.com", true))
				if got := strings.Contains(show(diags), "does not attempt it any more after expiry"); failed(diags) || got != late {
					t.Errorf("the plan says %s; want that it comes too late: %t", show(diags), late)
				}
			}, held("example.com", false, fakeregistrar.Immediate()))
		})
	}
}

func TestPlanWarnsOfADomainThatIsNotHeldAndApplyFails(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		plan, diags := s.plan(nil, settings("example.net", true))
		if failed(diags) || !strings.Contains(show(diags), "does not buy domains") {
			t.Errorf("the plan says %s; want a warning", show(diags))
		}
		state, diags := s.apply(t.Context(), plan)
		if state != nil || !failed(diags) {
			t.Fatalf("state %v, %s; want an error", state, show(diags))
		}
		for _, want := range []string{"example.net is not registered in account " + testAccount, "does not buy domains"} {
			if !strings.Contains(show(diags), want) {
				t.Errorf("the error does not say %q:\n%s", want, show(diags))
			}
		}
		if got := patches(fake); len(got) != 0 {
			t.Errorf("sent %v; want no PATCH", got)
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}

// Whatever is wrong with the look-up, the plan is the one without it.
func TestPlanNeverFailsForTheSakeOfAWarning(t *testing.T) {
	t.Parallel()
	faults := map[string]fakeregistrar.Fault{
		"no permission to read": {Times: -1, Status: 403, Body: `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`},
		"an API that is down":   {Times: -1, Status: 503},
		"a network that hangs":  {Times: -1, Delay: time.Hour},
		"an answer that is odd": {Times: -1, SetField: "$.result", Value: nil},
	}
	for sentence, fault := range faults {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				fake.Inject(fault)
				s := start(t, fake)
				began := time.Now()
				plan, diags := s.plan(nil, settings("example.com", true))
				if len(diags) > 0 || plan.State == nil {
					t.Errorf("the plan says %s; want nothing", show(diags))
				}
				if took := time.Since(began); took > 11*time.Second {
					t.Errorf("the plan took %s", took)
				}
			}, held("example.com", false, fakeregistrar.Immediate()))
		})
	}
}

func TestPlanTellsOfTwoResourcesForOneDomain(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		second object
		says   string
	}{
		"with opposite settings":  {settings("EXAMPLE.com", false), "Two resources want opposite settings for one domain"},
		"with the same settings":  {settings("example.com.", true), "Two resources manage one domain"},
		"for two different names": {settings("example.net", true), ""},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				s.plan(nil, settings("example.com", true))
				_, diags := s.plan(nil, c.second)
				if got := strings.Contains(show(diags), "Two resources"); got != (c.says != "") || !strings.Contains(show(diags), c.says) {
					t.Errorf("the plan says %q; want %q", show(diags), c.says)
				}
			}, held("example.com", true, fakeregistrar.Immediate()), held("example.net", true, fakeregistrar.Immediate()))
		})
	}
}

func TestPlanOfAReplacementSaysWhatStaysBehind(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		state := s.must(s.importID("example.com"))
		plan, diags := s.plan(state, settings("example.net", true))
		if len(plan.Raw.RequiresReplace) != 1 || len(diags) != 1 || !strings.Contains(show(diags), "example.com keeps auto_renew = true") {
			t.Errorf("replaces for %v, says %s; want one warning about the old name", plan.Raw.RequiresReplace, show(diags))
		}
	}, held("example.com", true, fakeregistrar.Immediate()), held("example.net", true, fakeregistrar.Immediate()))
}

func TestPlanWithUnknownsAsksNothing(t *testing.T) {
	t.Parallel()
	cases := map[string]object{
		"the domain":  {"domain_name": unknown(tftypes.String), "auto_renew": truth(true)},
		"the setting": {"domain_name": text("example.com"), "auto_renew": unknown(tftypes.Bool)},
		"the account": settings("example.com", true).With(object{"account_id": unknown(tftypes.String)}),
	}
	for sentence, config := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				if diags := s.validate(config); len(diags) > 0 {
					t.Error(show(diags))
				}
				if _, diags := s.plan(nil, config); len(diags) > 0 {
					t.Error(show(diags))
				}
				if got := fake.Requests(); len(got) != 0 {
					t.Errorf("sent %v; want nothing", got)
				}
			}, held("example.com", true, fakeregistrar.Immediate()))
		})
	}
}

func TestPlanWithoutAnAccountIsAnError(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s, _ := startWith(t, fake, object{"api_token": text(testToken)}, nil)
		_, diags := s.plan(nil, settings("example.com", true))
		if !failed(diags) || !strings.Contains(show(diags), "CLOUDFLARE_ACCOUNT_ID") {
			t.Errorf("the plan says %s; want where to set the account", show(diags))
		}
		plan, diags := s.plan(nil, settings("example.com", true).With(object{"account_id": text(testAccount)}))
		if failed(diags) || !slices.Contains(plan.Changed(), "id") {
			t.Errorf("with an account: %s", show(diags))
		}
	}, held("example.com", true, fakeregistrar.Immediate()))
}

func TestPlanRefusesBadNamesBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "www.example.com", "com", "https://example.com", "example.com/../x", " example.com", "1.2.3.4", "_x.com"} {
		t.Run("name "+name, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				diags := s.validate(settings(name, true))
				if !failed(diags) || !strings.Contains(show(diags), "domain_name: \""+name+"\" is not a registrable domain name") {
					t.Errorf("validation says %s; want the attribute and the value", show(diags))
				}
				if got := fake.Requests(); len(got) != 0 {
					t.Errorf("sent %v; want nothing", got)
				}
			})
		})
	}
}
