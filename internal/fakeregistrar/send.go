// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"strconv"
	"syscall"
)

// breaker is a ResponseWriter that can end the request with an error, such as the
// Transport's.
type breaker interface {
	breakWith(err error)
}

// send writes the answer, or breaks the connection instead.
func (s *Server) send(ctx context.Context, w http.ResponseWriter, a answer, f Fault) {
	if a.broken != nil {
		breakConnection(w, a.broken)
		return
	}
	header := w.Header()
	header.Set("cf-ray", fmt.Sprintf("%016x-FRA", 0x8f00000000000000+s.rays.Add(1)))
	header.Set("Date", s.settings.now().UTC().Format(http.TimeFormat))
	maps.Copy(header, a.header)
	header.Set("Content-Length", strconv.FormatInt(int64(len(a.body))+f.Endless, 10))
	w.WriteHeader(a.status)
	if f.DelayBody > 0 {
		_ = http.NewResponseController(w).Flush()
		if !pause(ctx, f.DelayBody) {
			return
		}
	}
	sendBody(ctx, w, a.body, f)
}

// sendBody ignores write errors, because they mean that the client hung up.
func sendBody(ctx context.Context, w http.ResponseWriter, body []byte, f Fault) {
	cut := f.Truncate > 0 && f.Truncate < len(body)
	if cut {
		body = body[:f.Truncate]
	}
	if _, err := w.Write(body); err != nil {
		return
	}
	if b, can := w.(breaker); can && cut {
		b.breakWith(io.ErrUnexpectedEOF) // a real server ends the connection by itself
	}
	blank := bytes.Repeat([]byte(" "), int(min(f.Endless, 32<<10)))
	for left := f.Endless; left > 0 && ctx.Err() == nil; left -= int64(len(blank)) {
		if _, err := w.Write(blank[:min(left, int64(len(blank)))]); err != nil {
			return
		}
	}
}

// breakConnection ends the request without an answer. On a socket, a zero linger
// time makes the kernel send a reset.
func breakConnection(w http.ResponseWriter, err error) {
	if b, can := w.(breaker); can {
		b.breakWith(err)
		return
	}
	conn, _, hijackErr := http.NewResponseController(w).Hijack()
	if hijackErr != nil {
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
