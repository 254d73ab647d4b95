// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// registrar is a model of the API with one domain. It answers each request with the first option, the
// truth, unless the script of the run chooses another.
type registrar struct {
	mu      sync.Mutex
	script  []int // the option of each choice, by number; the first for those beyond its end
	widths  []int // how many options each choice had
	rare    bool  // also offer the options that begin with "~"
	honest  bool  // offer only the truth from here on
	began   time.Time
	logging bool
	log     strings.Builder

	shows   bool // what the registration shows if no update takes effect
	updates []*update
	process int       // the number of the provider's process
	denied  time.Time // until when update-status shows no workflow
	refuses bool      // each PATCH conflicts
	loses   bool      // each PATCH is lost
	untimed bool      // a status had no times

	violation, exception string
}

// update is a workflow of the registrar.
type update struct {
	name           string
	toward         bool
	process        int        // the process that sent its PATCH, zero for another client
	by             *attemptAt // whose PATCH it is, nil for another client
	created, ended time.Time  // ended is zero if it needs a person
	during, end    client.State
	lag            time.Duration // from its end until the registration shows it; never if negative
	silent         bool          // its status omits the registration
	late           bool          // it began after the API's longest hold
}

// attemptAt is one call of Set and what the answers to it have shown.
type attemptAt struct {
	want     bool
	began    time.Time
	limited  bool // its timeout is short
	patched  bool // the API has acted on a PATCH, or the client can't exclude it
	accepted bool // the API answered a PATCH with 2xx
	lost     int  // PATCHes without a usable answer
	refused  bool // an answer can't pass by itself
	looked   bool // update-status was read since the last PATCH
	seen     map[*update]client.State
	flying   map[*update]bool // seen in flight
	hid      map[*update]bool // at least one status hid it
	told     map[*update]bool // a status showed its value
}

type attemptKey struct{}

const latency = 10 * time.Millisecond

// horizon is the number of choices after which the registrar is honest. Most runs have fewer.
const horizon = 28

// The exceptions: what no rule can prevent.
const (
	exceptLate    = "a PATCH that the API begins more than 12 s after its connection broke"
	exceptProcess = "an update that another process started"
	exceptHidden  = "an update that update-status has never shown"
	exceptUntold  = "an effect after more than 10 s, of another client's update whose value update-status has not shown"
	exceptTimes   = "a status without times"
	exceptNever   = "a success without effect, while the registration still shows the wanted value from before"
)

var exceptions = []string{exceptLate, exceptProcess, exceptHidden, exceptUntold, exceptTimes, exceptNever}

// choose returns an option and records the choice.
func (r *registrar) choose(what string, options ...string) string {
	if r.honest || len(r.widths) == horizon {
		return options[0]
	}
	if !r.rare {
		options = slices.DeleteFunc(options, func(o string) bool { return o[0] == '~' })
	}
	if len(options) == 1 {
		return options[0]
	}
	option := 0
	if n := len(r.widths); n < len(r.script) {
		option = r.script[n]
	}
	r.widths = append(r.widths, len(options))
	if option > 0 {
		r.note("  chosen: %s: %s", what, options[option])
	}
	return strings.TrimPrefix(options[option], "~")
}

func (r *registrar) note(format string, args ...any) {
	if r.logging {
		fmt.Fprintf(&r.log, "%8.2fs %s\n", time.Since(r.began).Seconds(), fmt.Sprintf(format, args...))
	}
}

// violate records the first violation of a run, or the exception that explains it.
func (r *registrar) violate(excuse, format string, args ...any) {
	if r.violation != "" || r.exception != "" {
		return
	}
	if r.untimed {
		excuse = exceptTimes
	}
	if r.exception = excuse; excuse == "" {
		r.violation = fmt.Sprintf(format, args...)
	}
	r.note("VIOLATION (excuse %q): %s", excuse, fmt.Sprintf(format, args...))
}

