// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

const (
	latency = 10 * time.Millisecond // of a request, and of a PATCH's response
	slow    = 9 * time.Second       // of a slow response
	horizon = 28                    // after this many choices all answers are true; most runs make fewer
)

// registrar is a model of the API with one domain. It answers each request with the first option, which is
// the truth, unless the script of the run selects another.
type registrar struct {
	mu       sync.Mutex
	script   []int // the option of each choice; after the end, always the first
	widths   []int // how many options each choice had
	rare     bool  // also offer rare options
	truthful bool
	began    time.Time
	log      *strings.Builder // nil unless the run is replayed

	initially bool // what the registration shows before any update takes effect
	updates   []*update
	process   int           // the number of the provider's process
	hidden    time.Time     // update-status shows no update until then
	each      *patchAnswer  // the answer to each PATCH from now on, if not nil
	untimed   bool          // a status had no times
	skew      time.Duration // of the API's clock

	violation, exception string
}

// update is an update at the registrar.
type update struct {
	course
	name           string
	toward         bool
	by             *call         // whose PATCH it is, nil for another client
	late           bool          // it began after the API's longest hold
	ahead          time.Duration // of created_at in the response
	process        int           // the process of that PATCH
	created, ended time.Time     // ended is zero while it needs user action
}

// course describes how an update proceeds.
type course struct {
	option
	takes       time.Duration
	during, end client.State  // in_progress and succeeded if empty
	lag         time.Duration // from its end until the registration shows it, never if negative
	silent      bool          // its status omits the registration
}

func courses(ours bool) []course {
	list := []course{
		{option: "takes 4 s", takes: 4 * time.Second},
		{option: "at once"},
		{option: "fails", takes: 4 * time.Second, end: client.Failed},
		{option: "needs user action", during: client.ActionRequired},
		{option: "omits the registration", takes: 4 * time.Second, silent: true},
		{option: "shows after 40 s", takes: 4 * time.Second, lag: 40 * time.Second},
		{option: "~blocked", takes: 10 * time.Second, during: client.Blocked},
		{option: "~unknown state", takes: 10 * time.Second, during: "verifying"},
		{option: "~unknown end", end: "abandoned"},
	}
	if !ours {
		return append(list, course{option: "shows after 8 s, omits the registration", takes: 4 * time.Second, lag: 8 * time.Second, silent: true})
	}
	return append(list,
		course{option: "fails at once", end: client.Failed},
		course{option: "shows after 40 s, omits the registration", takes: 4 * time.Second, lag: 40 * time.Second, silent: true},
		course{option: "~fails after a second", takes: time.Second, end: client.Failed},
		course{option: "~never shows", takes: 4 * time.Second, lag: -1, silent: true})
}

// patchAnswer is how the API handles a PATCH.
type patchAnswer struct {
	option
	err    error // nil for the update
	acts   bool  // the API starts the update
	after  time.Duration
	other  *bool // another client starts an update, toward the wanted value or not
	lost   int   // how many ambiguous PATCHes it counts as
	final  bool  // a permanent failure
	always bool  // each PATCH gets it
	stale  bool  // the response shows the previous update
	slow   bool
	ahead  time.Duration // of created_at in the response
}

