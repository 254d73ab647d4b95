// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing/iotest"
)

// ServeHTTP answers one request of the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := s.respond(r)
	if a.broken != nil {
		breakConnection(w)
		return
	}
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_ = http.NewResponseController(w).Flush() // the body can be delayed
	_, _ = io.Copy(w, a.reader(r.Context()))  // it fails if the client hangs up, or the fault cuts the body
}

// readFunc implements io.Reader.
type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// blanks fills p with spaces.
func blanks(p []byte) (int, error) {
	return copy(p, bytes.Repeat([]byte(" "), len(p))), nil
}

// reader returns the body with the fault applied. It fails once the client hangs up.
func (a answer) reader(ctx context.Context) io.Reader {
	body, end, delay := a.body, io.LimitReader(readFunc(blanks), a.fault.Endless), a.fault.DelayBody
	if cut := a.fault.Truncate; cut > 0 && cut < len(body) {
		body, end = body[:cut], iotest.ErrReader(io.ErrUnexpectedEOF)
	}
	sent := io.MultiReader(bytes.NewReader(body), end)
	return readFunc(func(p []byte) (int, error) {
		if !pause(ctx, delay) {
			return 0, context.Cause(ctx)
		}
		delay = 0
		return sent.Read(p)
	})
}

// breakConnection ends the request without an answer. On a socket, a zero linger
// time makes the kernel send a reset.
func breakConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, is := conn.(*net.TCPConn); is {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

func errReset() error {
	return &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
}

func errRefused() error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}
