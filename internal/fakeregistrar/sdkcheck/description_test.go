// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

//go:embed openapi.yaml
var description []byte

// checked is an http.RoundTripper that validates each request and its answer against
// the description.
type checked struct {
	base   http.RoundTripper
	router routers.Router
	report func(error)
}

// newChecked loads and validates the description.
func newChecked(t *testing.T, base http.RoundTripper, report func(error)) *checked {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc) // validates it
	if err != nil {
		t.Fatal(err)
	}
	return &checked{base, router, report}
}

// failing returns a function that fails the test with an error.
func failing(t *testing.T) func(error) {
	return func(err error) { t.Error(err) }
}

// RoundTrip implements http.RoundTripper. It reads the bodies, and replaces them with
// copies.
func (c *checked) RoundTrip(req *http.Request) (*http.Response, error) {
	route, params, err := c.router.FindRoute(req)
	if err != nil {
		c.report(err)
		return c.base.RoundTrip(req)
	}
	options := &openapi3filter.Options{
		AuthenticationFunc: credentials, IncludeResponseStatus: true, SkipSettingDefaults: true, RejectWhenRequestBodyNotSpecified: true,
	}
	request := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: options}
	wrong := errors.Join(parameters(req, route), openapi3filter.ValidateRequest(req.Context(), request))
	res, err := c.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: request, Status: res.StatusCode, Header: res.Header, Body: res.Body, Options: options}
	if wrong = errors.Join(wrong, openapi3filter.ValidateResponse(req.Context(), answer)); wrong != nil {
		c.report(fmt.Errorf("%s %s, answered %d: %w", req.Method, req.URL, res.StatusCode, wrong))
	}
	res.Body = answer.Body
	return res, nil
}

// parameters rejects query parameters that aren't in the description. kin-openapi ignores them.
func parameters(req *http.Request, route *routers.Route) error {
	for name := range req.URL.Query() {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil {
			return fmt.Errorf("parameter %q is not in the description", name)
		}
	}
	return nil
}

// credentials rejects a request without the header of its security scheme.
func credentials(_ context.Context, input *openapi3filter.AuthenticationInput) error {
	name := input.SecurityScheme.Name
	if input.SecurityScheme.Type == "http" {
		name = "Authorization"
	}
	if input.RequestValidationInput.Request.Header.Get(name) == "" {
		return fmt.Errorf("no header %s", name)
	}
	return nil
}