// excuse returns the exception that explains why an attempt can't allow for an update.
func (r *registrar) excuse(at *attemptAt, u *update) string {
	switch {
	case u.late:
		return exceptLate
	case u.process != 0 && u.process != r.process:
		return exceptProcess
	case at.hid[u] && at.seen[u] == "":
		return exceptHidden
	case u.process == 0 && r.effectAt(u).Sub(u.ended) > effectTimeout && !at.told[u]:
		return exceptUntold
	case u.process == 0 && slices.ContainsFunc(r.updates, func(ours *update) bool { return ours.by == at && ours.lag < 0 }):
		return exceptNever
	}
	return ""
}

// running reports whether an update is in flight, or about to begin.
func (u *update) running(at time.Time) bool { return u.ended.IsZero() || at.Before(u.ended) }

func (u *update) state(at time.Time) client.State {
	if u.running(at) {
		return u.during
	}
	return u.end
}

// effectAt returns when the registration shows an update: in order, and never if it is zero.
func (r *registrar) effectAt(of *update) (effect time.Time) {
	for _, u := range r.updates {
		takes := !u.ended.IsZero() && u.end == client.Succeeded && u.lag >= 0
		if own := u.ended.Add(u.lag); takes && own.After(effect) {
			effect = own
		}
		if u == of {
			if !takes {
				return time.Time{}
			}
			break
		}
	}
	return effect
}

// value returns what the registration shows at a time, and the update that set it.
func (r *registrar) value(at time.Time) (shows bool, by *update) {
	shows = r.shows
	for _, u := range r.updates {
		if effect := r.effectAt(u); !effect.IsZero() && !effect.After(at) {
			shows, by = u.toward, u
		}
	}
	return shows, by
}

// latest returns the last update that has begun, and the one before it.
func (r *registrar) latest(at time.Time) (last, before *update) {
	for _, u := range r.updates {
		if !u.created.After(at) {
			last, before = u, last
		}
	}
	return last, before
}

// answer is what update-status shows of an update. Its times have whole seconds.
func (u *update) answer(at time.Time) client.Update {
	a := client.Update{State: u.state(at), CreatedAt: u.created.Truncate(time.Second), ServerTime: at.Truncate(time.Second)}
	a.UpdatedAt = a.CreatedAt
	if u.running(at) {
		return a
	}
	a.Completed, a.UpdatedAt = true, u.ended.Truncate(time.Second)
	if u.end == client.Succeeded && !u.silent {
		a.Registration = complete(u.toward)
	}
	return a
}

func complete(on bool) *client.Registration {
	return &client.Registration{AutoRenew: on, Status: "active", CreatedAt: "x", ExpiresAt: "y", Locked: new(true), PrivacyMode: "off"}
}

var noWorkflow = &client.Error{Kind: client.KindRefused, Status: 404, Errors: []client.APIError{{Code: 10000}}}

func refusal(status int, retryAfter time.Duration) error {
	return &client.Error{Kind: client.KindRefused, Status: status, RetryAfter: retryAfter}
}

// receive takes the time of a request on its way, in one direction.
func receive(ctx context.Context) (*attemptAt, error) {
	at, _ := ctx.Value(attemptKey{}).(*attemptAt)
	if err := client.Sleep(ctx, latency); err != nil {
		return at, &client.Error{Kind: client.KindCanceled, Err: err}
	}
	return at, nil
}

func (r *registrar) UpdateStatus(ctx context.Context, _ client.DomainID) (client.Update, error) {
	return r.status(ctx, "~503")
}

func (r *registrar) PollUpdate(ctx context.Context, _ client.DomainID, link *url.URL) (client.Update, error) {
	if link != nil {
		return client.Update{}, refusal(404, 0)
	}
	return r.status(ctx, "503")
}

