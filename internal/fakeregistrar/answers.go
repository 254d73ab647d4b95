// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Answer is a named failure. The refusals are from public reports about
// Cloudflare's API; its documentation doesn't list them.
type Answer struct {
	// Name is the value of the -answer flag, and Effect is its help text.
	Name, Effect string
	// Fault is the fault to inject.
	Fault Fault
}

// Answers lists the named failures.
func Answers() []Answer {
	const noPermission = `{"code":10000,"message":"Authentication error"}`
	all := []Answer{
		{"malformed_token", "the token is truncated or quoted", Fault{Status: 400, Body: refusal(
			`{"code":6003,"message":"Invalid request headers","error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}`)}},
		{"revoked_token", "the token was revoked", Fault{Status: 403, Body: refusal(`{"code":9109,"message":"Invalid access token"}`)}},
		{"forbidden_address", "the token's client IP filter excludes the caller", Fault{Status: 403, Body: refusal(
			`{"code":9109,"message":"Cannot use the access token from location: 203.0.113.7"}`)}},
		{"wrong_account", "the account doesn't exist", Fault{Status: 400, Body: refusal(`{"code":9109,"message":"Invalid account identifier"}`)}},
		{"no_permission", "the token lacks the permission", Fault{Status: 403, Body: refusal(noPermission)}},
		{"read_only", "the token can't change the domain: only a PATCH fails", Fault{Method: http.MethodPatch, Status: 403, Body: refusal(noPermission)}},
		{"documented_permission", "like no_permission, with a documentation_url", Fault{Status: 403, Body: refusal(
			`{"code":10000,"message":"Authentication error","documentation_url":"https://developers.cloudflare.com/fundamentals/api/reference/permissions/"}`)}},
		{"no_route", "the API has no such path", Fault{Status: 404, Body: refusal(
			`{"code":7003,"message":"Could not route to /accounts/x, perhaps your object identifier is invalid?"},{"code":7000,"message":"No route for that URI"}`)}},
		{"string_error", "the error is a string, not an object", Fault{Status: 422, Body: refusal(`"contact must be verified"`)}},
		{"transient_400", "one request gets a 400", Fault{Status: 400, Body: refusal(`{"code":10000,"message":"Bad request"}`), Times: 1}},
		{"only_message", "the reason is in messages", Fault{Status: 409, Body: `{"success":false,"errors":[],"messages":[{"code":1,"message":"A transfer is in progress"}],"result":null}`}},
		{"rate_limit", "Cloudflare's edge limits the rate (1015)", Fault{
			Status: 429, Header: http.Header{"Retry-After": {"30"}},
			Body: `{"title":"Error 1015: You are being rate limited","status":429,"detail":"The owner of this site limits the rate.","error_code":1015}`,
		}},
		{"web_page", "a proxy answers instead of the API", Fault{Status: 403, Body: "<html><head><title>Blocked</title></head><body><h1>Your company blocks this site</h1></body></html>"}},
		{"origin_tls", "TLS fails behind Cloudflare's edge (525)", Fault{Status: 525, Body: "<html><title>api.cloudflare.com | 525: SSL handshake failed</title></html>"}},
		{"unavailable", "each request gets a 503", Fault{Status: 503, Body: "<html><title>503 Service Temporarily Unavailable</title></html>"}},
		{"silent", "no request gets a response", Fault{Delay: 24 * time.Hour}},
		{"unreachable", "the connection is refused (reset over a socket)", Fault{Refuse: true}},
		{"date_only", "expires_at is a date without a time", Fault{Method: http.MethodGet, Rewrite: func(body []byte) []byte {
			return regexp.MustCompile(`("expires_at":"[0-9-]+)T[^"]*`).ReplaceAll(body, []byte("$1"))
		}}},
	}
	for i := range all {
		all[i].Fault.Times = cmp.Or(all[i].Fault.Times, -1)
	}
	return all
}

// refusal returns the body of a refusal with these errors.
func refusal(errors string) string {
	return `{"success":false,"errors":[` + errors + `],"messages":[],"result":null}`
}

// ParseAnswer returns the named failure.
func ParseAnswer(name string) (Fault, error) {
	var names []string
	for _, a := range Answers() {
		if a.Name == name {
			return a.Fault, nil
		}
		names = append(names, a.Name)
	}
	return Fault{}, fmt.Errorf("unknown answer %q, want one of %s", name, strings.Join(names, ", "))
}

// AnswerHelp describes each named failure on one line.
func AnswerHelp() string {
	var text strings.Builder
	for _, a := range Answers() {
		fmt.Fprintf(&text, "  %-30s  %s\n", a.Name, a.Effect)
	}
	return text.String()
}
