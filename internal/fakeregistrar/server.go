// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// BasePath is the prefix of every path, as in the API's own base URL.
const BasePath = "/client/v4"

// largestBody is larger than any request of this API.
const largestBody = 1 << 20

// Server is the fake registrar. It is its own production [Registrar].
type Server struct {
	*Registrar

	settings   *settings
	sandbox    *Registrar
	violations *violationLog
	requests   requestLog
	faults     faultQueue
	limiter    *rateLimiter
	rays       atomic.Uint64
}

var _ http.Handler = (*Server)(nil)

// New returns a server. It needs no closing.
func New(opts ...Option) *Server {
	set := newSettings(opts)
	violations := &violationLog{}
	s := &Server{
		Registrar:  newRegistrar(set, violations),
		settings:   set,
		sandbox:    newRegistrar(set, violations),
		violations: violations,
		limiter:    newRateLimiter(set.rateLimit),
	}
	for _, d := range set.domains {
		s.AddDomain(d)
	}
	return s
}

// Sandbox returns the state of /registrar-sandbox/.
func (s *Server) Sandbox() *Registrar {
	return s.sandbox
}

// AddDomain adds or replaces a domain, in the sandbox if d.Sandbox is set.
func (s *Server) AddDomain(d Domain) {
	s.registrar(d.Sandbox).put(d)
}

func (s *Server) registrar(sandbox bool) *Registrar {
	if sandbox {
		return s.sandbox
	}
	return s.Registrar
}

// ServeHTTP answers one request of the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, based := strings.CutPrefix(r.URL.EscapedPath(), BasePath)
	fault := s.faults.take(r.Method, path)
	if fault.Refuse {
		breakConnection(w, errRefused())
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, largestBody))
	if err != nil {
		return
	}
	logged := s.requests.open(r, path, body)
	a := s.answerUnderFault(r.Context(), &call{request: r, path: path, based: based, body: body, fault: fault})
	s.settings.observer(s.requests.close(logged, a))
	s.send(r.Context(), w, a, fault)
}

// call is a request and what its answer depends on.
type call struct {
	request *http.Request
	path    string // escaped, without BasePath
	based   bool   // it had BasePath
	body    []byte
	fault   Fault
	limit   http.Header // the rate limit's
	// delivered records that the client got the answer to its PATCH; nil without one.
	delivered func()
}

// handle answers a call without faults.
func (s *Server) handle(ctx context.Context, c *call) answer {
	if !pause(ctx, s.settings.latency) {
		return hungUp(ctx)
	}
	c.limit = http.Header{}
	id, kind := credentialOf(c.request.Header)
	if limited, over := s.limiter.count(id, c.limit); over {
		return limited
	}
	t, routed := routeOf(c.path)
	if !c.based || !routed {
		return refuseWith(http.StatusNotFound, codeRouting, "Could not route to "+c.request.URL.Path+", perhaps your object identifier is invalid?")
	}
	if refusal, refused := s.authorize(c, t, id, kind); refused {
		return refusal
	}
	return s.registrar(t.sandbox).serve(ctx, c, t)
}

// hungUp is the answer to a client that hung up.
func hungUp(ctx context.Context) answer {
	return answer{broken: context.Cause(ctx)}
}

// pause waits. It returns false if the client hung up first.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
