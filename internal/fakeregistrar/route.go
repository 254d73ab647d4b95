// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
)

const (
	segmentProduction = "registrar"
	segmentSandbox    = "registrar-sandbox"
)

// target is the resource that a path identifies.
type target struct {
	sandbox  bool
	account  string
	domain   string // empty for the list
	resource string // empty, "update-status" or "registration-status"
}

func (t target) String() string {
	return t.account + "/" + t.domain
}

var pathPattern = regexp.MustCompile(`^/accounts/([^/]+)/(registrar|registrar-sandbox)/registrations(?:/([^/]+)(?:/(update-status|registration-status))?)?$`)

// routeOf parses an escaped path without BasePath. It splits before it unescapes,
// because an escaped slash belongs to a name.
func routeOf(path string) (target, bool) {
	parts := pathPattern.FindStringSubmatch(path)
	if parts == nil {
		return target{}, false
	}
	return target{
		sandbox: parts[2] == segmentSandbox,
		account: unescaped(parts[1]), domain: unescaped(parts[3]), resource: parts[4],
	}, true
}

func unescaped(part string) string {
	text, _ := url.PathUnescape(part) // EscapedPath returns only valid escapes
	return text
}

// serve answers an authorized request.
func (g *Registrar) serve(ctx context.Context, c *call, t target) answer {
	method := c.request.Method
	switch {
	case t.domain == "" && method == http.MethodGet:
		return g.list(c, t)
	case t.domain == "":
		return notAllowed(c)
	case !namePattern.MatchString(t.domain):
		return refuseWith(http.StatusBadRequest, codeGeneral, "Invalid domain name")
	case t.resource == "" && method == http.MethodPatch:
		return g.patch(ctx, c, t)
	case method != http.MethodGet:
		return notAllowed(c)
	case t.resource == "update-status":
		return g.updateStatus(t)
	case t.resource == "registration-status":
		return g.registrationStatus(t)
	default:
		return g.get(c, t)
	}
}

func notAllowed(c *call) answer {
	return refuseWith(http.StatusMethodNotAllowed, codeMethod, "Method "+c.request.Method+" not available for that URI.")
}

// namePattern matches a registrable name in ASCII, in any case.
var namePattern = regexp.MustCompile(`(?i)^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)
