// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// refusal is an answer in the API's own envelope that says no.
const refusal = `{"success":false,"errors":[{"code":10000,"message":"no"}],"messages":[],"result":null}`

// polls strikes looks at the update that come after the PATCH, so not the first one.
func polls(f fake.Fault) fake.Fault {
	f.Path, f.After = statusPath, 1
	return f
}

func TestWaitOutlastsAPollThatFailsForTheMoment(t *testing.T) {
	t.Parallel()
	tests := map[string]fake.Fault{
		"408":                         {Status: 408, Body: refusal},
		"425":                         {Status: 425, Body: refusal},
		"429":                         {Status: 429, Body: refusal},
		"502 in HTML":                 {Status: 502, Body: "<html>Bad Gateway</html>"},
		"a refused connection":        {Refuse: true},
		"a reset connection":          {ResetBefore: true},
		"no answer for forty seconds": {Delay: 40 * time.Second},
		"a body that stops coming":    {DelayBody: 40 * time.Second},
		"truncated JSON":              {Truncate: 20},
		"a 404 of the API":            {Status: 404, Body: refusal},
		"a 404 of a proxy":            {Status: 404, Body: "<html>Not Found</html>"},
		"one answer that is not JSON": {Status: 200, Body: "<html>Welcome</html>"},
		"one 200 that says no":        {Status: 200, Body: refusal},
		"one about another domain":    {SetField: "context.domain_name", Value: "other.com"},
	}
	for name, fault := range tests {
		runCase(t, name, fake.Slow(10*time.Second), func(env *env) {
			env.server.Inject(polls(fault))
			env.mustSet(true)
			env.wantPatches(1)
			env.wantTook(10*time.Second, 44*time.Second)
		})
	}
}

func TestWaitGivesUpWherePollsCannotGetBetter(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		kind  client.Kind
	}{
		"400 of a proxy": {fake.Fault{Status: 400, Body: "<html>Bad Request</html>"}, client.KindNotAPI},
		"401":            {fake.Fault{Status: 401, Body: refusal}, client.KindRefused},
		"403":            {fake.Fault{Status: 403, Body: refusal}, client.KindRefused},
		"403 of a proxy": {fake.Fault{Status: 403, Body: "<html>Forbidden</html>"}, client.KindNotAPI},
		"501":            {fake.Fault{Status: 501, Body: refusal}, client.KindRefused},
		"a redirect":     {fake.Fault{Status: 302, Header: http.Header{"Location": {"https://attacker.example.net"}}}, client.KindRedirect},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.fault.Times = -1
			run(t, fake.Slow(time.Minute), func(env *env) {
				env.server.Inject(polls(test.fault))
				e := fails[*autorenew.PollError](env, true)
				if kind := as[*client.Error](env, e.Err).Kind; kind != test.kind || e.Update.State != client.Pending || !e.Want {
					t.Errorf("kind %d of %+v, want %d", kind, e, test.kind)
				}
				env.wantPatches(1)
				env.wantTook(time.Second, 6*time.Second)
			})
		})
	}
}

func TestWaitOutlastsAMinuteOfTrouble(t *testing.T) {
	t.Parallel()
	tests := map[string]fake.Fault{
		"503 all the time":         {Status: 503, Body: refusal, Times: -1},
		"no connection to be made": {Refuse: true, Times: -1},
		"404 all the time":         {Status: 404, Body: refusal, Times: -1},
	}
	for name, fault := range tests {
		runCase(t, name, fake.Slow(30*time.Second), func(env *env) {
			env.server.Inject(polls(fault))
			env.later(time.Minute, env.server.ClearFaults)
			env.mustSet(true)
			env.wantPatches(1)
			env.wantTook(30*time.Second, 75*time.Second)
		})
	}
}

func TestWaitNamesItsTroubleWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	run(t, fake.Stuck(), func(env *env) {
		env.server.Inject(polls(fake.Fault{Status: 503, Body: refusal, Times: -1}))
		_, err := env.setWithin(time.Minute, true)
		e := as[*autorenew.StoppedError](env, err)
		if !e.Timeout || !e.Sent || !errors.Is(e.Cause, errTimeUp) || e.Waited != time.Minute {
			t.Errorf("error = %+v", e)
		}
		if trouble := as[*client.Error](env, e.LastErr); trouble.Status != 503 {
			t.Errorf("trouble = %v, want the 503", trouble)
		}
		if e.Update.State == "" || e.Update.State != client.InProgress || !e.Update.CreatedAt.Equal(env.began) {
			t.Errorf("update = %+v", e.Update)
		}
		env.wantPatches(1)
	})
}

func TestWaitNamesTheLastStateWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scenario fake.Scenario
		state    client.State
		since    time.Duration
	}{
		"blocked after a second":         {fake.BlockedFor(24 * time.Hour), client.Blocked, time.Second},
		"in a state not known":           {fake.UnknownState("verifying", 24*time.Hour), "verifying", 0},
		"over, it says, and in progress": {fake.Contradictory(true, "in_progress"), client.InProgress, 0},
	}
	for name, test := range tests {
		runCase(t, name, test.scenario, func(env *env) {
			e := fails[*autorenew.StoppedError](env, true)
			if !e.Timeout || !e.Sent || e.LastErr != nil || e.Waited != 20*time.Minute {
				env.t.Errorf("error = %+v", e)
			}
			since := env.began.Add(test.since)
			if e.Update.State == "" || e.Update.State != test.state || !e.Update.UpdatedAt.Equal(since) {
				env.t.Errorf("update = %+v, want %s since %s", e.Update, test.state, since)
			}
			env.wantTook(20*time.Minute, 20*time.Minute)
			env.wantPatches(1)
		})
	}
}

func TestWaitLooksOnceMoreShortlyBeforeTheTimeIsUp(t *testing.T) {
	t.Parallel()
	run(t, steps(lasts("blocked", 10*time.Minute+55*time.Second), lasts("succeeded", 0)), func(env *env) {
		if _, err := env.setWithin(11*time.Minute, true); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWaitEndsWhereTheDomainLeavesTheAccount(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(time.Minute), func(env *env) {
		env.later(10*time.Second, func() { env.server.RemoveDomain(account, domain) })
		if _, err := env.set(true); !client.IsNotFound(err) {
			t.Errorf("error = %v", err)
		}
		env.wantTook(10*time.Second, 12*time.Second)
	})
}