var (
	broken       = &client.Error{Kind: client.KindConnectionLost}
	noWorkflow   = &client.Error{Kind: client.KindRefused, Status: 404, Errors: []client.APIError{{Code: 10000}}}
	inConflict   = patchAnswer{option: "409", err: answered(409, 0)}
	requestLost  = patchAnswer{option: "request lost", err: broken, lost: 1}
	patchAnswers = []patchAnswer{
		{option: "accepted", acts: true},
		{option: "response lost", err: broken, acts: true, lost: 1},
		requestLost,
		{option: "begins after 10 s", err: broken, acts: true, lost: 1, after: 10 * time.Second},
		{option: "response truncated", err: &client.Error{Kind: client.KindMalformed, Status: 202}, acts: true},
		inConflict,
		{option: "409, another update toward the same value", err: answered(409, 0), other: new(true)},
		{option: "409, another update toward the other value", err: answered(409, 0), other: new(false)},
		{option: "503", err: answered(503, 0), lost: 1},
		{option: "stale response", acts: true, stale: true},
		{option: "~begins after 30 s", err: broken, acts: true, lost: 1, after: 30 * time.Second},
		{option: "~always 409", err: answered(409, 0), final: true, always: true},
		{option: "~403", err: answered(403, 0), final: true},
		{option: "~429", err: answered(429, 0)},
		{option: "~429 with Retry-After: 3600", err: answered(429, time.Hour), final: true},
		{option: "~503 with Retry-After: 60", err: answered(503, time.Minute), lost: 1},
		{option: "~200 with success: false", err: answered(200, 0), acts: true, lost: maxAmbiguous},
		{option: "~request always lost", err: broken, lost: 1, always: true},
		{option: "~slow", acts: true, slow: true},
		{option: "~slow 502", err: answered(502, 0), acts: true, lost: 1, slow: true},
		{option: "~created_at ahead", acts: true, ahead: 10 * time.Second},
		{option: "~created_at rounded down", acts: true, ahead: -time.Second},
	}
)

func answered(status int, retryAfter time.Duration) error {
	return &client.Error{Kind: client.KindRefused, Status: status, RetryAfter: retryAfter}
}

// call is one call of Set, with what its answers have shown.
type call struct {
	want     bool
	limited  bool // its timeout is short
	began    time.Time
	patched  bool // the API has acted on a PATCH, or may have
	accepted bool // the API answered a PATCH with 2xx
	lost     int  // PATCHes without a usable answer
	final    bool // an answer was a permanent failure
	joined   bool // a status showed an update in flight
	known    map[*update]knowledge
}

// knowledge is what the API has shown a call about one update.
type knowledge struct {
	state    client.State // in the last status that showed it
	inFlight bool         // it was seen in flight
	value    bool         // its value was seen
	hidden   bool         // a status omitted it
}

type callKey struct{}

// option is the name of one option. Rare ones begin with "~".
type option string

func (o option) text() option { return o }

// pick returns one of the options, and records the choice.
func pick[T interface{ text() option }](r *registrar, what string, options ...T) T {
	if r.truthful || len(r.widths) == horizon {
		return options[0]
	}
	if !r.rare {
		options = slices.DeleteFunc(slices.Clone(options), func(o T) bool { return o.text()[0] == '~' })
	}
	chosen := 0
	if n := len(r.widths); n < len(r.script) {
		chosen = r.script[n]
	}
	r.widths = append(r.widths, len(options))
	if chosen > 0 {
		r.note("  %s: %s", what, options[chosen].text())
	}
	return options[chosen]
}

func (r *registrar) note(format string, args ...any) {
	if r.log != nil {
		fmt.Fprintf(r.log, "%8.2f s %s\n", time.Since(r.began).Seconds(), fmt.Sprintf(format, args...))
	}
}

// begin starts an update: another client's if by is nil.
func (r *registrar) begin(name string, toward bool, by *call, at time.Time) *update {
	u := &update{course: pick(r, name, courses(by != nil)...), name: name, toward: toward, by: by, created: at}
	if by != nil {
		u.process = r.process
	}
	if u.during != client.ActionRequired {
		u.ended = at.Add(u.takes)
	}
	r.updates = append(r.updates, u)
	return u
}

// running reports whether an update is in flight, or about to begin.
func (u *update) running(at time.Time) bool { return u.ended.IsZero() || at.Before(u.ended) }

func (u *update) succeeds() bool { return u.end == "" || u.end == client.Succeeded }

// effectAt returns when the registration starts to show an update, zero for never. Updates take effect in order.
func (r *registrar) effectAt(of *update) (effect time.Time) {
	for _, u := range r.updates {
		takes := !u.ended.IsZero() && u.succeeds() && u.lag >= 0
		if own := u.ended.Add(u.lag); takes && own.After(effect) {
			effect = own
		}
		if u == of && takes {
			return effect
		}
	}
	return time.Time{}
}

