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

// envelope is what every answer of the API comes in.
// Source: the schemas "api-response-common" and "api-response-common-failure" of the reference.
type envelope struct {
	Success    *bool           `json:"success"`
	Errors     json.RawMessage `json:"errors"`
	Result     json.RawMessage `json:"result"`
	ResultInfo json.RawMessage `json:"result_info"`
}

// answerError is the Error that an answer amounts to, or nil for one that says yes. It returns
// error, not *Error, so that nil stays nil.
func (c *Client) answerError(call call, got answer) error {
	switch {
	case got.status >= 300 && got.status < 400:
		return c.describe(KindRedirect, call, got, errors.New("a redirect, which is not followed because the credentials would go along"))
	case got.status >= 400 || got.status < 200:
		return c.refusal(call, got)
	}
	return nil
}

// refusal reads an answer with an error status.
func (c *Client) refusal(call call, got answer) *Error {
	var sealed envelope
	if err := json.Unmarshal(got.body, &sealed); err != nil || sealed.Success == nil {
		return c.describe(KindNotAPI, call, got, errNotAPI)
	}
	e := c.describe(KindRefused, call, got, nil)
	e.Errors = apiErrors(sealed.Errors)
	return e
}

var errNotAPI = errors.New("the answer is not one of the Cloudflare API (a proxy or gateway in between, or a base_url that leads elsewhere?)")

// open takes the result out of an answer with a success status.
func (c *Client) open(call call, got answer) (envelope, error) {
	var sealed envelope
	switch err := json.Unmarshal(got.body, &sealed); {
	case err != nil:
		return envelope{}, c.describe(KindMalformed, call, got, fmt.Errorf("the answer is not the API's JSON: %w", err))
	case sealed.Success == nil:
		return envelope{}, c.describe(KindMalformed, call, got, errors.New(`the answer has no "success"`))
	case !*sealed.Success:
		e := c.describe(KindRefused, call, got, errors.New(`the answer says "success": false`))
		e.Errors = apiErrors(sealed.Errors)
		return envelope{}, e
	}
	return sealed, nil
}

// describe is the Error of a call that was answered.
func (c *Client) describe(kind Kind, call call, got answer, err error) *Error {
	e := c.failure(kind, call, err)
	if err != nil {
		e.Err = textError{printable(err.Error()), err}
	}
	e.Status, e.Ray = got.status, got.ray
	if got.status == http.StatusTooManyRequests || got.status >= 500 {
		e.RetryAfter = retryAfter(got.header, time.Now())
	}
	return e
}

// apiErrors reads the envelope's errors as far as they can be read: an entry of an unexpected
// form must not hide the failure that it describes.
func apiErrors(raw json.RawMessage) []APIError {
	var entries []struct {
		Code    json.RawMessage `json:"code"`
		Message json.RawMessage `json:"message"`
		Source  struct {
			Pointer string `json:"pointer"`
		} `json:"source"`
	}
	_ = json.Unmarshal(raw, &entries) // what could be read stays
	answers := make([]APIError, 0, len(entries))
	for _, entry := range entries {
		code, _ := strconv.Atoi(textOf(entry.Code)) // zero for one that is no number
		answers = append(answers, APIError{
			Code: code, Message: printable(textOf(entry.Message)), Pointer: printable(entry.Source.Pointer),
		})
	}
	return answers
}

// textOf is a JSON string's text, or the JSON itself where it is something else.
func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}
