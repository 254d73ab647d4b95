// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Request is one request, without its secrets.
type Request struct {
	// Time is the request's time by the caller's clock.
	Time time.Time
	// Method and Path are the request's; Path is escaped and has no BasePath.
	Method, Path string
	// Query and Body are the raw query and body.
	Query, Body string
	// Prefer and UserAgent are the headers with those names.
	Prefer, UserAgent string
	// Credential is "token", "key", "both" or "none".
	Credential string
	// Status is zero until the server answers.
	Status int
	// Duration is the time until the answer was ready.
	Duration time.Duration
}

// requestLog has the requests in order of arrival.
type requestLog struct {
	mu       sync.Mutex
	requests []*Request
}

func (l *requestLog) open(c *call) *Request {
	r := c.request
	_, kind := credentialOf(r.Header)
	entry := &Request{
		Time: time.Now(), Method: r.Method, Path: c.path, Query: r.URL.RawQuery, Body: string(c.body),
		Prefer: r.Header.Get("Prefer"), UserAgent: r.UserAgent(), Credential: kind,
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests = append(l.requests, entry)
	return entry
}

func (l *requestLog) close(entry *Request, a answer) Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Duration = time.Since(entry.Time)
	if a.broken == nil {
		entry.Status = a.status
	}
	return *entry
}

// Requests returns a copy of the log, oldest first, including requests without an
// answer yet. Refused connections aren't in it.
func (s *Server) Requests() []Request {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	all := make([]Request, 0, len(s.requests.requests))
	for _, entry := range s.requests.requests {
		all = append(all, *entry)
	}
	return all
}

// Count returns the number of requests with this method and a path with this
// suffix. An empty method or suffix matches all.
func (s *Server) Count(method, pathSuffix string) int {
	matching := slices.DeleteFunc(s.Requests(), func(r Request) bool {
		return (method != "" && r.Method != method) || !strings.HasSuffix(r.Path, pathSuffix)
	})
	return len(matching)
}

// ResetLog empties the request log. Violations stay.
func (s *Server) ResetLog() {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	s.requests.requests = nil
}
