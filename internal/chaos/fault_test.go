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

	"pgregory.net/rapid"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	// refusal is in the API's form. Its code isn't 10000, which means that the account holds no
	// such domain or that there is no update.
	refusal = `{"success":false,"errors":[{"code":1004,"message":"Something went wrong"}],"messages":[],"result":null}`
	page    = "<html><body>Sign in to the hotel's network</body></html>"
)

// fault is a fault of the network or the server, in some requests.
type fault struct {
	fakeregistrar.Fault

	repeats bool // the first answer replaces later ones
}

// drawFault draws one kind of fault, and the requests that it affects.
func drawFault(t *rapid.T, names []string) fault {
	if oneIn(t, 4) {
		return fault{repeats: true, Fault: fakeregistrar.Fault{
			Path: "/" + one(t, names...) + "/update-status", After: rapid.IntRange(0, 7).Draw(t, "after"), Times: 2 + rapid.IntRange(0, 1).Draw(t, "times"),
		}}
	}
	f := one(t, faults...)(t)
	f.After, f.Times = rapid.IntRange(0, 7).Draw(t, "after"), 1
	if oneIn(t, 4) {
		f.Times += rapid.IntRange(0, 5).Draw(t, "times")
	}
	return fault{Fault: aimed(t, f, names)}
}

// faults are the kinds of faults. Those listed twice are the likeliest in practice.
var faults = []func(*rapid.T) fakeregistrar.Fault{
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{ResetBefore: true} },
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{ResetBefore: true} },
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{ResetAfter: true} },
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{ResetAfter: true} },
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{Refuse: true} },
	drawRefusal, drawRefusal, drawRefusal,
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Status: http.StatusTooManyRequests, Body: refusal, Header: drawRetryAfter(t)}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Method: http.MethodPatch, ActLater: span(t, 500*time.Millisecond, longestLate)}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Delay: span(t, 100*time.Millisecond, 2*time.Minute)}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{DelayBody: span(t, 100*time.Millisecond, 2*time.Minute)}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Truncate: rapid.IntRange(1, 300).Draw(t, "bytes")}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Endless: one[int64](t, 1, 10, 100, 1<<10, 4<<10, 16<<10, 64<<10, 5<<20)}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Status: one(t, 409, 500, 502, 504, 524), Body: page, Act: true}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{
			Status: one(t, 200, 301, 403, 404, 502, 520), Body: page, Header: http.Header{"Location": {"https://login.example.net/"}},
		}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Status: one(t, 200, 204), Body: drawEmpty(t)}
	},
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{Status: http.StatusAccepted, Body: drawEmpty(t), Act: true}
	},
	func(t *rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{OmitField: drawField(t)} },
	func(t *rapid.T) fakeregistrar.Fault {
		return fakeregistrar.Fault{SetField: drawField(t), Value: one[any](t, nil, "yes", 7.0, []any{}, "other-domain.example")}
	},
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{Stale: true} },
	func(*rapid.T) fakeregistrar.Fault { return fakeregistrar.Fault{Stale: true} },
}

func drawRefusal(t *rapid.T) fakeregistrar.Fault {
	return fakeregistrar.Fault{
		Status: one(t, 400, 401, 403, 408, 409, 422, 425, 429, 500, 502, 503, 504, 520, 524), Body: refusal, Header: drawRetryAfter(t),
	}
}

// drawRetryAfter draws a Retry-After for half of the answers. Few are absurd.
func drawRetryAfter(t *rapid.T) http.Header {
	if rapid.Bool().Draw(t, "Retry-After") {
		return http.Header{"Retry-After": {one(t, "0", "1", "2", "5", "30", "120", "86400", "-1")}}
	}
	return nil
}

func drawField(t *rapid.T) string {
	return one(t, "auto_renew", "domain_name", "state", "created_at", "links", "context", "$.success", "$.result")
}

func drawEmpty(t *rapid.T) string {
	return one(t, `{"success":false,"errors":[],"messages":[],"result":null}`, `{"success":true,"result":null}`, `{"success":true,"result":{}}`, `{}`, `null`, ``)
}

// aimed draws which requests a fault affects. A stale answer affects one domain, because it
// excuses a wrong value of that domain.
func aimed(t *rapid.T, f fakeregistrar.Fault, names []string) fakeregistrar.Fault {
	name := one(t, names...)
	switch n := rapid.IntRange(0, 5).Draw(t, "requests"); {
	case f.Stale:
		f.Method, f.Path = http.MethodGet, "/registrations/"+name
	case n == 0, n == 1:
		f.Method = http.MethodPatch
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
// ones, as a cache does. It never repeats an answer about another update: a lie that no provider
// can detect.
func repeatFirst() func([]byte) []byte {
	var first atomic.Pointer[[]byte]
	return func(body []byte) []byte {
		if first.CompareAndSwap(nil, &body) || createdAt(body) == "" || createdAt(body) != createdAt(*first.Load()) {
			return body
		}
		return *first.Load()
	}
}

// createdAt distinguishes updates.
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

// String lists the fields that are set.
func (f fault) String() string {
	var set []string
	for field, value := range reflect.ValueOf(f.Fault).Fields() {
		if !value.IsZero() {
			set = append(set, fmt.Sprintf("%s: %v", field.Name, value))
		}
	}
	if f.repeats {
		set = append(set, "repeats the first answer")
	}
	return strings.Join(set, ", ")
}
