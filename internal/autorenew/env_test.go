// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
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

	// Suffixes of the paths that faults match.
	registrationPath = "/registrations/" + domain
	statusPath       = "/update-status"

	defaultTimeout = 20 * time.Minute
)

var id = client.DomainID{Account: account, Name: domain}

// errInterrupted is the cause when a test cancels the context, and errTimedOut when its deadline passes.
var (
	errInterrupted = errors.New("interrupted")
	errTimedOut    = errors.New("timed out")
)

// env is a registrar with one domain whose auto-renew is off, and a Setter.
type env struct {
	t         *testing.T
	ctx       context.Context
	interrupt context.CancelCauseFunc // cancels ctx
	server    *fake.Server
	cache     cache
	logged    bytes.Buffer
	setter    *autorenew.Setter
	began     time.Time
}

// run runs a test in a synctest bubble, with fake time. The test fails if the fake registrar records a
// violation.
func run(t *testing.T, update fake.Scenario, test func(env *env), options ...fake.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server := fake.New(append(options, fake.WithDomain(fake.Domain{
			Name: domain, Account: account, Scenario: update, ExpiresAt: time.Now().AddDate(1, 0, 0),
		}))...)
		env := &env{t: t, server: server, began: time.Now()}
		env.ctx, env.interrupt = context.WithCancelCause(t.Context())
		api := client.New(client.Config{
			BaseURL:     &url.URL{Scheme: "https", Host: "api.cloudflare.com", Path: "/client/v4"},
			Credentials: client.Credentials{Token: "secret"}, Transport: server.Transport(),
		})
		env.setter = autorenew.NewSetter(api, &env.cache, slog.New(slog.NewTextHandler(&env.logged, nil)))
		test(env)
		if violations := server.Violations(); len(violations) > 0 {
			t.Errorf("violations: %q", violations)
		}
		if t.Failed() {
			t.Logf("requests: %s", env.log())
		}
	})
}

// cache counts invalidations.
type cache struct{ invalidated atomic.Int64 }

func (c *cache) Invalidate(client.DomainID) { c.invalidated.Add(1) }

// set calls Set and checks how it ends (see ending).
func (env *env) set(want bool, ends string) {
	env.t.Helper()
	env.setWithin(defaultTimeout, want, ends)
}

// setWithin calls Set with a timeout. If the context ends, Set must return at that moment.
func (env *env) setWithin(timeout time.Duration, want bool, ends string) {
	env.t.Helper()
	ctx, cancel := context.WithTimeoutCause(env.ctx, timeout, errTimedOut)
	defer cancel()
	began := time.Now()
	registration, err := env.setter.Set(ctx, id, want)
	if got := ending(err); got != ends {
		env.t.Errorf("Set(%t) ended with %q, want %q", want, got, ends)
	}
	if stopped, ok := errors.AsType[*autorenew.StoppedError](err); ok {
		if stopped.Timeout != (time.Since(began) == timeout) || !errors.Is(err, context.Cause(ctx)) ||
			stopped.Waited != time.Since(began) || errors.Is(stopped.LastErr, context.Cause(ctx)) {
			env.t.Errorf("after %s, a wrong StoppedError: %+v", time.Since(began), stopped)
		}
	}
	if err != nil {
		return
	}
	env.server.ReportSuccess(account, domain, want)
	if registration.Name != domain || registration.AutoRenew != want || !registration.Complete() {
		env.t.Errorf("Set(%t) = %+v", want, registration)
	}
}

// ending describes the result of Set. It is empty for a success.
func ending(err error) string {
	var (
		stopped     *autorenew.StoppedError
		failed      *autorenew.FailedError
		action      *autorenew.ActionRequiredError
		unconfirmed *autorenew.UnconfirmedError
		unpolled    *autorenew.PollError
		ambiguous   *autorenew.AmbiguousError
		refused     *client.Error
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &stopped):
		return join(stopped.Cause.Error(), when(stopped.Sent, "sent"), attempted(stopped.Attempt),
			when(stopped.Shows != nil && stopped.Shows.AutoRenew == stopped.Want, "as wanted"), ending(stopped.LastErr))
	case errors.As(err, &failed) && failed.Shows == nil:
		return join(attempted(failed.Attempt), "shows nothing")
	case errors.As(err, &failed):
		return join(attempted(failed.Attempt), "shows "+strconv.FormatBool(failed.Shows.AutoRenew))
	case errors.As(err, &action):
		return attempted(action.Attempt)
	case errors.As(err, &unconfirmed):
		return join("unconfirmed", attempted(unconfirmed.Attempt))
	case errors.As(err, &unpolled):
		return join("poll failed", attempted(unpolled.Attempt), ending(unpolled.Err))
	case errors.As(err, &ambiguous):
		return join("ambiguous", strconv.Itoa(ambiguous.Sent), ending(ambiguous.Err))
	case errors.As(err, &refused):
		wait := refused.RequiredWait.Round(time.Minute)
		return join("HTTP "+strconv.Itoa(refused.Status), when(wait > 0, "wait "+wait.String()))
	}
	return err.Error()
}

// attempted describes the update in an error.
func attempted(a autorenew.Attempt) string {
	u := a.Update
	joined, other := when(a.Joined && u.State != "", "joined"), when(!a.Want, "toward false")
	return join(string(u.State), joined, other, u.ErrorCode, u.ErrorMessage, u.Action, u.ConfirmationSentTo)
}

func when(holds bool, word string) string {
	if holds {
		return word
	}
	return ""
}

// join joins the words with commas, without the empty ones.
func join(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), ", ")
}

// log returns the requests, one word each, or "none".
func (env *env) log() string {
	words := []string{}
	for _, r := range env.server.Requests() {
		switch {
		case r.Method == http.MethodPatch:
			words = append(words, "PATCH")
		case strings.HasSuffix(r.Path, registrationPath):
			words = append(words, "registration")
		default:
			words = append(words, path.Base(r.Path))
		}
	}
	return cmp.Or(strings.ReplaceAll(strings.Join(words, " "), "update-status", "status"), "none")
}

// wantPatches compares the number of PATCHes that reached the server.
func (env *env) wantPatches(want int) {
	env.t.Helper()
	if got := env.server.Count(http.MethodPatch, ""); got != want {
		env.t.Errorf("%d PATCHes, want %d", got, want)
	}
}

// wantTook checks the fake time since the test began.
func (env *env) wantTook(want seconds) {
	env.t.Helper()
	if got := time.Since(env.began).Seconds(); got < want.least || got > want.most {
		env.t.Errorf("took %.3f s, want %+v", got, want)
	}
}
