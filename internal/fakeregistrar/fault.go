// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault makes matching requests fail. If several effects are set, they apply in
// field order.
type Fault struct {
	// Method matches exactly; empty matches any method.
	Method string
	// Path matches the end of the escaped path without BasePath; with a leading
	// "^" it is a regular expression that matches from the start. Empty matches any path.
	Path string
	// After is the number of matching requests that pass first.
	After int
	// Times is the number of requests that fail: 0 means one, -1 all.
	Times int

	// Refuse refuses the connection, so that nothing reaches the server or its log. A
	// socket's connection is already open, so Refuse resets it.
	Refuse bool
	// Delay is the time before anything else happens.
	Delay time.Duration
	// Hook runs just before the server acts.
	Hook func(*Server)
	// ResetBefore resets the connection before the server acts.
	ResetBefore bool
	// ActLater resets the connection, and applies a PATCH after this time.
	ActLater time.Duration
	// Stale makes a GET return auto_renew as it was before its last change.
	Stale bool
	// Unlist leaves a domain out of a list. To move a domain between two pages, use
	// Hook with SetCreatedAt.
	Unlist string
	// RepeatCursor makes each page after the first return its own cursor again.
	RepeatCursor bool
	// Status replaces the server's answer, together with Body and Header. The server
	// acts only if Act is set.
	Status int
	Body   string
	Header http.Header
	Act    bool
	// ResetAfter resets the connection after the server acts, before the answer.
	ResetAfter bool
	// OmitField removes a field from the answer's result, for instance
	// "auto_renew", "links.self" or, in a list, "0.auto_renew". With a leading
	// "$." the path begins at the envelope, as in "$.result_info.cursor".
	OmitField string
	// SetField sets a field to Value. Its path has the same form as OmitField.
	SetField string
	Value    any
	// Rewrite returns the body to send.
	Rewrite func(body []byte) []byte
	// DelayBody is the time between the headers and the body.
	DelayBody time.Duration
	// Truncate sends only this many bytes, fewer than Content-Length, and ends the
	// connection.
	Truncate int
	// Endless is the number of spaces to append to the body.
	Endless int64
}

// Inject queues a fault. If several match a request, the oldest applies. It panics
// if a Path begins with "^" and isn't a valid regular expression.
func (s *Server) Inject(f Fault) {
	matches := func(path string) bool { return strings.HasSuffix(path, f.Path) }
	if strings.HasPrefix(f.Path, "^") {
		matches = regexp.MustCompile(f.Path).MatchString
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	f.Times = cmp.Or(f.Times, 1)
	s.faults.queue = append(s.faults.queue, &queuedFault{f, matches})
}

// ClearFaults drops all faults.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.queue = nil
}

type faultQueue struct {
	mu    sync.Mutex
	queue []*queuedFault
}

type queuedFault struct {
	Fault

	matches func(path string) bool
}

// take returns the fault for a request, or the zero Fault.
func (q *faultQueue) take(method, path string) Fault {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, f := range q.queue {
		if !f.applies(method, path) {
			continue
		}
		if f.Times--; f.Times == 0 {
			q.queue = slices.Delete(q.queue, i, i+1)
		}
		return f.Fault
	}
	return Fault{}
}

func (f *queuedFault) applies(method, path string) bool {
	if (f.Method != "" && f.Method != method) || !f.matches(path) {
		return false
	}
	f.After--
	return f.After < 0
}
