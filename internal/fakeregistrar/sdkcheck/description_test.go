// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

//go:embed openapi.yaml
var description []byte

// checked is a RoundTripper that holds each request and its answer against the
// description, and reports what is not as it says.
type checked struct {
	base   http.RoundTripper
	router routers.Router
	report func(error)
}

// newChecked reads the description, which must itself be valid.
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

// failing reports to a test.
func failing(t *testing.T) func(error) {
	return func(err error) { t.Error(err) }
}

// RoundTrip implements http.RoundTripper.
func (c *checked) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := req.Clone(req.Context())
	body, err := readAll(&req.Body)
	if err != nil {
		return nil, err
	}
	req.Body, sent.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
	res, err := c.base.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	answer, err := readAll(&res.Body)
	if err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(answer))
	if err := c.check(req, res, answer); err != nil {
		c.report(fmt.Errorf("%s %s with %s, answered %d with %s: %w", req.Method, req.URL, body, res.StatusCode, answer, err))
	}
	return res, nil
}

func readAll(body *io.ReadCloser) ([]byte, error) {
	if *body == nil {
		return nil, nil
	}
	all, err := io.ReadAll(*body)
	return all, errors.Join(err, (*body).Close())
}

func (c *checked) check(req *http.Request, res *http.Response, answer []byte) error {
	route, params, err := c.router.FindRoute(req)
	if err != nil {
		return err
	}
	for name := range req.URL.Query() {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil {
			return fmt.Errorf("parameter %q is not described", name)
		}
	}
	input := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc: credentials, IncludeResponseStatus: true, SkipSettingDefaults: true, RejectWhenRequestBodyNotSpecified: true,
	}}
	return errors.Join(
		openapi3filter.ValidateRequest(req.Context(), input),
		openapi3filter.ValidateResponse(req.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: input, Status: res.StatusCode, Header: res.Header, Options: input.Options,
			Body: io.NopCloser(bytes.NewReader(answer)),
		}))
}

// credentials reports whether the header that a scheme asks for is there.
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