// shows returns what the registration shows at a time, and the update that set it.
func (r *registrar) shows(at time.Time) (on bool, by *update) {
	on = r.initially
	for _, u := range r.updates {
		if effect := r.effectAt(u); !effect.IsZero() && !effect.After(at) {
			on, by = u.toward, u
		}
	}
	return on, by
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

// status returns the status of an update, by the API's clock. Its times are in whole seconds.
func (r *registrar) status(u *update, at time.Time) client.Update {
	clock := func(t time.Time) time.Time { return t.Add(r.skew).Truncate(time.Second) }
	s := client.Update{State: client.InProgress, CreatedAt: clock(u.created), UpdatedAt: clock(u.created), ServerTime: clock(at)}
	switch {
	case u.running(at) && u.during != "":
		s.State = u.during
	case !u.running(at):
		s.State, s.Completed, s.UpdatedAt = client.Succeeded, true, clock(u.ended)
		if !u.succeeds() {
			s.State = u.end
		} else if !u.silent {
			s.Registration = complete(u.toward)
		}
	}
	return s
}

func complete(on bool) *client.Registration {
	return &client.Registration{AutoRenew: on, Status: "active", CreatedAt: "x", ExpiresAt: "y", Locked: new(true), PrivacyMode: "off"}
}

// exchange sleeps while a request travels, answers it, and sleeps until the response arrives.
func exchange[T any](ctx context.Context, r *registrar, answer func(*call, time.Time) (T, time.Duration, error)) (none T, err error) {
	c, _ := ctx.Value(callKey{}).(*call)
	if err := client.Sleep(ctx, latency); err != nil {
		return none, &client.Error{Kind: client.KindCanceled, Err: err}
	}
	r.mu.Lock()
	answered, takes, err := answer(c, time.Now())
	r.mu.Unlock()
	if canceled := client.Sleep(ctx, takes); canceled != nil {
		return none, &client.Error{Kind: client.KindCanceled, Err: canceled}
	}
	return answered, err
}

// UpdateStatus reads the status. It has no transient failures, because the client retries those.
func (r *registrar) UpdateStatus(ctx context.Context, _ client.DomainID) (client.Update, error) {
	return exchange(ctx, r, func(c *call, now time.Time) (client.Update, time.Duration, error) { return r.readStatus(c, now) })
}

// PollUpdate reads the status once. Each link fails.
func (r *registrar) PollUpdate(ctx context.Context, _ client.DomainID, link *url.URL) (client.Update, error) {
	return exchange(ctx, r, func(c *call, now time.Time) (client.Update, time.Duration, error) {
		if link == nil {
			return r.readStatus(c, now, "503")
		}
		if pick(r, "link", option("404"), "~503 with Retry-After: 5") == "404" {
			return client.Update{}, 0, noWorkflow
		}
		return client.Update{}, 0, answered(503, 5*time.Second)
	})
}

func (r *registrar) readStatus(c *call, now time.Time, failures ...option) (none client.Update, takes time.Duration, err error) {
	last, before := r.latest(now)
	if c.known[last].state == client.ActionRequired && last.running(now) {
		r.violate("", "polls an update that needs user action")
	}
	options := append([]option{"true", "~403", "~503 with Retry-After: 3600"}, failures...)
	if last != nil {
		options = append(options, "none", "none for 15 s", "without registration", "~with Retry-After: 5", "~without times", "~just updated",
			"~with a link", "~slow", "~slow none", "~none for two minutes")
	}
	if before != nil {
		options = append(options, "stale", "~stale, just updated")
	}
	answer := option("none")
	if !now.Before(r.hidden) {
		answer = pick(r, "status", options...)
	}
	switch answer {
	case "503":
		return none, 0, answered(503, 0)
	case "~503 with Retry-After: 3600":
		c.final = true
		return none, 0, answered(503, time.Hour)
	case "~403":
		c.final = true
		return none, 0, answered(403, 0)
	case "none for 15 s":
		r.hidden, last = now.Add(15*time.Second), nil
	case "~none for two minutes":
		r.hidden, last = now.Add(2*time.Minute), nil
	case "none":
		last = nil
	case "~slow none":
		takes, last = slow, nil
	case "~slow":
		takes = slow
	case "stale", "~stale, just updated":
		last = before
	}
	u, err := r.show(c, last, now, answer)
	return u, takes, err
}

// show returns the status of an update, and records that it hides the others.
func (r *registrar) show(c *call, shown *update, now time.Time, how option) (client.Update, error) {
	for _, u := range r.updates {
		if k := c.known[u]; u != shown && !u.created.After(now) {
			k.hidden = true
			c.known[u] = k
		}
	}
	if shown == nil {
		r.note("status: none")
		return client.Update{}, noWorkflow
	}
	s := r.status(shown, now)
	switch how {
	case "~just updated", "~stale, just updated":
		s.UpdatedAt = s.ServerTime
	case "without registration":
		s.Registration = nil
	case "~without times":
		r.untimed = true
		s.CreatedAt, s.UpdatedAt, s.ServerTime = time.Time{}, time.Time{}, time.Time{}
	case "~with a link":
		s.Link = &url.URL{Path: "/progress"}
	case "~with Retry-After: 5":
		s.RetryAfter = 5 * time.Second
	}
	c.learn(shown, s, now)
	r.note("status: %s %s", shown.name, s.State)
	return s, nil
}

func (c *call) learn(u *update, s client.Update, now time.Time) {
	k := c.known[u]
	k.state, k.inFlight, k.value = s.State, k.inFlight || u.running(now), k.value || s.Registration != nil
	c.known[u], c.joined = k, c.joined || k.inFlight
}

func (r *registrar) Registration(ctx context.Context, _ client.DomainID) (client.Registration, error) {
	return exchange(ctx, r, func(c *call, now time.Time) (none client.Registration, takes time.Duration, err error) {
		switch pick(r, "registration", option("true"), "lost", "~404", "~slow") {
		case "lost":
			c.final = c.final || !c.patched && !c.joined
			return none, 0, broken
		case "~404":
			c.final = true
			return none, 0, noWorkflow
		case "~slow":
			takes = slow
		}
		on, _ := r.shows(now)
		r.note("registration: %t", on)
		return *complete(on), takes, nil
	})
}

func (r *registrar) SetAutoRenew(ctx context.Context, _ client.DomainID, on bool) (client.Update, error) {
	return exchange(ctx, r, func(c *call, now time.Time) (client.Update, time.Duration, error) { return r.patch(c, on, now) })
}

func (r *registrar) patch(c *call, on bool, now time.Time) (none client.Update, takes time.Duration, err error) {
	r.note("PATCH %t", on)
	r.checkPatch(c, on, now)
	last, _ := r.latest(now)
	var a patchAnswer
	switch {
	case r.each != nil:
		a = *r.each
	case last != nil && last.running(now):
		c.final = c.final || now.Before(r.hidden)
		a = pick(r, "PATCH", inConflict, requestLost)
	default:
		a = pick(r, "PATCH", patchAnswers...)
	}
	if a.always {
		r.each = &a
	}
	if takes = latency; a.slow {
		takes = slow
	}
	c.final, c.lost = c.final || a.final, c.lost+a.lost
	c.patched = c.patched || a.acts || a.lost > 0
	c.accepted = c.accepted || a.acts && (a.lost == 0 || a.lost == maxAmbiguous)
	if a.other != nil {
		r.begin("other", *a.other == on, nil, now)
	}
	if !a.acts {
		return none, takes, a.err
	}
	u := r.begin("ours", on, c, now.Add(a.after))
	u.late, u.ahead = a.after > ambiguousHoldOff, a.ahead
	switch {
	case a.err != nil:
		return none, takes, a.err
	case a.stale && last != nil:
		return r.status(last, now), takes, nil
	}
	s := r.status(u, now)
	c.learn(u, s, now)
	s.CreatedAt = s.CreatedAt.Add(a.ahead)
	return s, takes, nil
}
