// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault is something that goes wrong with the requests it matches. Behaviours
// can be combined; they apply in the order of the fields.
type Fault struct {
	// Method matches exactly; empty matches every one.
	Method string
	// Path matches the end of the escaped path without BasePath; with a leading
	// "^" it is a regular expression for the whole path. Empty matches every one.
	Path string
	// After lets so many matching requests pass first.
	After int
	// Times is how many requests it strikes: 0 means one, -1 all.
	Times int

	// Refuse refuses the connection: nothing reaches the server or its log. Over a
	// real socket, where it is too late for that, it resets the connection.
	Refuse bool
	// Delay passes before anything else happens.
	Delay time.Duration
	// Hook is another actor who acts just before the server does.
	Hook func(*Server)
	// ResetBefore resets the connection before the server acts.
	ResetBefore bool
	// ActLater resets the connection, and a PATCH takes effect so much later.
	ActLater time.Duration
	// Stale answers a GET with the auto_renew from before its last change.
	Stale bool
	// Unlist leaves a domain out of the page of a list. To make a domain move
	// between two pages, use Hook with SetCreatedAt.
	Unlist string
	// RepeatCursor makes each page after the first name itself as the next one.
	RepeatCursor bool
	// Status answers in place of the server, with Body and Header. The server does
	// not act unless Act is set.
	Status int
	Body   string
	Header http.Header
	Act    bool
	// ResetAfter lets the server act and resets the connection before the answer.
	ResetAfter bool
	// OmitField takes a field out of the answer's result, for instance
	// "auto_renew", "links.self" or, in a list, "0.auto_renew". With a leading
	// "$." the path begins at the envelope, as in "$.result_info.cursor".
	OmitField string
	// SetField puts Value there.
	SetField string
	Value    any
	// Rewrite has the last word on the body.
	Rewrite func(body []byte) []byte
	// DelayBody passes between the headers and the body.
	DelayBody time.Duration
	// Truncate cuts the body after so many bytes although the headers promise
	// more; the connection ends there.
	Truncate int
	// Endless follows the body with so many bytes of white space.
	Endless int64
}

// Inject queues a fault. Of several that match a request the oldest strikes. It
// panics where a Path begins with "^" and is no valid regular expression.
func (s *Server) Inject(f Fault) {
	matches := func(path string) bool { return strings.HasSuffix(path, f.Path) }
	if strings.HasPrefix(f.Path, "^") {
		matches = regexp.MustCompile(f.Path).MatchString
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.queue = append(s.faults.queue, &queuedFault{Fault: f, matches: matches, left: max(1, f.Times)})
}

// ClearFaults drops what Inject has queued.
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
	skipped int
	left    int
}

// take returns the fault that strikes this request; the zero Fault is none.
func (q *faultQueue) take(method, path string) Fault {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, f := range q.queue {
		if !f.strikes(method, path) {
			continue
		}
		if f.left--; f.left == 0 && f.Times >= 0 {
			q.queue = slices.Delete(q.queue, i, i+1)
		}
		return f.Fault
	}
	return Fault{}
}

func (f *queuedFault) strikes(method, path string) bool {
	if (f.Method != "" && f.Method != method) || !f.matches(path) {
		return false
	}
	f.skipped++
	return f.skipped > f.After
}
