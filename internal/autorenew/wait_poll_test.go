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
		"500":                         {Status: 500, Body: refusal},
		"502 in HTML":                 {Status: 502, Body: "<html>Bad Gateway</html>"},
		"503":                         {Status: 503, Body: refusal},
		"504":                         {Status: 504, Body: "<html>Gateway Timeout</html>"},
		"520":                         {Status: 520},
		"522":                         {Status: 522},
		"524":                         {Status: 524, Body: "error code: 524"},
		"a refused connection":        {Refuse: true},
		"a reset connection":          {ResetBefore: true},
		"a reset after the work":      {ResetAfter: true},
		"no answer for forty seconds": {Delay: 40 * time.Second},
		"a body that stops coming":    {DelayBody: 40 * time.Second},
		"truncated JSON":              {Truncate: 20},
		"a 404 of the API":            {Status: 404, Body: refusal},
		"a 404 of routing":            {Status: 404, Body: `{"success":false,"errors":[{"code":7003,"message":"Could not route"}]}`},
		"a 404 of a proxy":            {Status: 404, Body: "<html>Not Found</html>"},
		"one answer that is not JSON": {Status: 200, Body: "<html>Welcome</html>"},
		"one 200 that says no":        {Status: 200, Body: refusal},
		"one answer without a state":  {OmitField: "state"},
		"one about another domain":    {SetField: "context.domain_name", Value: "other.com"},
		"one 204":                     {Status: 204},
		"one of 100 MB":               {Endless: 100 << 20},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Slow(10*time.Second), func(w *world) {
				w.server.Inject(polls(fault))
				w.mustSet(true)
				w.wantPatches(1)
				w.wantTook(10*time.Second, 44*time.Second)
			})
		})
	}
}

func TestWaitGivesUpWherePollsCannotGetBetter(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		kind  client.Kind
	}{
		"400":                             {fake.Fault{Status: 400, Body: refusal}, client.KindRefused},
		"401":                             {fake.Fault{Status: 401, Body: refusal}, client.KindRefused},
		"403":                             {fake.Fault{Status: 403, Body: refusal}, client.KindRefused},
		"403 of a proxy":                  {fake.Fault{Status: 403, Body: "<html>Forbidden</html>"}, client.KindNotAPI},
		"501":                             {fake.Fault{Status: 501, Body: refusal}, client.KindRefused},
		"a redirect":                      {fake.Fault{Status: 302, Header: http.Header{"Location": {"https://attacker.example.net"}}}, client.KindRedirect},
		"three answers without a state":   {fake.Fault{OmitField: "state"}, client.KindMalformed},
		"three answers that are not JSON": {fake.Fault{Status: 200, Body: "<html>Welcome</html>"}, client.KindMalformed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.fault.Times = -1
			play(t, fake.Slow(time.Minute), func(w *world) {
				w.server.Inject(polls(test.fault))
				e := fails[*autorenew.PollError](w, true)
				if kind := as[*client.Error](w, e.Err).Kind; kind != test.kind || e.Update.State != client.Pending || !e.Want {
					t.Errorf("kind %d of %+v, want %d", kind, e, test.kind)
				}
				w.wantPatches(1)
				w.wantTook(time.Second, 6*time.Second)
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
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, fake.Slow(30*time.Second), func(w *world) {
				w.server.Inject(polls(fault))
				w.later(time.Minute, w.server.ClearFaults)
				w.mustSet(true)
				w.wantPatches(1)
				w.wantTook(30*time.Second, 75*time.Second)
			})
		})
	}
}

func TestWaitForgivesUnreadableAnswersThatAreNotInARow(t *testing.T) {
	t.Parallel()
	play(t, fake.Slow(20*time.Second), func(w *world) {
		var seen int
		w.server.Inject(polls(fake.Fault{Times: -1, Rewrite: func(body []byte) []byte {
			if seen++; seen%3 == 0 {
				return body
			}
			return []byte("<html>Welcome</html>")
		}}))
		w.later(20*time.Second, w.server.ClearFaults)
		w.mustSet(true)
		w.wantPatches(1)
	})
}

