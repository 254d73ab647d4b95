// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"time"

	"pgregory.net/rapid"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	// refusal is an error response of the API. Its code isn't 10000, because 10000 means that the account
	// doesn't hold the domain, or that there is no update.
	refusal = `{"success":false,"errors":[{"code":1004,"message":"Something went wrong"}],"messages":[],"result":null}`
	page    = "<html><body>Sign in to the hotel's network</body></html>"
)

// fault is a network or server fault that affects some requests.
type fault fakeregistrar.Fault

// String lists the fields that are set.
func (f fault) String() string {
	var set []string
	for field, value := range reflect.ValueOf(f).Fields() {
		switch {
		case value.IsZero():
		case field.Name == "Rewrite":
			set = append(set, "repeats the first answer")
		default:
			set = append(set, fmt.Sprintf("%s: %v", field.Name, value))
		}
	}
	return strings.Join(set, ", ")
}

// drawFault draws one kind of fault and the requests that it affects. Kinds to draw more often are listed more
// than once.
func drawFault(t *rapid.T, names []string) fault {
	var retryAfter http.Header
	if rapid.Bool().Draw(t, "Retry-After") {
		retryAfter = http.Header{"Retry-After": {one(t, "0", "1", "2", "5", "30", "120", "86400", "-1")}}
	}
	refused := fault{Status: one(t, 400, 401, 403, 408, 409, 422, 425, 429, 500, 502, 503, 504, 520, 524), Body: refusal, Header: retryAfter}
	field := one(t, "auto_renew", "domain_name", "state", "created_at", "links", "context", "$.success", "$.result")
	empty := one(t, `{"success":false,"errors":[],"messages":[],"result":null}`, `{"success":true,"result":null}`, `{"success":true,"result":{}}`, `{}`, `null`, ``)
	repeats := fault{Rewrite: repeatFirst()}
	f := one(
		t,
		fault{ResetBefore: true},
		fault{ResetBefore: true},
		fault{ResetAfter: true},
		fault{ResetAfter: true},
		fault{Refuse: true},
		refused, refused, refused,
		fault{Status: http.StatusTooManyRequests, Body: refusal, Header: retryAfter},
		repeats, repeats, repeats, repeats, repeats, repeats,
		fault{Method: http.MethodPatch, ActLater: span(t, 500*time.Millisecond, longestLate)},
		fault{Delay: span(t, 100*time.Millisecond, 2*time.Minute)},
		fault{DelayBody: span(t, 100*time.Millisecond, 2*time.Minute)},
		fault{Truncate: rapid.IntRange(1, 300).Draw(t, "bytes")},
		fault{Endless: one[int64](t, 1, 10, 100, 1<<10, 4<<10, 16<<10, 64<<10, 5<<20)},
		fault{Status: one(t, 409, 500, 502, 504, 524), Body: page, Act: true},
		fault{Status: one(t, 200, 301, 403, 404, 502, 520), Body: page, Header: http.Header{"Location": {"https://login.example.net/"}}},
		fault{Status: one(t, 200, 204), Body: empty},
		fault{Status: http.StatusAccepted, Body: empty, Act: true},
		fault{OmitField: field},
		fault{SetField: field, Value: one[any](t, nil, "yes", 7.0, []any{}, "other-domain.example")},
		fault{Stale: true},
		fault{Stale: true},
	)
	f.After, f.Times = rapid.IntRange(0, 7).Draw(t, "after"), 1
	if oneIn(t, 3) {
		f.Times += rapid.IntRange(1, 5).Draw(t, "times")
	}
	return f.aimed(t, one(t, names...))
}

// aimed draws which requests a fault affects. Stale and repeated answers affect one domain. A stale
// answer excuses a wrong value of that domain.
func (f fault) aimed(t *rapid.T, name string) fault {
	switch n := rapid.IntRange(0, 5).Draw(t, "requests"); {
	case f.Rewrite != nil:
		f.Path, f.Times = "/"+name+"/update-status", min(f.Times+1, 3)
	case f.Stale:
		f.Method, f.Path = http.MethodGet, "/registrations/"+name
	case n == 0, n == 1:
		f.Method, f.After = http.MethodPatch, f.After/4 // a run sends few PATCHes
	case n == 2:
		f.Path = "/" + name + "/update-status"
	case n == 3:
		f.Path = "/registrations/" + name
	case n == 4:
		f.Path = "/registrations"
	}
	return f
}

// repeatFirst returns a rewrite that repeats the first answer about an update in place of later
// ones, as a cache does. It never repeats an answer about another update, because no provider can
// detect that.
func repeatFirst() func([]byte) []byte {
	var mu sync.Mutex
	var first []byte
	return func(body []byte) []byte {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			first = body
		}
		if createdAt(body) == "" || createdAt(body) != createdAt(first) {
			return body
		}
		return first
	}
}

// createdAt returns the created_at of an answer, which identifies an update.
func createdAt(body []byte) string {
	var answer struct {
		Result struct {
			CreatedAt string `json:"created_at"`
		} `json:"result"`
	}
	_ = json.Unmarshal(body, &answer) // any other body identifies no update
	return answer.Result.CreatedAt
}
