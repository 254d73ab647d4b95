// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// after leaves an ended update behind, whose status the next one finds.
func (env *env) after(scenario fake.Scenario, want bool, ago time.Duration) {
	env.server.StartScenario(account, domain, want, scenario)
	time.Sleep(ago)
	env.began = time.Now()
}

func TestWaitIsNotEndedByAStatusFromBefore(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		before   fake.Scenario
		value    bool // toward which the update from before went
		ago      time.Duration
		scenario fake.Scenario
	}{
		"an old success toward the other value":                {fake.Immediate(), false, time.Hour, fake.StaleStatus(5 * time.Second)},
		"an old failure":                                       {fake.Failed("old", "old", 0), true, time.Hour, fake.StaleStatus(5 * time.Second)},
		"a failure of a moment ago":                            {fake.Failed("old", "old", 0), true, time.Millisecond, fake.StaleStatus(5 * time.Second)},
		"an old failure that stays for a minute":               {fake.Failed("old", "old", 0), true, time.Hour, fake.StaleStatus(time.Minute)},
		"an old success, and a registration that follows late": {fake.Immediate(), false, time.Hour, late(fake.StaleStatus(5*time.Second), 20*time.Second)},
	}
	for name, test := range tests {
		for _, skew := range []time.Duration{0, time.Hour, -time.Hour} {
			runCase(t, name+", clock off by "+skew.String(), test.scenario, func(env *env) {
				env.after(test.before, test.value, test.ago)
				env.mustSet(true)
				env.wantPatches(1)
			}, fake.WithClockSkew(skew))
		}
	}
}

func late(scenario fake.Scenario, d time.Duration) fake.Scenario {
	scenario.ShownAfter = d
	scenario.OmitRegistration = true
	return scenario
}

func TestWaitIsNotEndedByAStatusFromBeforeThatTheFirstLookDidNotShow(t *testing.T) {
	t.Parallel()
	run(t, fake.StaleStatus(5*time.Second), func(env *env) {
		env.after(fake.Failed("old", "old", 0), true, time.Hour)
		env.server.Inject(fake.Fault{Path: statusPath, Status: 404, Body: refusal})
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestWaitSeesAFailureBehindAStatusFromBefore(t *testing.T) {
	t.Parallel()
	scenario := fake.Failed("new", "new", time.Second)
	scenario.StaleFor = 10 * time.Second
	run(t, scenario, func(env *env) {
		env.after(fake.Failed("old", "old", 0), true, time.Hour)
		if e := fails[*autorenew.FailedError](env, true); e.Update.ErrorCode != "new" {
			t.Errorf("failure = %q, want the new one", e.Update.ErrorCode)
		}
		env.wantTook(10*time.Second, 12100*time.Millisecond)
	})
}

func TestWaitDoesNotTrustAnAnswerThatShowsTheUpdateFromBefore(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(4*time.Second), func(env *env) {
		env.after(fake.Immediate(), true, time.Hour)
		env.server.SetAutoRenew(account, domain, false)
		var old []byte
		env.server.Inject(fake.Fault{Path: statusPath, Rewrite: func(body []byte) []byte { old = body; return body }})
		env.server.Inject(fake.Fault{Method: http.MethodPatch, Rewrite: func([]byte) []byte {
			return []byte(strings.ReplaceAll(string(old), `"auto_renew":false`, `"auto_renew":true`))
		}})
		env.mustSet(true)
		env.wantPatches(1)
	})
}

func TestWaitWhereUpdateStatusKnowsNothingYet(t *testing.T) {
	t.Parallel()
	for _, hidden := range []time.Duration{2 * time.Second, 10 * time.Second, time.Minute} {
		runCase(t, hidden.String()+", and the registration shows the change first", fake.LateStatus(hidden), func(env *env) {
			env.mustSet(true)
			env.wantPatches(1)
			env.wantTook(1500*time.Millisecond, 1800*time.Millisecond)
		})
		runCase(t, hidden.String()+", and the registration follows late", late(fake.LateStatus(hidden), hidden+10*time.Second), func(env *env) {
			env.mustSet(true)
			env.wantPatches(1)
			env.wantTook(hidden+11*time.Second, (hidden+11*time.Second)*12/10)
		})
	}
	t.Run("and a failure shows late", func(t *testing.T) {
		t.Parallel()
		scenario := fake.Failed("registry_rejected", "no", time.Second)
		scenario.HiddenFor = 30 * time.Second
		run(t, scenario, func(env *env) {
			_ = fails[*autorenew.FailedError](env, true)
			env.wantPatches(1)
			env.wantTook(30*time.Second, 36*time.Second)
		})
	})
}

// rounded makes answers with this method show created_at to the second, as the API's two
// endpoints need not do alike.
func rounded(method string, round func(time.Time) time.Time) fake.Fault {
	return fake.Fault{Method: method, Path: registrationPath, Times: -1, Rewrite: rewriteCreated(round)}
}

func roundedStatus(round func(time.Time) time.Time) fake.Fault {
	return fake.Fault{Path: statusPath, Times: -1, Rewrite: rewriteCreated(round)}
}

func TestWaitWhereCreatedAtIsRoundedDifferently(t *testing.T) {
	t.Parallel()
	down := func(at time.Time) time.Time { return at.Truncate(time.Second) }
	up := func(at time.Time) time.Time { return at.Truncate(time.Second).Add(time.Second) }
	nearest := func(at time.Time) time.Time { return at.Round(time.Second) }
	tests := map[string]fake.Fault{
		"down in the answer":    rounded(http.MethodPatch, down),
		"up in the answer":      rounded(http.MethodPatch, up),
		"nearest in the answer": rounded(http.MethodPatch, nearest),
		"down in the status":    roundedStatus(down),
		"up in the status":      roundedStatus(up),
		"nearest in the status": roundedStatus(nearest),
	}
	for name, fault := range tests {
		for _, fraction := range []time.Duration{time.Millisecond, 400 * time.Millisecond, 600 * time.Millisecond, 999 * time.Millisecond} {
			runCase(t, name+" of "+fraction.String(), fake.Failed("registry_rejected", "no", 3*time.Second), func(env *env) {
				env.after(fake.Failed("old", "old", 0), true, time.Minute+fraction-15*time.Millisecond)
				env.server.Inject(fault)
				if e := fails[*autorenew.FailedError](env, true); e.Update.ErrorCode != "registry_rejected" {
					env.t.Errorf("failure = %q, want the new one", e.Update.ErrorCode)
				}
				env.wantTook(3*time.Second, 5*time.Second)
			})
		}
	}
}
