// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/portfolio"
)

const (
	account  = "0123456789abcdef0123456789abcdef"
	listPath = "/registrations"
)

// world is a registrar with some domains, and who reads them.
type world struct {
	t      *testing.T
	server *fake.Server
	api    *client.Client
	reader *portfolio.Reader
	began  time.Time
}

// play runs a story in a bubble, where time is fake and every goroutine must have ended at the
// end. Whatever the story was, the client must have kept the rules that the fake watches over.
func play(t *testing.T, domains int, story func(w *world), options ...fake.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, server: fake.New(append(options, fake.WithToken("secret", fake.FullAccess()), fake.WithAccount(account))...), began: time.Now()}
		for n := range domains {
			w.add(account, n)
		}
		w.api = client.New(client.Config{
			BaseURL:     &url.URL{Scheme: "https", Host: "api.cloudflare.com", Path: "/client/v4"},
			Credentials: client.Credentials{Token: "secret"}, Transport: w.server.Transport(),
		})
		w.reader = portfolio.NewReader(w.api, slog.New(slog.DiscardHandler))
		story(w)
		if violations := w.server.Violations(); len(violations) > 0 {
			t.Errorf("violations: %q", violations)
		}
		if t.Failed() {
			t.Logf("requests: %s", w.log())
		}
	})
}

// add registers the n-th domain of an account, in the list's order.
func (w *world) add(account string, n int) {
	w.server.AddDomain(fake.Domain{
		Name: string(name(n)), Account: account, AutoRenew: n%2 == 1, CreatedAt: time.Date(1990, 1, 1, 0, 0, n, 0, time.UTC),
	})
}

// name is that of the n-th domain. Those with an odd number have auto-renew on.
func name(n int) domainname.Name { return domainname.Name(fmt.Sprintf("d%04d.com", n)) }

func numbered(n int) client.DomainID { return client.DomainID{Account: account, Name: name(n)} }

// read is Registration, held against the fake's truth.
func (w *world) read(id client.DomainID) {
	w.t.Helper()
	got, err := w.reader.Registration(w.t.Context(), id)
	w.compare(id, got, err)
}

func (w *world) fresh(id client.DomainID) {
	w.t.Helper()
	got, err := w.reader.Fresh(w.t.Context(), id)
	w.compare(id, got, err)
}

func (w *world) compare(id client.DomainID, got client.Registration, err error) {
	w.t.Helper()
	truth, _ := w.server.Registration(id.Account, string(id.Name))
	if err != nil || got.Name != id.Name || got.AutoRenew != truth.AutoRenew || !got.Complete() {
		w.t.Errorf("%s: %+v, %v, want auto_renew %t", id, got, err, truth.AutoRenew)
	}
}

// write is what a write by this process amounts to for the reader.
func (w *world) write(id client.DomainID) {
	w.server.SetAutoRenew(id.Account, string(id.Name), true)
	w.reader.Forget(id)
}

// together reads at once, each in the given way.
func (w *world) together(domains []int, read func(client.DomainID)) {
	var reads sync.WaitGroup
	for _, n := range domains {
		reads.Go(func() { read(numbered(n)) })
	}
	reads.Wait()
}

// upTo is the numbers below n.
func upTo(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

func (w *world) lists() int   { return w.server.Count(http.MethodGet, listPath) }
func (w *world) singles() int { return len(w.server.Requests()) - w.lists() }

func (w *world) wantRequests(lists, singles int) {
	w.t.Helper()
	if w.lists() != lists || w.singles() != singles {
		w.t.Errorf("%d pages and %d single reads, want %d and %d", w.lists(), w.singles(), lists, singles)
	}
}

func (w *world) wantTook(least, most time.Duration) {
	w.t.Helper()
	if got := time.Since(w.began); got < least || got > most {
		w.t.Errorf("took %s, want %s to %s", got, least, most)
	}
}

// log is what was asked of the registrar, a word each.
func (w *world) log() string {
	words := []string{}
	for _, r := range w.server.Requests() {
		if strings.HasSuffix(r.Path, listPath) {
			words = append(words, "list")
			continue
		}
		words = append(words, r.Path[strings.LastIndexByte(r.Path, '/')+1:])
	}
	return strings.Join(words, " ")
}

func (w *world) wantLog(want string) {
	w.t.Helper()
	if got := w.log(); got != want {
		w.t.Errorf("requests: %s\nwant:     %s", got, want)
	}
}

// within is a context with a deadline.
func (w *world) within(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(w.t.Context(), d)
}
