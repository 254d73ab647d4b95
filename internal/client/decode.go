// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"fmt"
	"time"
)

// fields are the members of a JSON object, not yet decoded. Decoding into a struct would turn a missing
// boolean into false, and with it "unknown" into "auto-renew is off".
type fields map[string]json.RawMessage

// fieldsOf decodes a JSON object; what names it in the error.
func fieldsOf(raw json.RawMessage, what string) (fields, error) {
	var f fields
	if err := json.Unmarshal(raw, &f); err != nil || f == nil {
		return nil, fmt.Errorf("%s is not a JSON object", what)
	}
	return f, nil
}

// required decodes a member on which decisions rest. A member that is missing, null or of another type is
// an error that names it.
func required[T any](f fields, key string) (T, error) {
	var value *T
	raw, ok := f[key]
	if !ok {
		return *new(T), fmt.Errorf("%q is missing", key)
	}
	if err := json.Unmarshal(raw, &value); err != nil || value == nil {
		return *new(T), fmt.Errorf("%q is %s, not a %T", key, printable(string(raw)), *new(T))
	}
	return *value, nil
}

// optional decodes a member that is only passed on. It is nil where it is missing or of another type.
func optional[T any](f fields, key string) *T {
	var value *T
	if json.Unmarshal(f[key], &value) != nil {
		return nil
	}
	return value
}

// text is an optional string, made printable; empty where there is none.
func (f fields) text(key string) string {
	if value := optional[string](f, key); value != nil {
		return printable(*value)
	}
	return ""
}

// message is an optional member for a person to read: a string's text, or the JSON of anything else,
// since a message of an unexpected form still says more than none.
func (f fields) message(key string) string { return printable(textOf(f[key])) }

// instant is an optional time as text. A date without a time means midnight UTC.
func (f fields) instant(key string) string {
	text := f.text(key)
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		return text + "T00:00:00Z"
	}
	return text
}

// time is an optional RFC 3339 time, zero where there is none that can be parsed.
func (f fields) time(key string) time.Time {
	at, _ := time.Parse(time.RFC3339, f.text(key))
	return at
}

// textOf returns a JSON string's text, or the JSON itself if it has another type. A null is no text.
func textOf(raw json.RawMessage) string {
	var text *string
	switch err := json.Unmarshal(raw, &text); {
	case err != nil:
		return string(raw)
	case text == nil:
		return ""
	}
	return *text
}
