// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

const (
	segmentProduction = "registrar"
	segmentSandbox    = "registrar-sandbox"
)

// target is what a path names.
type target struct {
	sandbox  bool
	account  string
	domain   string // empty for the list
	resource string // empty, "update-status" or "registration-status"
}

// routeOf reads an escaped path without BasePath. It splits before it unescapes,
// as a router does: an escaped slash is part of a name.
func routeOf(path string) (target, bool) {
	parts := strings.Split(path, "/")
	if len(parts) < 5 || len(parts) > 7 || parts[0] != "" || parts[1] != "accounts" || parts[4] != "registrations" {
		return target{}, false
	}
	if parts[3] != segmentProduction && parts[3] != segmentSandbox {
		return target{}, false
	}
	t := target{sandbox: parts[3] == segmentSandbox, account: unescaped(parts[2])}
	if t.account == "" {
		return target{}, false
	}
	return t.beneath(parts[5:])
}

// beneath adds the parts of the path after "registrations".
func (t target) beneath(parts []string) (target, bool) {
	if len(parts) > 0 {
		if t.domain = unescaped(parts[0]); t.domain == "" {
			return target{}, false
		}
	}
	if len(parts) > 1 {
		t.resource = parts[1]
		return t, t.resource == "update-status" || t.resource == "registration-status"
	}
	return t, true
}

func unescaped(part string) string {
	text, err := url.PathUnescape(part)
	if err != nil {
		return part
	}
	return text
}

// serve answers a request that passed the gate.
func (g *Registrar) serve(ctx context.Context, c *call, t target) answer {
	method := c.request.Method
	switch {
	case t.domain == "" && method == http.MethodGet:
		return g.list(c, t)
	case t.domain == "":
		return notAllowed(c)
	case !validName()(t.domain):
		return refuseWith(http.StatusBadRequest, codeGeneral, messageBadName)
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

// validName returns the check of a registrable name in ASCII form, any case.
func validName() func(string) bool {
	return labels().MatchString
}

var labels = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)
})
