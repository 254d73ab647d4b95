// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	// refusal is in the API's form. Its code is not 10000, which would say of a domain or an update
	// that there is none.
	refusal = `{"success":false,"errors":[{"code":1004,"message":"Something went wrong"}],"messages":[],"result":null}`
	page    = "<html><body>Sign in to the hotel's network</body></html>"
)

// fault is something that goes wrong with some requests.
func (g *generator) fault() fakeregistrar.Fault {
	refused := fakeregistrar.Fault{
		Status: one(g, []int{400, 401, 403, 408, 409, 422, 425, 429, 500, 502, 503, 504, 520, 524}), Body: refusal, Header: g.retryAfter(),
	}
	field := one(g, []string{"auto_renew", "domain_name", "state", "created_at", "links", "context", "$.success", "$.result"})
	empty := one(g, []string{
		`{"success":false,"errors":[],"messages":[],"result":null}`, `{"success":true,"result":null}`, `{"success":true,"result":{}}`, `{}`, `null`, ``,
	})
	f := one(g, []fakeregistrar.Fault{
		refused, refused, refused,
		{Status: http.StatusTooManyRequests, Body: refusal, Header: g.retryAfter()},
		{ResetBefore: true},
		{ResetBefore: true},
		{ResetAfter: true},
		{ResetAfter: true},
		{Refuse: true},
		{Method: http.MethodPatch, ActLater: g.span(500*time.Millisecond, longestLate)},
		{Delay: g.span(100*time.Millisecond, 2*time.Minute)},
		{DelayBody: g.span(100*time.Millisecond, 2*time.Minute)},
		{Truncate: 1 + g.IntN(300)},
		{Endless: one(g, []int64{1, 10, 100, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 5 << 20})},
		{Status: one(g, []int{409, 500, 502, 504, 524}), Body: page, Act: true},
		{Status: one(g, []int{200, 301, 403, 404, 502, 520}), Body: page, Header: http.Header{"Location": {"https://login.example.net/"}}},
		{Status: one(g, []int{200, 204}), Body: empty},
		{Status: http.StatusAccepted, Body: empty, Act: true},
		{OmitField: field},
		{SetField: field, Value: one(g, []any{nil, "yes", 7.0, []any{}, "other-domain.example"})},
		{Stale: true},
		{Stale: true},
	})
	f.After, f.Times = g.IntN(8), 1
	if g.in(4) {
		f.Times += g.IntN(6)
	}
	return g.aim(f)
}

// aim chooses which requests are struck. Stale answers are aimed at one domain: whether one
// excuses a success must be certain.
func (g *generator) aim(f fakeregistrar.Fault) fakeregistrar.Fault {
	name := one(g, g.domains)
	switch n := g.IntN(6); {
	case f.Stale:
		f.Method, f.Path = http.MethodGet, "/registrations/"+name
	case n == 0:
		f.Path = "/" + name + "/update-status"
	case n == 1:
		f.Path = "/registrations/" + name
	case n == 2:
		f.Path = "/registrations"
	case n == 3, n == 4:
		f.Method = http.MethodPatch
	}
	return f
}

// retryAfter asks to wait, with half of the answers that can; few ask for an absurd time.
func (g *generator) retryAfter() http.Header {
	if g.in(2) {
		return nil
	}
	return http.Header{"Retry-After": {one(g, []string{"0", "1", "2", "5", "30", "120", "86400", "-1"})}}
}

// repeat lets an earlier answer about an update arrive once more, in place of newer ones: a cache
// on the way, or two answers that overtook each other. It does so for one update only: an answer
// of one before would tell a lie against which nobody could do anything.
func (g *generator) repeat() fakeregistrar.Fault {
	var earlier atomic.Pointer[[]byte]
	return fakeregistrar.Fault{
		Path: "/" + one(g, g.domains) + "/update-status", After: g.IntN(8), Times: 2 + g.IntN(2),
		Rewrite: func(body []byte) []byte {
			if earlier.CompareAndSwap(nil, &body) || createdAt(body) == "" || createdAt(body) != createdAt(*earlier.Load()) {
				return body
			}
			return *earlier.Load()
		},
	}
}

// createdAt tells updates apart.
func createdAt(body []byte) string {
	var answer struct {
		Result struct {
			CreatedAt string `json:"created_at"`
		} `json:"result"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return ""
	}
	return answer.Result.CreatedAt
}

// words are the fields of a fault that say anything.
type words fakeregistrar.Fault

func (w words) String() string {
	var set []string
	for field, value := range reflect.ValueOf(w).Fields() {
		switch {
		case value.IsZero():
		case field.Name == "Rewrite": // only repeat sets it
			set = append(set, "repeats an earlier answer")
		default:
			set = append(set, fmt.Sprintf("%s: %v", field.Name, value))
		}
	}
	return strings.Join(set, ", ")
}