func TestWaitDoesNotHangOnALookThatStandsInForAPoll(t *testing.T) {
	t.Parallel()
	play(t, fake.Slow(20*time.Second), func(w *world) {
		w.server.Inject(polls(fake.Fault{Status: 404, Body: refusal, Times: 1}))
		w.server.Inject(fake.Fault{Method: http.MethodGet, Path: registrationPath, After: 1, Delay: time.Hour, Times: -1})
		w.mustSet(true)
		w.wantTook(20*time.Second, 45*time.Second)
	})
}

func TestWaitDoesNotHangOnTheValueBesideAFailure(t *testing.T) {
	t.Parallel()
	play(t, fake.Failed("registry_rejected", "no", 0), func(w *world) {
		w.server.Inject(fake.Fault{Method: http.MethodGet, Path: registrationPath, After: 1, Delay: time.Hour, Times: -1})
		if e := fails[*autorenew.FailedError](w, true); e.Shows != nil {
			t.Errorf("Shows = %t, and nobody said so", *e.Shows)
		}
		w.wantTook(10*time.Second, 10100*time.Millisecond)
	})
}

func TestWaitNamesItsTroubleWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	play(t, fake.Stuck(), func(w *world) {
		w.server.Inject(polls(fake.Fault{Status: 503, Body: refusal, Times: -1}))
		_, err := w.setWithin(time.Minute, true)
		e := as[*autorenew.StoppedError](w, err)
		if !e.Timeout || !e.Sent || !errors.Is(e.Cause, errTimeUp) || e.Waited != time.Minute {
			t.Errorf("error = %+v", e)
		}
		if trouble := as[*client.Error](w, e.LastErr); trouble.Status != 503 {
			t.Errorf("trouble = %v, want the 503", trouble)
		}
		if e.Update == nil || e.Update.State != client.InProgress || !e.Update.CreatedAt.Equal(w.began.Add(15*time.Millisecond)) {
			t.Errorf("update = %+v", e.Update)
		}
		w.wantPatches(1)
	})
}

func TestWaitNamesTheLastStateWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scenario fake.Scenario
		state    client.State
		since    time.Duration
	}{
		"stuck in progress":              {fake.Stuck(), client.InProgress, 0},
		"never begun":                    {fake.Never(), client.Pending, 0},
		"blocked after a second":         {fake.BlockedFor(24 * time.Hour), client.Blocked, time.Second},
		"in a state not known":           {fake.UnknownState("verifying", 24*time.Hour), "verifying", 0},
		"over, it says, and in progress": {fake.Contradictory(true, "in_progress"), client.InProgress, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, test.scenario, func(w *world) {
				e := fails[*autorenew.StoppedError](w, true)
				if !e.Timeout || !e.Sent || e.LastErr != nil || e.Waited != 20*time.Minute {
					t.Errorf("error = %+v", e)
				}
				since := w.began.Add(15*time.Millisecond + test.since)
				if e.Update == nil || e.Update.State != test.state || !e.Update.UpdatedAt.Equal(since) {
					t.Errorf("update = %+v, want %s since %s", e.Update, test.state, since)
				}
				w.wantTook(20*time.Minute, 20*time.Minute)
				w.wantPatches(1)
			})
		})
	}
}

func TestWaitLooksOnceMoreShortlyBeforeTheTimeIsUp(t *testing.T) {
	t.Parallel()
	play(t, steps(lasts("blocked", 10*time.Minute+55*time.Second), lasts("succeeded", 0)), func(w *world) {
		if _, err := w.setWithin(11*time.Minute, true); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWaitEndsWhereTheDomainLeavesTheAccount(t *testing.T) {
	t.Parallel()
	play(t, fake.Slow(time.Minute), func(w *world) {
		w.later(10*time.Second, func() { w.server.RemoveDomain(account, domain) })
		e := fails[*autorenew.NotRegisteredError](w, true)
		if !client.IsNotFound(e.Err) {
			t.Errorf("error = %v", e.Err)
		}
		w.wantTook(10*time.Second, 12*time.Second)
	})
}
