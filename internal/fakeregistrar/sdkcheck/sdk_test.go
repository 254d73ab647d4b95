// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"context"
	"net/http/httptest"
	"testing"

	"github.com/cloudflare/cloudflare-go/v7/option"
	"github.com/cloudflare/cloudflare-go/v7/packages/pagination"
	"github.com/cloudflare/cloudflare-go/v7/registrar"
	"github.com/cloudflare/cloudflare-go/v7/registrar_sandbox"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account = "023e105f4ecef8ad9ca31a8372d0c353"
	domain  = "example.com"
)

// sdk is what the SDK offers for the calls that a provider makes. The SDK has a
// type of its own for each answer of the sandbox, hence any.
type sdk struct {
	get    func(ctx context.Context) (any, error)
	edit   func(ctx context.Context) (any, error)
	status func(ctx context.Context) (any, error)
	page   func(ctx context.Context) (any, error)
	list   func(ctx context.Context) ([]any, error)
}

// connect returns the SDK, for the production API or the sandbox, against a fake
// over a socket: the SDK's pagination drops any other transport after page one.
func connect(t *testing.T, sandbox bool, fake *fakeregistrar.Server, more ...option.RequestOption) sdk {
	t.Helper()
	listener := httptest.NewServer(fake)
	t.Cleanup(listener.Close)
	opts := append([]option.RequestOption{
		option.WithBaseURL(listener.URL + fakeregistrar.BasePath + "/"),
		option.WithAPIToken("any-token-will-do"),
		option.WithMaxRetries(0),
	}, more...)
	if sandbox {
		return sandboxSDK(opts)
	}
	return productionSDK(opts)
}

func productionSDK(opts []option.RequestOption) sdk {
	registrations, statuses := registrar.NewRegistrationService(opts...), registrar.NewUpdateStatusService(opts...)
	var get registrar.RegistrationGetParams
	var edit registrar.RegistrationEditParams
	var status registrar.UpdateStatusGetParams
	var list registrar.RegistrationListParams
	for _, field := range []*string{&get.AccountID.Value, &edit.AccountID.Value, &status.AccountID.Value, &list.AccountID.Value} {
		*field = account
	}
	get.AccountID.Present, edit.AccountID.Present, status.AccountID.Present, list.AccountID.Present = true, true, true, true
	edit.AutoRenew.Value, edit.AutoRenew.Present = true, true
	list.PerPage.Value, list.PerPage.Present = 2, true
	return sdk{
		get:    func(ctx context.Context) (any, error) { return registrations.Get(ctx, domain, get) },
		edit:   func(ctx context.Context) (any, error) { return registrations.Edit(ctx, domain, edit) },
		status: func(ctx context.Context) (any, error) { return statuses.Get(ctx, domain, status) },
		page:   func(ctx context.Context) (any, error) { return registrations.List(ctx, list) },
		list:   func(ctx context.Context) ([]any, error) { return drain(registrations.ListAutoPaging(ctx, list)) },
	}
}

func sandboxSDK(opts []option.RequestOption) sdk {
	registrations, statuses := registrar_sandbox.NewRegistrationService(opts...), registrar_sandbox.NewUpdateStatusService(opts...)
	var get registrar_sandbox.RegistrationGetParams
	var edit registrar_sandbox.RegistrationEditParams
	var status registrar_sandbox.UpdateStatusGetParams
	var list registrar_sandbox.RegistrationListParams
	for _, field := range []*string{&get.AccountID.Value, &edit.AccountID.Value, &status.AccountID.Value, &list.AccountID.Value} {
		*field = account
	}
	get.AccountID.Present, edit.AccountID.Present, status.AccountID.Present, list.AccountID.Present = true, true, true, true
	edit.AutoRenew.Value, edit.AutoRenew.Present = true, true
	list.PerPage.Value, list.PerPage.Present = 2, true
	return sdk{
		get:    func(ctx context.Context) (any, error) { return registrations.Get(ctx, domain, get) },
		edit:   func(ctx context.Context) (any, error) { return registrations.Edit(ctx, domain, edit) },
		status: func(ctx context.Context) (any, error) { return statuses.Get(ctx, domain, status) },
		page:   func(ctx context.Context) (any, error) { return registrations.List(ctx, list) },
		list:   func(ctx context.Context) ([]any, error) { return drain(registrations.ListAutoPaging(ctx, list)) },
	}
}

func drain[T any](pager *pagination.CursorPaginationAutoPager[T]) ([]any, error) {
	var all []any
	for pager.Next() {
		all = append(all, pager.Current())
	}
	return all, pager.Err()
}
