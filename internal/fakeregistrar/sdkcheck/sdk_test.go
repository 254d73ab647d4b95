// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"context"
	"net/http"
	"reflect"

	"github.com/cloudflare/cloudflare-go/v7/option"
	"github.com/cloudflare/cloudflare-go/v7/packages/pagination"
	"github.com/cloudflare/cloudflare-go/v7/registrar"
	sandbox "github.com/cloudflare/cloudflare-go/v7/registrar_sandbox"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account = "023e105f4ecef8ad9ca31a8372d0c353"
	domain  = "example.com"
)

// sdk is what the SDK offers for the calls that a provider makes. The SDK has a
// type of its own for each answer of the sandbox, hence any.
type sdk struct {
	get, edit, status func(ctx context.Context) (any, error)
	list              func(ctx context.Context) ([]any, error)
}

// connect returns the SDK for production and for the sandbox. The transport goes
// into an *http.Client: the SDK's pagination drops any other kind after page one.
func connect(transport http.RoundTripper, more ...option.RequestOption) map[string]sdk {
	opts := append([]option.RequestOption{
		option.WithBaseURL("https://api.cloudflare.com" + fakeregistrar.BasePath + "/"),
		option.WithAPIToken("any-token-will-do"), option.WithMaxRetries(0),
		option.WithHTTPClient(&http.Client{Transport: transport}),
	}, more...)
	one, oneStatus := registrar.NewRegistrationService(opts...), registrar.NewUpdateStatusService(opts...)
	two, twoStatus := sandbox.NewRegistrationService(opts...), sandbox.NewUpdateStatusService(opts...)
	return map[string]sdk{
		"production": {bind(one.Get), bind(one.Edit), bind(oneStatus.Get), pages(one.ListAutoPaging)},
		"sandbox":    {bind(two.Get), bind(two.Edit), bind(twoStatus.Get), pages(two.ListAutoPaging)},
	}
}

// bind calls a method of the SDK for the one domain.
func bind[P, R any](call func(context.Context, string, P, ...option.RequestOption) (R, error)) func(context.Context) (any, error) {
	return func(ctx context.Context) (any, error) { return call(ctx, domain, filled[P]()) }
}

// pages calls a method of the SDK that lists, and follows it to the last page.
func pages[P, T any](call func(context.Context, P, ...option.RequestOption) *pagination.CursorPaginationAutoPager[T]) func(context.Context) ([]any, error) {
	return func(ctx context.Context) ([]any, error) {
		var all []any
		pager := call(ctx, filled[P]())
		for pager.Next() {
			all = append(all, pager.Current())
		}
		return all, pager.Err()
	}
}

// filled sets what the parameters of a call have of these. The function for it,
// cloudflare.F, lives in the SDK's root package.
func filled[P any]() P {
	var params P
	for name, value := range map[string]any{"AccountID": account, "AutoRenew": true, "PerPage": int64(2)} {
		if field := reflect.ValueOf(&params).Elem().FieldByName(name); field.IsValid() {
			field.FieldByName("Value").Set(reflect.ValueOf(value))
			field.FieldByName("Present").SetBool(true)
		}
	}
	return params
}
