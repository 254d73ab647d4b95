// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func retryAfter(seconds int) http.Header {
	return http.Header{"Retry-After": {strconv.Itoa(seconds)}}
}

// working is update-status as the server gives it, by hand, since a fault that sets a header
// brings its own body.
const working = `{"success":true,"errors":[],"messages":[],"result":{"state":"in_progress","completed":false,` +
	`"created_at":"2000-01-01T00:00:00.015Z","updated_at":"2000-01-01T00:00:00.015Z","links":{"self":""},"context":{}}}`

// pauses is the time between the requests that came after the PATCH.
func (env *env) pauses() []time.Duration {
	var pauses []time.Duration
	var last time.Time
	for _, r := range env.server.Requests() {
		if !last.IsZero() {
			pauses = append(pauses, r.Time.Sub(last))
		}
		if !last.IsZero() || r.Method == http.MethodPatch {
			last = r.Time
		}
	}
	return pauses
}

func TestWaitKeepsThePauseThatTheServerAsksFor(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault fake.Fault
		pause time.Duration // between the poll that was struck and the next
	}{
		"of an update in progress, longer than ours":  {fake.Fault{Status: 200, Body: working, Header: retryAfter(7)}, 7 * time.Second},
		"of an update in progress, shorter than ours": {fake.Fault{Status: 200, Body: working, Header: retryAfter(1)}, time.Second},
		"with a 429": {fake.Fault{Status: 429, Body: refusal, Header: retryAfter(20)}, 20 * time.Second},
		"with a 503": {fake.Fault{Status: 503, Body: "<html></html>", Header: retryAfter(45)}, 45 * time.Second},
		"as a date":  {fake.Fault{Status: 503, Header: http.Header{"Retry-After": {"Sat, 01 Jan 2000 00:00:09 GMT"}, "Date": {"Sat, 01 Jan 2000 00:00:01 GMT"}}}, 8 * time.Second},
	}
	for name, test := range tests {
		runCase(t, name, fake.Slow(3*time.Second), func(env *env) {
			env.server.Inject(polls(test.fault))
			env.mustSet(true)
			if pauses := env.pauses(); len(pauses) < 2 || pauses[1] != test.pause {
				env.t.Errorf("pauses = %s, want the second to be %s", pauses, test.pause)
			}
		})
	}
}

func TestWaitKeepsThePauseThatThePatchAsksFor(t *testing.T) {
	t.Parallel()
	run(t, fake.Slow(3*time.Second), func(env *env) {
		env.server.Inject(fake.Fault{Method: http.MethodPatch, Act: true, Status: 202, Body: working, Header: retryAfter(12)})
		env.mustSet(true)
		if pauses := env.pauses(); len(pauses) != 1 || pauses[0] != 12*time.Second {
			t.Errorf("pauses = %s, want 12s", pauses)
		}
	})
}

func TestWaitTakesARetryAfterOfNothingForNoWish(t *testing.T) {
	t.Parallel()
	for _, fault := range []fake.Fault{
		{Status: 200, Body: working, Header: retryAfter(0), Times: -1},
		{Status: 200, Body: working, Header: retryAfter(-5), Times: -1},
		{Status: 503, Body: refusal, Header: retryAfter(0), Times: -1},
		{Status: 429, Body: refusal, Header: retryAfter(0), Times: -1},
	} {
		runCase(t, strconv.Itoa(fault.Status)+" with "+fault.Header.Get("Retry-After"), fake.Stuck(), func(env *env) {
			env.server.Inject(polls(fault))
			_, err := env.setWithin(time.Minute, true)
			_ = as[*autorenew.StoppedError](env, err)
			if count := env.server.Count(http.MethodGet, statusPath); count > 21 {
				env.t.Errorf("%d looks at the update in a minute", count)
			}
		})
	}
}

func TestWaitFailsAtOnceWhereTheServerAsksForMoreTimeThanThereIs(t *testing.T) {
	t.Parallel()
	tests := map[string]fake.Fault{
		"an update in progress": {Status: 200, Body: working, Header: retryAfter(3600)},
		"a 429":                 {Status: 429, Body: refusal, Header: retryAfter(3600)},
		"a 503":                 {Status: 503, Body: refusal, Header: retryAfter(3600)},
	}
	for name, fault := range tests {
		runCase(t, name, fake.Stuck(), func(env *env) {
			env.server.Inject(polls(fault))
			e := fails[*autorenew.PollError](env, true)
			if e.Update.State != client.InProgress {
				env.t.Errorf("error = %+v", e)
			}
			env.wantTook(time.Second, 2*time.Second)
			env.wantPatches(1)
		})
	}
}
