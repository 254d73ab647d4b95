// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
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

// New returns a server. The caller doesn't need to close it.
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

// respond returns the answer to a request. The answer's reader applies faults in the body.
func (s *Server) respond(r *http.Request) answer {
	path, based := strings.CutPrefix(r.URL.EscapedPath(), BasePath)
	fault := s.faults.take(r.Method, path)
	if fault.Refuse {
		return answer{broken: errRefused()}
	}
	body, err := readBody(r)
	if err != nil {
		return answer{broken: err}
	}
	c := &call{request: r, path: path, based: based, body: body, fault: fault, header: http.Header{}}
	logged := s.requests.open(c)
	a := s.answerUnderFault(r.Context(), c)
	s.settings.observer(s.requests.close(logged, a))
	if a.broken != nil {
		return a
	}
	c.header.Set("cf-ray", fmt.Sprintf("%016x-FRA", 0x8f00000000000000+s.rays.Add(1)))
	c.header.Set("Date", s.settings.now().UTC().Format(http.TimeFormat))
	maps.Copy(c.header, a.header)
	a.header, a.fault = c.header, fault
	a.header.Set("Content-Length", strconv.FormatInt(a.length(), 10))
	return a
}

// readBody returns the body of a request. In a client's request, Body can be nil.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	return io.ReadAll(io.LimitReader(r.Body, largestBody))
}

// call is a request and the state that its answer depends on.
type call struct {
	request *http.Request
	path    string // escaped, without BasePath
	based   bool   // the path had BasePath
	body    []byte
	fault   Fault
	header  http.Header // sent with every answer
	// delivered records that the client got the answer to its PATCH. It is nil for other calls.
	delivered func()
}

// handle returns the server's own answer to a call.
func (s *Server) handle(ctx context.Context, c *call) answer {
	if !pause(ctx, s.settings.latency) {
		return hungUp(ctx)
	}
	id, kind := credentialOf(c.request.Header)
	if limited, over := s.limiter.count(id, c.header); over {
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

// hungUp returns the answer to a client that hung up.
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
