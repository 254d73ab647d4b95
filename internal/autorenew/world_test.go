// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/registrations"
)

const (
	account = "0123456789abcdef0123456789abcdef"
	domain  = "example.com"
)

var id = client.DomainID{Account: account, Name: domain}

// The ends of the paths that a fault can strike.
const (
	registrationPath = "/registrations/" + domain
	statusPath       = "/update-status"
)

// errInterrupted is the cause of a context that a test ends, errTimeUp that of one whose time
// is up. They stand for what the provider says in their place.
var (
	errInterrupted = errors.New("the run was interrupted")
	errTimeUp      = errors.New("the update timeout is over")
)

// world is a registrar with one domain whose auto-renew is off, and who sets it.
type world struct {
	t      *testing.T
	server *fake.Server
	cache  *registrations.Cache
	setter *autorenew.Setter
	began  time.Time
}

// play runs a story in a bubble, where time is fake and every goroutine must have ended at the
// end. Whatever the story was, the client must have kept the rules that the fake watches over.
func play(t *testing.T, scenario fake.Scenario, story func(w *world), options ...fake.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server := fake.New(append(options, fake.WithDomain(fake.Domain{Name: domain, Account: account, Scenario: scenario}))...)
		w := &world{t: t, server: server, began: time.Now()}
		w.restart()
		story(w)
		if violations := server.Violations(); len(violations) > 0 {
			t.Errorf("violations: %q", violations)
		}
		if t.Failed() {
			t.Logf("requests: %s", w.log())
		}
	})
}

// restart is a new process: nothing is remembered but what the registrar has.
func (w *world) restart() {
	api := client.New(client.Config{
		BaseURL:     &url.URL{Scheme: "https", Host: "api.cloudflare.com", Path: "/client/v4"},
		Credentials: client.Credentials{Token: "secret"}, Transport: w.server.Transport(),
	})
	logger := slog.New(slog.DiscardHandler)
	w.cache = registrations.New(api, logger)
	w.setter = autorenew.NewSetter(api, w.cache, logger)
}

// set is Set within the default timeout of twenty minutes.
func (w *world) set(want bool) (client.Registration, error) {
	return w.setWithin(20*time.Minute, want)
}

func (w *world) setWithin(timeout time.Duration, want bool) (client.Registration, error) {
	ctx, cancel := context.WithTimeoutCause(w.t.Context(), timeout, errTimeUp)
	defer cancel()
	return w.setIn(ctx, want)
}

// setIn is Set, and tells the fake of every success, for it to compare.
func (w *world) setIn(ctx context.Context, want bool) (client.Registration, error) {
	registration, err := w.setter.Set(ctx, id, want)
	if err != nil {
		return registration, err
	}
	w.server.ReportSuccess(account, domain, want)
	if registration.Name != domain || registration.AutoRenew != want || !registration.Complete() {
		w.t.Errorf("Set(%t) = %+v", want, registration)
	}
	return registration, nil
}

// mustSet fails the test unless Set succeeds.
func (w *world) mustSet(want bool) {
	w.t.Helper()
	if _, err := w.set(want); err != nil {
		w.t.Fatalf("Set(%t) = %v", want, err)
	}
}

// fails is Set, which must end in an error of type E.
func fails[E error](w *world, want bool) E {
	w.t.Helper()
	_, err := w.set(want)
	return as[E](w, err)
}

func as[E error](w *world, err error) E {
	w.t.Helper()
	e, ok := errors.AsType[E](err)
	if !ok {
		w.t.Fatalf("error = %T %v, want %T\nrequests: %s", err, err, e, w.log())
	}
	return e
}

// truth is the registrar's value at this moment.
func (w *world) truth() bool {
	d, _ := w.server.Registration(account, domain)
	return d.AutoRenew
}

// log is what was asked of the registrar, a word each.
func (w *world) log() string {
	words := []string{}
	for _, r := range w.server.Requests() {
		words = append(words, word(r))
	}
	return strings.Join(words, " ")
}

func word(r fake.Request) string {
	switch {
	case r.Method == http.MethodPatch:
		return "PATCH"
	case strings.HasSuffix(r.Path, registrationPath+statusPath):
		return "status"
	case strings.HasSuffix(r.Path, registrationPath):
		return "registration"
	}
	return r.Method + " " + r.Path
}

// wantLog holds what was asked against a literal.
func (w *world) wantLog(want string) {
	w.t.Helper()
	if got := w.log(); got != want {
		w.t.Errorf("requests: %s\nwant:     %s", got, want)
	}
}

// patches is how many PATCHes reached the server.
func (w *world) patches() int { return w.server.Count(http.MethodPatch, "") }

func (w *world) wantPatches(want int) {
	w.t.Helper()
	if got := w.patches(); got != want {
		w.t.Errorf("%d PATCHes, want %d", got, want)
	}
}

// took is the fake time since the story began.
func (w *world) took() time.Duration { return time.Since(w.began) }

// wantTook holds the fake time since the story began against bounds, since pauses have jitter.
func (w *world) wantTook(least, most time.Duration) {
	w.t.Helper()
	if got := w.took(); got < least || got > most {
		w.t.Errorf("took %s, want %s to %s", got, least, most)
	}
}

// later lets another actor act after a while.
func (w *world) later(d time.Duration, act func()) {
	time.AfterFunc(d, act)
}
