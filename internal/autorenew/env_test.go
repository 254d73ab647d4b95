// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account = "0123456789abcdef0123456789abcdef"
	domain  = "example.com"
)

type clientError = client.Error

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

// env is a registrar with one domain whose auto-renew is off, and who sets it.
type env struct {
	t      *testing.T
	server *fake.Server
	cache  *cache
	logged bytes.Buffer
	setter *autorenew.Setter
	began  time.Time
}

// run runs a test in a bubble, where time is fake and every goroutine must have ended at the
// end. Whatever the test was, the client must have kept the rules that the fake watches over.
func run(t *testing.T, scenario fake.Scenario, test func(env *env), options ...fake.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server := fake.New(append(options, fake.WithDomain(fake.Domain{Name: domain, Account: account, Scenario: scenario}))...)
		env := &env{t: t, server: server, began: time.Now()}
		env.restart()
		test(env)
		if violations := server.Violations(); len(violations) > 0 {
			t.Errorf("violations: %q", violations)
		}
		if t.Failed() {
			t.Logf("requests: %s", env.log())
		}
	})
}

// runCase is run in a subtest of its own.
func runCase(t *testing.T, name string, scenario fake.Scenario, test func(env *env), options ...fake.Option) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		run(t, scenario, test, options...)
	})
}

// restart is a new process: nothing is remembered but what the registrar has.
func (env *env) restart() {
	api := client.New(client.Config{
		BaseURL:     &url.URL{Scheme: "https", Host: "api.cloudflare.com", Path: "/client/v4"},
		Credentials: client.Credentials{Token: "secret"}, Transport: env.server.Transport(),
	})
	logger := slog.New(slog.NewTextHandler(&env.logged, nil))
	env.cache = &cache{}
	env.setter = autorenew.NewSetter(api, env.cache, logger)
}

// cache counts how often it was told to forget the domain.
type cache struct{ invalidated atomic.Int64 }

func (c *cache) Invalidate(client.DomainID) { c.invalidated.Add(1) }

// set is Set within the default timeout of twenty minutes.
func (env *env) set(want bool) (client.Registration, error) {
	return env.setWithin(20*time.Minute, want)
}

func (env *env) setWithin(timeout time.Duration, want bool) (client.Registration, error) {
	ctx, cancel := context.WithTimeoutCause(env.t.Context(), timeout, errTimeUp)
	defer cancel()
	return env.setIn(ctx, want)
}

// setIn is Set, and tells the fake of every success, for it to compare.
func (env *env) setIn(ctx context.Context, want bool) (client.Registration, error) {
	registration, err := env.setter.Set(ctx, id, want)
	if err != nil {
		return registration, err
	}
	env.server.ReportSuccess(account, domain, want)
	if registration.Name != domain || registration.AutoRenew != want || !registration.Complete() {
		env.t.Errorf("Set(%t) = %+v", want, registration)
	}
	return registration, nil
}

// mustSet fails the test unless Set succeeds.
func (env *env) mustSet(want bool) {
	env.t.Helper()
	if _, err := env.set(want); err != nil {
		env.t.Fatalf("Set(%t) = %v", want, err)
	}
}

// fails is Set, which must end in an error of type E.
func fails[E error](env *env, want bool) E {
	env.t.Helper()
	_, err := env.set(want)
	return as[E](env, err)
}

func as[E error](env *env, err error) E {
	env.t.Helper()
	e, ok := errors.AsType[E](err)
	if !ok {
		env.t.Fatalf("error = %T %v, want %T\nrequests: %s", err, err, e, env.log())
	}
	return e
}

// truth is the registrar's value at this moment.
func (env *env) truth() bool {
	d, _ := env.server.Registration(account, domain)
	return d.AutoRenew
}

// log is what was asked of the registrar, a word each.
func (env *env) log() string {
	words := []string{}
	for _, r := range env.server.Requests() {
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
func (env *env) wantLog(want string) {
	env.t.Helper()
	if got := env.log(); got != want {
		env.t.Errorf("requests: %s\nwant:     %s", got, want)
	}
}

// patches is how many PATCHes reached the server.
func (env *env) patches() int { return env.server.Count(http.MethodPatch, "") }

func (env *env) wantPatches(want int) {
	env.t.Helper()
	if got := env.patches(); got != want {
		env.t.Errorf("%d PATCHes, want %d", got, want)
	}
}

// took is the fake time since the test began.
func (env *env) took() time.Duration { return time.Since(env.began) }

// wantTook holds the fake time since the test began against bounds, since pauses have jitter.
func (env *env) wantTook(least, most time.Duration) {
	env.t.Helper()
	if got := env.took(); got < least || got > most {
		env.t.Errorf("took %s, want %s to %s", got, least, most)
	}
}

// later lets another actor act after a while.
func (env *env) later(d time.Duration, act func()) {
	time.AfterFunc(d, act)
}
