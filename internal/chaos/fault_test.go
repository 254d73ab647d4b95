// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// fault is something that goes wrong, in words.
type fault struct {
	says    string
	domain  string // empty for those that strike whatever comes
	injects fakeregistrar.Fault
}

// fault takes one of the fake's and aims it.
func (g *generator) fault(domains []string) fault {
	kind := one(g, []func() fault{
		g.reset, g.reset, g.lostAnswer, g.lostAnswer, g.actsLater, g.delay, g.delay, g.refuse, g.truncated,
		g.status, g.status, g.status, g.limited, g.actsAndFails, g.html, g.spoiled, g.success, g.padded,
	})
	if g.in(12) {
		return g.stale(domains)
	}
	return g.aim(kind(), domains)
}

// aim chooses which requests are struck.
func (g *generator) aim(f fault, domains []string) fault {
	suffix := ""
	switch g.IntN(6) {
	case 0:
		f.domain = one(g, domains)
		suffix = "/" + f.domain + "/update-status"
	case 1:
		f.domain = one(g, domains)
		suffix = "/registrations/" + f.domain
	case 2:
		suffix = "/registrations"
	}
	if f.injects.Method == "" && suffix == "" && g.in(2) {
		f.injects.Method = http.MethodPatch
	}
	f.injects.Path = suffix
	f.injects.After = g.IntN(8)
	f.injects.Times = 1
	if g.in(4) {
		f.injects.Times += g.IntN(6)
	}
	f.says = fmt.Sprintf("%s at %q …%q, after %d of them, %d times", f.says, f.injects.Method, suffix, f.injects.After, f.injects.Times)
	return f
}

// stale is aimed at one domain: whether a success is excused by it must be certain.
func (g *generator) stale(domains []string) fault {
	name := one(g, domains)
	f := fault{domain: name, injects: fakeregistrar.Fault{
		Method: http.MethodGet, Path: "/registrations/" + name, Stale: true, After: g.IntN(4), Times: 1 + g.IntN(3),
	}}
	f.says = fmt.Sprintf("stale registration of %s, after %d reads, %d times", name, f.injects.After, f.injects.Times)
	return f
}

func (g *generator) reset() fault {
	return fault{says: "reset before acting", injects: fakeregistrar.Fault{ResetBefore: true}}
}

func (g *generator) lostAnswer() fault {
	return fault{says: "reset after acting", injects: fakeregistrar.Fault{ResetAfter: true}}
}

func (g *generator) actsLater() fault {
	d := g.span(500*time.Millisecond, longestLate)
	return fault{says: fmt.Sprintf("reset, acts %s later", d), injects: fakeregistrar.Fault{Method: http.MethodPatch, ActLater: d}}
}

func (g *generator) delay() fault {
	d := g.span(100*time.Millisecond, 2*time.Minute)
	if g.in(2) {
		return fault{says: fmt.Sprintf("body %s late", d), injects: fakeregistrar.Fault{DelayBody: d}}
	}
	return fault{says: fmt.Sprintf("answer %s late", d), injects: fakeregistrar.Fault{Delay: d}}
}

func (g *generator) refuse() fault {
	return fault{says: "connection refused", injects: fakeregistrar.Fault{Refuse: true}}
}

func (g *generator) truncated() fault {
	n := 1 + g.IntN(300)
	return fault{says: fmt.Sprintf("cut after %d bytes", n), injects: fakeregistrar.Fault{Truncate: n}}
}

// status is an answer in the API's form by a server that did not act. Its code is not 10000, which would
// say of a domain or an update that there is none.
func (g *generator) status() fault {
	code := one(g, []int{400, 401, 403, 408, 409, 422, 425, 429, 500, 502, 503, 504, 520, 524})
	f := fault{says: fmt.Sprintf("status %d", code), injects: fakeregistrar.Fault{
		Status: code, Body: `{"success":false,"errors":[{"code":1004,"message":"Something went wrong"}],"messages":[],"result":null}`,
	}}
	return g.askingToWait(f)
}

func (g *generator) limited() fault {
	return g.askingToWait(fault{says: "status 429", injects: fakeregistrar.Fault{
		Status: http.StatusTooManyRequests, Times: 3, Body: `{"success":false,"errors":[{"code":971,"message":"Rate limit exceeded"}]}`,
	}})
}

// askingToWait adds a Retry-After to some, of which few are absurd.
func (g *generator) askingToWait(f fault) fault {
	if !g.in(2) {
		return f
	}
	seconds := one(g, []int{0, 1, 2, 5, 30, 120, 86400, -1})
	f.says += fmt.Sprintf(" asking for %d s", seconds)
	f.injects.Header = http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	return f
}

func (g *generator) actsAndFails() fault {
	code := one(g, []int{409, 500, 502, 504, 524})
	return fault{says: fmt.Sprintf("acts, and a proxy answers %d", code), injects: fakeregistrar.Fault{
		Status: code, Act: true, Body: "<html><body>Bad gateway</body></html>",
	}}
}

func (g *generator) html() fault {
	code := one(g, []int{200, 301, 403, 404, 502, 520})
	return fault{says: fmt.Sprintf("a page of HTML with %d", code), injects: fakeregistrar.Fault{
		Status: code, Body: "<html><body>Sign in to the hotel's network</body></html>", Header: http.Header{"Location": {"https://login.example.net/"}},
	}}
}

// spoiled is an answer on which no decision can rest, by a server that acted.
func (g *generator) spoiled() fault {
	field := one(g, []string{"auto_renew", "domain_name", "state", "created_at", "links", "context", "$.success", "$.result"})
	if g.in(2) {
		return fault{says: field + " left out", injects: fakeregistrar.Fault{OmitField: field}}
	}
	value := one(g, []any{nil, "yes", 7.0, []any{}, "other-domain.example"})
	return fault{says: fmt.Sprintf("%s = %v", field, value), injects: fakeregistrar.Fault{SetField: field, Value: value}}
}

func (g *generator) success() fault {
	body := one(g, []string{
		`{"success":false,"errors":[],"messages":[],"result":null}`, `{"success":true,"result":null}`, `{"success":true,"result":{}}`, `{}`, `null`, ``,
	})
	code := one(g, []int{200, 202, 204})
	return fault{says: fmt.Sprintf("%d with %q, acting=%t", code, body, code == 202), injects: fakeregistrar.Fault{Status: code, Body: body, Act: code == 202}}
}

// padded has more white space behind its JSON than anyone needs; one in many is past the limit.
func (g *generator) padded() fault {
	size := int64(1 + g.IntN(64<<10))
	if g.in(8) {
		size = 5 << 20
	}
	return fault{says: fmt.Sprintf("%d bytes of nothing behind the body", size), injects: fakeregistrar.Fault{Endless: size}}
}
