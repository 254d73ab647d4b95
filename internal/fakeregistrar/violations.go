// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// violationLog has the requests that no client of this API should send.
type violationLog struct {
	mu    sync.Mutex
	lines []string
}

func (l *violationLog) add(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

// Violations returns the rules that clients broke, oldest first:
//
//   - a PATCH during an update that the client could know of
//   - a PATCH that isn't JSON with a boolean auto_renew as its only field
//   - no credential, two credentials, or an unknown account
//   - a method other than GET and PATCH
//   - a name that isn't in lowercase ASCII, or has an unnecessary escape
//   - a reported success that doesn't match the registration
func (s *Server) Violations() []string {
	s.violations.mu.Lock()
	defer s.violations.mu.Unlock()
	return slices.Clone(s.violations.lines)
}

// ReportSuccess records a violation if the client reports a value as set and the
// registration shows another one.
func (g *Registrar) ReportSuccess(account, domain string, value bool) {
	d, found := g.Registration(account, domain)
	switch {
	case !found:
		g.violations.add("success reported for a domain that the account doesn't hold: %s/%s", account, domain)
	case d.AutoRenew != value:
		g.violations.add("success reported with auto_renew %t, the registration shows %t: %s/%s", value, d.AutoRenew, account, domain)
	}
}

// checkRequest records violations of the rules for all requests.
func (s *Server) checkRequest(c *call, t target, kind string) {
	if kind == credentialBoth || kind == credentialNone {
		s.violations.add("%s %s without exactly one credential: %s", c.request.Method, c.path, kind)
	}
	if c.request.Method != http.MethodGet && c.request.Method != http.MethodPatch {
		s.violations.add("method other than GET and PATCH: %s %s", c.request.Method, c.path)
	}
	if t.domain != "" && (!namePattern.MatchString(t.domain) || t.domain != strings.ToLower(t.domain) || !strings.Contains(c.path, "/"+t.domain)) {
		s.violations.add("domain name that isn't in lowercase ASCII: %s %s", c.request.Method, c.path)
	}
}

// checkFields records a PATCH that isn't JSON with a boolean auto_renew as its only field.
func (g *Registrar) checkFields(c *call, t target, fields map[string]json.RawMessage) {
	if raw := string(fields["auto_renew"]); raw != "true" && raw != "false" {
		g.violations.add("PATCH without an explicit boolean auto_renew: %s", t)
	}
	for name := range fields {
		if name != "auto_renew" {
			g.violations.add("PATCH with a field other than auto_renew, %q: %s", name, t)
		}
	}
	if kind := c.request.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		g.violations.add("PATCH with content type %q: %s", kind, t)
	}
}
