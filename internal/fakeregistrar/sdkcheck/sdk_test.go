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

// sdk has the SDK's methods for the provider's calls. They return any, because the SDK
// has separate types for the sandbox's answers.
type sdk struct {
	get, edit, status func(ctx context.Context) (any, error)
	list              func(ctx context.Context) ([]any, error)
}

// connect returns the SDK for production and for the sandbox. It wraps the transport
// in an *http.Client, because the SDK's pagination drops other types after page one.
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

// bind returns a function that calls an SDK method for the test's domain.
func bind[P, R any](call func(context.Context, string, P, ...option.RequestOption) (R, error)) func(context.Context) (any, error) {
	return func(ctx context.Context) (any, error) { return call(ctx, domain, filled[P]()) }
}

// pages returns a function that reads all pages of an SDK list method.
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

// filled returns a call's parameters, set to the test's values. It replaces
// cloudflare.F, which is in the SDK's root package.
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