func (r *registrar) status(ctx context.Context, fails string) (client.Update, error) {
	at, err := receive(ctx)
	if err != nil {
		return client.Update{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	last, before := r.latest(now)
	at.looked = true
	if at.seen[last] == client.ActionRequired && last.running(now) {
		r.violate("", "polls an update that waits for a person")
	}
	if now.Before(r.denied) {
		r.note("status: none")
		at.hid[last] = true
		return client.Update{}, noWorkflow
	}
	options := []string{"true", fails, "~503 with Retry-After: 3600", "~403"}
	if last != nil {
		options = append(options, "none", "none for 15 s", "~true with Retry-After", "~true without times")
		if !last.running(now) {
			options = append(options, "just updated")
			if last.end == client.Succeeded && !last.silent {
				options = append(options, "without registration")
			}
		}
	}
	if before != nil {
		options = append(options, "stale", "~stale, just updated")
	}
	return r.show(at, now, last, before, fails, r.choose("status", options...))
}

// show answers a read of update-status.
func (r *registrar) show(at *attemptAt, now time.Time, last, before *update, fails, option string) (a client.Update, err error) {
	shown := last
	switch option {
	case "503":
		at.refused = at.refused || fails[0] == '~'
		return a, refusal(503, 0)
	case "503 with Retry-After: 3600":
		at.refused = true
		return a, refusal(503, time.Hour)
	case "403":
		at.refused = true
		return a, refusal(403, 0)
	case "none for 15 s":
		r.denied, shown = now.Add(15*time.Second), nil
	case "none":
		shown = nil
	case "stale", "stale, just updated":
		shown = before
	}
	for _, u := range r.updates { // update-status shows one update only
		at.hid[u] = at.hid[u] || u != shown && !u.created.After(now)
	}
	if shown == nil {
		r.note("status: none")
		return a, noWorkflow
	}
	a = shown.answer(now)
	at.seen[shown], at.flying[shown] = a.State, at.flying[shown] || shown.running(now)
	switch option {
	case "just updated", "stale, just updated":
		a.UpdatedAt = a.ServerTime
	case "without registration":
		a.Registration = nil
	case "true without times":
		r.untimed = true
		a.CreatedAt, a.UpdatedAt, a.ServerTime = time.Time{}, time.Time{}, time.Time{}
	case "true with Retry-After":
		a.RetryAfter = 5 * time.Second
	}
	at.told[shown] = at.told[shown] || a.Registration != nil
	r.note("status: %s %s", shown.name, a.State)
	return a, nil
}

func (r *registrar) Registration(ctx context.Context, _ client.DomainID) (client.Registration, error) {
	at, err := receive(ctx)
	if err != nil {
		return client.Registration{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	fails := "~lost"
	if at.patched || len(at.flying) > 0 {
		fails = "lost"
	}
	switch r.choose("registration", "true", fails, "~404") {
	case "lost":
		at.refused = at.refused || !at.patched && !slices.Contains(values(at.flying), true)
		return client.Registration{}, &client.Error{Kind: client.KindConnectionLost}
	case "404":
		at.refused = true
		return client.Registration{}, noWorkflow
	}
	shows, _ := r.value(time.Now())
	r.note("registration: %t", shows)
	return *complete(shows), nil
}

func values(m map[*update]bool) (list []bool) {
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

func (r *registrar) SetAutoRenew(ctx context.Context, _ client.DomainID, on bool) (client.Update, error) {
	at, err := receive(ctx)
	if err != nil {
		at.patched = true
		return client.Update{}, err
	}
	u, err := r.patch(at, on)
	if _, late := receive(ctx); late != nil {
		at.patched = true
		return client.Update{}, late
	}
	return u, err
}

// patch answers a PATCH.
func (r *registrar) patch(at *attemptAt, on bool) (client.Update, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	r.note("PATCH %t", on)
	r.checkPatch(at, on, now)
	last, _ := r.latest(now)
	option := "409"
	if last == nil || !last.running(now) {
		options := []string{
			"accepted", "answer lost", "request lost", "begins after 10 s", "~begins after 30 s", "answer cut", "409", "~409 for good",
			"409, another toward it", "409, another away", "~403", "~429", "~429 with Retry-After: 3600", "503", "~503 with Retry-After: 60",
			"~200 that refuses", "~lost for good",
		}
		if last != nil {
			options = append(options, "answer stale")
		}
		option = r.choose("PATCH", options...)
	} else if r.choose("PATCH", "409", "~409 lost") == "409 lost" {
		option = "request lost"
	}
	if r.refuses {
		option = "409"
	}
	if r.loses {
		option = "request lost"
	}
	return r.act(at, on, now, last, option)
}

// act does what an option means.
func (r *registrar) act(at *attemptAt, on bool, now time.Time, last *update, option string) (none client.Update, err error) {
	lost := &client.Error{Kind: client.KindConnectionLost}
	switch option {
	case "409", "409 for good":
		r.refuses = option != "409" || r.refuses
		at.refused = at.refused || r.refuses
		return none, refusal(409, 0)
	case "409, another toward it":
		r.begin("other", on, 0, now)
		return none, refusal(409, 0)
	case "409, another away":
		r.begin("other", !on, 0, now)
		return none, refusal(409, 0)
	case "403":
		at.refused = true
		return none, refusal(403, 0)
	case "429":
		return none, refusal(429, 0)
	case "429 with Retry-After: 3600":
		at.refused = true
		return none, refusal(429, time.Hour)
	}
	at.patched = true
	begins := now
	switch option {
	case "request lost", "503", "503 with Retry-After: 60", "lost for good":
		r.loses = option == "lost for good" || r.loses
		at.lost++
		switch option {
		case "503":
			return none, refusal(503, 0)
		case "503 with Retry-After: 60":
			return none, refusal(503, time.Minute)
		}
		return none, lost
	case "begins after 10 s":
		begins = now.Add(10 * time.Second)
	case "begins after 30 s":
		begins = now.Add(30 * time.Second)
	}
	u := r.begin("ours", on, r.process, begins)
	u.by, u.late = at, option == "begins after 30 s"
	switch option {
	case "answer cut":
		at.accepted = true
		return none, &client.Error{Kind: client.KindMalformed, Status: 202}
	case "200 that refuses":
		at.accepted = true
		at.lost += 4
		return none, refusal(200, 0)
	case "accepted":
		at.accepted = true
		at.seen[u] = u.state(now)
		at.flying[u] = u.running(now)
		return u.answer(now), nil
	case "answer stale":
		at.accepted = true
		return last.answer(now), nil
	}
	at.lost++
	return none, lost
}

// begin starts an update.
func (r *registrar) begin(name string, toward bool, process int, at time.Time) *update {
	u := &update{name: name, toward: toward, process: process, created: at, during: client.InProgress, end: client.Succeeded}
	takes := 4 * time.Second
	options := []string{"takes 4 s", "at once", "fails", "needs a person", "untold", "~blocked", "~unknown", "~unknown end"}
	if process != 0 {
		options = append(options, "shows after 40 s", "shows after 40 s, untold", "fails at once", "~never shows")
	} else {
		options = append(options, "shows after 8 s, untold", "shows after 40 s")
	}
	option := r.choose(name, options...)
	switch option {
	case "at once", "fails at once", "unknown end":
		takes = 0
	case "blocked":
		u.during, takes = client.Blocked, 10*time.Second
	case "unknown":
		u.during, takes = "verifying", 10*time.Second
	case "needs a person":
		u.during = client.ActionRequired
	}
	switch option {
	case "fails", "fails at once":
		u.end = client.Failed
	case "unknown end":
		u.end = "abandoned"
	case "shows after 8 s, untold":
		u.lag = 8 * time.Second
	case "shows after 40 s", "shows after 40 s, untold":
		u.lag = 40 * time.Second
	case "never shows":
		u.lag = -1
	}
	u.silent = u.lag < 0 || strings.HasSuffix(option, "untold")
	if option != "needs a person" {
		u.ended = at.Add(takes)
	}
	r.updates = append(r.updates, u)
	return u
}

// checkPatch holds a PATCH against the updates that can make it one too many.
func (r *registrar) checkPatch(at *attemptAt, on bool, now time.Time) {
	if at.accepted {
		r.violate("", "PATCH after an accepted one")
	}
	for _, u := range r.updates {
		ours := u.process != 0
		if !ours && !at.flying[u] {
			continue
		}
		switch {
		case u.running(now):
			r.violate(r.excuse(at, u), "PATCH while an update is in flight (ours: %t)", ours)
		case u.toward == on && now.Before(r.effectAt(u)):
			r.violate(r.excuse(at, u), "PATCH while the effect of an update is to come (ours: %t)", ours)
		case at.seen[u] == client.Failed && (u.by == at || at.flying[u]):
			r.violate("", "PATCH after a failed update")
		}
	}
	at.looked = false
}

// checkEnd holds the result of an attempt against what the registrar has.
func (r *registrar) checkEnd(at *attemptAt, err error) {
	now := time.Now()
	r.note("ends: %v", err)
	if err == nil {
		r.checkDone(at, now)
		return
	}
	if !InFlight(err) {
		for _, u := range r.updates {
			if u.process == r.process && at.patched && at.want == u.toward && u.running(now) && errors.As(err, new(*FailedError)) {
				r.violate(r.excuse(at, u), "an error leaves an update in flight unmentioned")
			}
		}
	}
	var (
		stopped     *StoppedError
		failed      *FailedError
		action      *ActionRequiredError
		unconfirmed *UnconfirmedError
		ambiguous   *AmbiguousError
	)
	if Joined(err) && at.patched {
		r.violate("", "an update of ours is reported as joined")
	}
	switch {
	case errors.As(err, &failed):
		r.checkFailed(at, failed.Update)
	case errors.As(err, &stopped) && !at.limited:
		r.violate("", "time is up")
	case errors.As(err, &ambiguous) && at.lost < 4:
		r.violate("", "gives up after %d lost PATCHes", at.lost)
	case errors.As(err, &unconfirmed) && !slices.ContainsFunc(r.updates, func(u *update) bool { return at.canBeOurs(u) }):
		r.violate("", "a success is reported as unconfirmed that the registration shows, or that isn't ours")
	case errors.As(err, &action) && at.seen[r.updates[len(r.updates)-1]] != client.ActionRequired:
		r.violate("", "an action is reported that no update needs")
	case !errors.As(err, &stopped) && !errors.As(err, &ambiguous) && !errors.As(err, &unconfirmed) && !errors.As(err, &action) && !at.refused && !at.limited:
		r.violate("", "ends without a cause: %v", err)
	}
}

// canBeOurs reports whether an update that does not show the wanted value can be ours by all answers.
func (at *attemptAt) canBeOurs(u *update) bool {
	return u.by == at && u.lag < 0 || at.lost > 0 && u.process == 0 && !at.told[u] && u.toward != at.want
}

// checkFailed requires a reported failure to be one of ours or of a joined update.
func (r *registrar) checkFailed(at *attemptAt, reported client.Update) {
	for _, u := range r.updates {
		if u.created.Truncate(time.Second).Equal(reported.CreatedAt) && u.end == reported.State && !u.running(time.Now()) {
			if u.process == 0 && !at.flying[u] && u.created.Before(at.began) {
				r.violate("", "an old failure is reported")
			}
			return
		}
	}
	r.violate("", "a failure is reported that didn't happen")
}

// checkDone requires the value to be there to stay.
func (r *registrar) checkDone(at *attemptAt, now time.Time) {
	const hour = time.Hour
	if settled, by := r.value(now.Add(hour)); settled != at.want {
		current, _ := r.value(now)
		if current == at.want {
			r.violate(r.excuse(at, by), "done, and an update takes the value away")
			return
		}
		r.violate("", "done, and the registration doesn't have the value")
		return
	}
	for _, u := range r.updates {
		if u.running(now) && u.toward != at.want && (u.process != 0 || at.flying[u] || at.hid[u]) {
			r.violate(r.excuse(at, u), "done while an update toward the other value is in flight")
		}
	}
}
