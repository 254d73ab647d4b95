// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"fmt"
	"time"
)

// fields are the members of a JSON object before decoding. Decoding into a struct would turn a missing
// auto_renew into false.
type fields map[string]json.RawMessage

// fieldsOf decodes a JSON object. Its error starts with what.
func fieldsOf(raw json.RawMessage, what string) (fields, error) {
	var f fields
	if err := json.Unmarshal(raw, &f); err != nil || f == nil {
		return nil, fmt.Errorf("%s is not a JSON object", what)
	}
	return f, nil
}

// required decodes a member that decisions depend on. It returns an error if the member is missing, null or
// of another type.
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

// optional decodes any other member. It returns nil if the member is missing or of another type.
func optional[T any](f fields, key string) *T {
	var value *T
	if json.Unmarshal(f[key], &value) != nil {
		return nil
	}
	return value
}

// text returns an optional string as printable text, empty if it is missing.
func (f fields) text(key string) string {
	if value := optional[string](f, key); value != nil {
		return printable(*value)
	}
	return ""
}

// message returns an optional member for display: a string's text, or the JSON of another type, because an
// unexpected message is better than none.
func (f fields) message(key string) string { return printable(textOf(f[key])) }

// instant returns an optional time as text. A date without a time becomes midnight UTC.
func (f fields) instant(key string) string {
	text := f.text(key)
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		return text + "T00:00:00Z"
	}
	return text
}

// time returns an optional RFC 3339 time, zero if it is missing or malformed.
func (f fields) time(key string) time.Time {
	at, _ := time.Parse(time.RFC3339, f.text(key))
	return at
}

// textOf returns a JSON string's text, or the JSON itself if it has another type. It returns "" for null.
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
