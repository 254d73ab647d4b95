// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// envelope is the object that wraps every API response.
// Source: the schemas "api-response-common" and "api-response-common-failure" of the reference,
// https://developers.cloudflare.com/api/resources/registrar/.
type envelope struct {
	Success    *bool           `json:"success"`
	Result     json.RawMessage `json:"result"`
	ResultInfo json.RawMessage `json:"result_info"`
}

var (
	errRedirect  = errors.New("the response is a redirect, which the client doesn't follow")
	errNotAPI    = errors.New("the response isn't from the Cloudflare API")
	errNoSuccess = errors.New(`the response has "success": false`)
)

// statusError returns the Error of a response with an error status, or nil. It returns error, not
// *Error, so that a nil result is a nil error.
func (c *Client) statusError(req request, got response) error {
	switch {
	case got.status >= 200 && got.status < 300:
		return nil
	case got.status >= 300 && got.status < 400:
		return c.responseError(KindRedirect, req, got, errRedirect)
	}
	var env envelope
	switch err := json.Unmarshal(got.body, &env); {
	case err == nil && env.Success != nil:
		return c.responseError(KindRefused, req, got, nil)
	case got.bodyErr != nil:
		return c.responseError(KindNotAPI, req, got, fmt.Errorf("the response's body is incomplete: %w", got.bodyErr))
	}
	return c.responseError(KindNotAPI, req, got, errNotAPI)
}

// decodeResponse decodes the result of a response with a success status. A response without
// "success": true is an error.
func decodeResponse[T any](c *Client, req request, got response, decode func(envelope) (T, error)) (T, error) {
	var (
		none T
		env  envelope
	)
	switch err := json.Unmarshal(got.body, &env); {
	case err != nil:
		return none, c.responseError(KindMalformed, req, got, fmt.Errorf("the response isn't the API's JSON: %w", err))
	case env.Success == nil:
		return none, c.responseError(KindMalformed, req, got, errors.New(`the response has no "success"`))
	case !*env.Success:
		return none, c.responseError(KindRefused, req, got, errNoSuccess)
	}
	result, err := decode(env)
	if err != nil {
		return none, c.responseError(KindMalformed, req, got, err)
	}
	return result, nil
}

// responseError returns the Error of a request that got a response, with the reasons in its body. If there
// are none, it quotes the body. It doesn't quote JSON that err describes, or a truncated body, which can end
// inside an echoed credential.
func (c *Client) responseError(kind Kind, req request, got response, err error) *Error {
	e := c.newError(kind, req, err)
	e.Status, e.Ray = got.status, got.ray
	if IsTransient(got.status) || got.status == http.StatusConflict {
		e.RetryAfter = retryAfter(got.header, time.Now())
	}
	switch valid := json.Valid(got.body); {
	case kind == KindRedirect, kind == KindMalformed && valid, got.bodyErr != nil && !valid:
		return e
	}
	if e.Errors = apiErrors(got.body); len(e.Errors) == 0 {
		e.Excerpt = c.redactor.excerpt(got.body)
	}
	return e
}
