// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

import (
	"context"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// API is what is asked of the registrar's client.
type API interface {
	Registration(ctx context.Context, id client.DomainID) (client.Registration, error)
	Registrations(ctx context.Context, account string) iter.Seq2[client.Page, error]
}

// Reader reads registrations for many callers at once. It is safe for concurrent use, and meant
// to live as long as one walk of Terraform's graph: what it remembers is at most that old.
type Reader struct {
	api      API
	logger   *slog.Logger
	mu       sync.Mutex
	accounts map[string]*account
}

// NewReader makes a Reader that remembers nothing yet.
func NewReader(api API, logger *slog.Logger) *Reader {
	return &Reader{api: api, logger: logger, accounts: map[string]*account{}}
}

// Registration gives a registration as it is or was at most five minutes ago, and not before
// the last write by this process. Its errors are those of the client's method of that name.
func (r *Reader) Registration(ctx context.Context, id client.DomainID) (client.Registration, error) {
	return r.account(id.Account).read(ctx, id.Name, false)
}

// Fresh gives a registration as it is after the call. Its errors are those of the client's
// Registration.
func (r *Reader) Fresh(ctx context.Context, id client.DomainID) (client.Registration, error) {
	return r.account(id.Account).read(ctx, id.Name, true)
}

// Listed gives a registration as a listing of its account showed it, with the moment at which
// that was begun, where one is remembered and nothing was written or read singly since. It makes
// no request.
func (r *Reader) Listed(id client.DomainID) (registration client.Registration, asOf time.Time, ok bool) {
	e, ok := r.account(id.Account).listed(id.Name)
	return e.registration, e.asOf, ok
}

// Forget drops what is remembered of a registration, and what is on its way: to be called
// whenever it was, or may have been, written to.
func (r *Reader) Forget(id client.DomainID) {
	r.account(id.Account).forget(id.Name)
}

// Pages lists an account, page by page, as it is or was at most five minutes ago, and not before
// the last write by this process. What it brings is remembered for others, who wait meanwhile: the
// loop over it must not read the same account by another way.
func (r *Reader) Pages(ctx context.Context, account string) iter.Seq2[client.Page, error] {
	return r.account(account).list(ctx)
}

func (r *Reader) account(id string) *account {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.accounts[id] == nil {
		r.accounts[id] = newAccount(r.api, r.logger, id)
	}
	return r.accounts[id]
}
