// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// envelope is what every response of the API comes in.
// Source: the schemas "api-response-common" and "api-response-common-failure" of the reference,
// https://developers.cloudflare.com/api/resources/registrar/.
type envelope struct {
	Success    *bool           `json:"success"`
	Errors     json.RawMessage `json:"errors"`
	Result     json.RawMessage `json:"result"`
	ResultInfo json.RawMessage `json:"result_info"`
}

var (
	errRedirect = errors.New("a redirect, which is not followed because the credentials would go along")
	errNotAPI   = errors.New("the response did not come from the Cloudflare API (did a proxy or gateway answer, or is base_url wrong?)")
)

// statusError is the Error that a response's status amounts to, or nil for a success. It returns error,
// not *Error, so that nil stays nil.
func (c *Client) statusError(call call, got response) error {
	switch {
	case got.status >= 200 && got.status < 300:
		return nil
	case got.status >= 300 && got.status < 400:
		return c.responseError(KindRedirect, call, got, errRedirect)
	}
	var env envelope
	switch err := json.Unmarshal(got.body, &env); {
	case err == nil && env.Success != nil:
		return c.refusal(call, got, env, nil)
	case got.bodyErr != nil:
		return c.responseError(KindNotAPI, call, got, fmt.Errorf("the response's body could not be read: %w", got.bodyErr))
	}
	return c.responseError(KindNotAPI, call, got, errNotAPI)
}

// unwrap takes the envelope out of a response with a success status, and refuses one that does not say
// that the call succeeded.
func (c *Client) unwrap(call call, got response) (envelope, error) {
	var env envelope
	switch err := json.Unmarshal(got.body, &env); {
	case err != nil:
		return envelope{}, c.responseError(KindMalformed, call, got, fmt.Errorf("the response is not the API's JSON: %w", err))
	case env.Success == nil:
		return envelope{}, c.responseError(KindMalformed, call, got, errors.New(`the response has no "success"`))
	case !*env.Success:
		return envelope{}, c.refusal(call, got, env, errors.New(`the response says "success": false`))
	}
	return env, nil
}

// decodeResponse decodes the result of a call that do or get sent.
func decodeResponse[T any](c *Client, call call, got response, err error, decode func(envelope) (T, error)) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	env, err := c.unwrap(call, got)
	if err != nil {
		return none, err
	}
	result, err := decode(env)
	if err != nil {
		return none, c.responseError(KindMalformed, call, got, err)
	}
	return result, nil
}

// refusal is the Error of a response in which the API itself says no.
func (c *Client) refusal(call call, got response, env envelope, err error) *Error {
	e := c.responseError(KindRefused, call, got, err)
	e.Errors = apiErrors(env.Errors)
	return e
}

// responseError is the Error of a call that got a response.
func (c *Client) responseError(kind Kind, call call, got response, err error) *Error {
	e := c.newError(kind, call, err)
	e.Status, e.Ray = got.status, got.ray
	if IsTransient(got.status) || got.status == http.StatusConflict {
		e.RetryAfter = retryAfter(got.header, time.Now())
	}
	return e
}

// apiErrors reads the envelope's errors as far as they can be read: an entry of an unexpected form must
// not hide the failure that it describes.
func apiErrors(raw json.RawMessage) []APIError {
	var entries []struct {
		Code    json.RawMessage `json:"code"`
		Message json.RawMessage `json:"message"`
		Source  struct {
			Pointer string `json:"pointer"`
		} `json:"source"`
	}
	_ = json.Unmarshal(raw, &entries) // what could be read stays
	all := make([]APIError, 0, len(entries))
	for _, entry := range entries {
		code, _ := strconv.Atoi(textOf(entry.Code)) // zero for one that is no number
		all = append(all, APIError{
			Code: code, Message: printable(textOf(entry.Message)), Pointer: printable(entry.Source.Pointer),
		})
	}
	return all
}

// textOf is a JSON string's text, or the JSON itself where it is something else.
func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}
