// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// peer is a server made by hand, at the other end of a TLS connection. It counts the requests whose
// head it has read, and serve does whatever it likes with each connection; the connection is closed
// when serve returns.
type peer struct {
	protocols []string // for ALPN
	silent    bool     // in place of the handshake
	serve     func(*peerConn)

	certificate *httptest.Server
	connections atomic.Int32
	requests    atomic.Int32
}

// peerConn is one connection of a peer.
type peerConn struct {
	*tls.Conn

	peer   *peer
	number int32 // 1 for the first connection
	raw    *pipeEnd
	reader *bufio.Reader
}

// head reads a request's head, and body the rest of it.
func (c *peerConn) head() *http.Request {
	request, err := http.ReadRequest(c.reader)
	if err != nil {
		return &http.Request{Body: http.NoBody}
	}
	c.peer.requests.Add(1)
	return request
}

func (c *peerConn) whole() { _, _ = io.Copy(io.Discard, c.head().Body) }

// say sends these words, and drip one byte of them a second.
func (c *peerConn) say(words string) { _, _ = io.WriteString(c, words) }

func (c *peerConn) drip(words string) {
	go c.whole() // reads on, as a socket's buffer does
	for _, b := range []byte(words) {
		if _, err := c.Write([]byte{b}); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// reset ends the connection as a RST does.
func (c *peerConn) reset() {
	c.raw.other.broken.Store(true)
	_ = c.raw.Close()
}

// pipeEnd is one end of a net.Pipe that can be reset.
type pipeEnd struct {
	net.Conn

	other  *pipeEnd
	broken atomic.Bool
}

func (e *pipeEnd) Read(p []byte) (int, error) {
	n, err := e.Conn.Read(p)
	if err != nil && e.broken.Load() {
		err = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return n, err
}

// transport is the shipped transport with connections to the peer in place of TCP.
func (p *peer) transport(t *testing.T) *http.Transport {
	t.Helper()
	pool := x509.NewCertPool()
	pool.AddCert(p.certificate.Certificate())
	transport := client.NewTransport()
	transport.Proxy = nil
	transport.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com"}
	transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := &pipeEnd{}, &pipeEnd{}
		ours.Conn, theirs.Conn = net.Pipe()
		ours.other, theirs.other = theirs, ours
		go p.handle(theirs, p.connections.Add(1))
		return ours, nil
	}
	return transport
}

func (p *peer) handle(raw *pipeEnd, number int32) {
	defer func() { _ = raw.Close() }()
	if p.silent {
		_, _ = io.Copy(io.Discard, raw)
		return
	}
	conn := tls.Server(raw, &tls.Config{Certificates: p.certificate.TLS.Certificates, NextProtos: p.protocols})
	if conn.Handshake() == nil {
		p.serve(&peerConn{Conn: conn, peer: p, number: number, raw: raw, reader: bufio.NewReader(conn)})
	}
}

const (
	inProgress = `{"success":true,"result":{"state":"in_progress"}}`
	refusal    = `{"success":false,"errors":[{"code":10000,"message":"no"}]}`
)

// http1 is a whole response, or one whose Content-Length is off by so many bytes.
func http1(status int, header, body string, off int) string {
	return fmt.Sprintf("HTTP/1.1 %d x\r\n%sContent-Length: %d\r\n\r\n%s", status, header, len(body)+off, body)
}

// One call is one request, whatever the peer does: net/http must not repeat it, be it a PATCH or a
// GET. PollUpdate is the GET that this package does not repeat either.
func TestOneCallIsOneRequestToAHostilePeer(t *testing.T) {
	t.Parallel()
	certificate := httptest.NewTLSServer(nil)
	t.Cleanup(certificate.Close)
	ok := http1(200, "", inProgress, 0)
	// idle answers a first request, so that the next one finds a connection in the pool.
	idle := func(then func(*peerConn)) func(*peerConn) {
		return func(c *peerConn) {
			c.whole()
			c.say(ok)
			if c.number == 1 {
				then(c)
			}
		}
	}
	for name, test := range peers(ok, idle) {
		for method, send := range map[string]func(context.Context, *client.Client) error{
			http.MethodPatch: func(ctx context.Context, c *client.Client) error {
				_, err := c.SetAutoRenew(ctx, exampleID(), true)
				return err
			},
			http.MethodGet: func(ctx context.Context, c *client.Client) error {
				_, err := c.PollUpdate(ctx, exampleID(), nil)
				return err
			},
		} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					p := &peer{protocols: test.protocols, silent: test.silent, serve: test.serve, certificate: certificate}
					transport := p.transport(t)
					if test.proxy {
						transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy.example.net"})
					}
					defer synctest.Wait()
					defer transport.CloseIdleConnections()
					c := newClient(t, transport)
					if test.reused {
						if _, err := c.PollUpdate(t.Context(), exampleID(), nil); err != nil {
							t.Fatal(err)
						}
						time.Sleep(2 * time.Second)
						p.requests.Store(0)
					}
					started := time.Now()
					err := send(t.Context(), c)
					took := time.Since(started)
					time.Sleep(time.Hour) // in case something is still to come
					if got := p.requests.Load(); got != test.sent {
						t.Errorf("%d requests reached the peer, want %d", got, test.sent)
					}
					if took != test.took {
						t.Errorf("it took %s, want %s", took, test.took)
					}
					if test.kind == 0 {
						if err != nil {
							t.Errorf("error = %v, want none", err)
						}
						return
					}
					if e := problemOf(t, err); e.Kind != test.kind || e.Status != test.status || e.RetryAfter != test.retryAfter {
						t.Errorf("error = %v (kind %d, status %d, Retry-After %s), want kind %d, status %d, %s", err, e.Kind, e.Status, e.RetryAfter, test.kind, test.status, test.retryAfter)
					}
				})
			})
		}
	}
}

type peerTest struct {
	protocols  []string
	silent     bool
	proxy      bool
	reused     bool // the request goes on a connection that was used before
	serve      func(*peerConn)
	sent       int32
	kind       client.Kind // zero for a success
	status     int
	retryAfter time.Duration
	took       time.Duration
}

func peers(ok string, idle func(func(*peerConn)) func(*peerConn)) map[string]peerTest {
	lost := client.KindConnectionLost
	return map[string]peerTest{
		"reset after the handshake":      {serve: func(c *peerConn) { c.reset() }, kind: lost},
		"closed after the handshake":     {serve: func(*peerConn) {}, kind: lost},
		"reset after the request's head": {serve: func(c *peerConn) { c.head(); c.reset() }, sent: 1, kind: lost},
		"reset after the request":        {serve: func(c *peerConn) { c.whole(); c.reset() }, sent: 1, kind: lost},
		"closed after the request":       {serve: func(c *peerConn) { c.whole() }, sent: 1, kind: lost},
		"reset in the response's head":   {serve: func(c *peerConn) { c.whole(); c.say("HTTP/1.1 200 OK\r\nContent-Le"); c.reset() }, sent: 1, kind: lost},
		"closed in the response's head":  {serve: func(c *peerConn) { c.whole(); c.say("HTTP/1.1 200 OK\r\nContent-Le") }, sent: 1, kind: lost},
		"reset in the response's body":   {serve: func(c *peerConn) { c.whole(); c.say(ok[:len(ok)-9]); c.reset() }, sent: 1, kind: lost, status: 200},
		"reset after the response":       {serve: func(c *peerConn) { c.whole(); c.say(ok); c.reset() }, sent: 1},
		"a response that is not HTTP":    {serve: func(c *peerConn) { c.whole(); c.say("SSH-2.0-OpenSSH_9.6\r\n") }, sent: 1, kind: lost},
		"two responses":                  {serve: func(c *peerConn) { c.whole(); c.say(ok + ok) }, sent: 1},
		"a length that is too long":      {serve: func(c *peerConn) { c.whole(); c.say(http1(200, "", inProgress, 1)) }, sent: 1, kind: lost, status: 200},
		"a length that is too short":     {serve: func(c *peerConn) { c.whole(); c.say(http1(200, "", inProgress, -1)) }, sent: 1, kind: client.KindMalformed, status: 200},

		"a refusal that is cut":             {serve: func(c *peerConn) { c.whole(); c.say(http1(403, "", refusal, 9)) }, sent: 1, kind: client.KindRefused, status: 403},
		"a refusal that is cut in its JSON": {serve: func(c *peerConn) { c.whole(); c.say(http1(403, "", refusal[:9], 9)) }, sent: 1, kind: client.KindNotAPI, status: 403},
		"a 429 that is cut": {
			serve: func(c *peerConn) { c.whole(); c.say(http1(429, "Retry-After: 60\r\n", refusal[:9], 9)) },
			sent:  1, kind: client.KindNotAPI, status: 429, retryAfter: time.Minute,
		},
		"a 503 that is reset": {
			serve: func(c *peerConn) { c.whole(); c.say(http1(503, "Retry-After: 60\r\n", "", 9)); c.reset() },
			sent:  1, kind: client.KindNotAPI, status: 503, retryAfter: time.Minute,
		},
		"a redirect that is cut": {serve: func(c *peerConn) { c.whole(); c.say(http1(303, "Location: http://[::1\r\n", "", 9)) }, sent: 1, kind: client.KindRedirect, status: 303},

		"silence in the handshake":  {silent: true, kind: client.KindUnreachable, took: 10 * time.Second},
		"silence after the request": {serve: func(c *peerConn) { c.whole(); c.whole() }, sent: 1, kind: client.KindAttemptTimeout, took: 30 * time.Second},
		"silence in the response's body": {
			serve: func(c *peerConn) { c.whole(); c.say(ok[:len(ok)-9]); c.whole() },
			sent:  1, kind: client.KindAttemptTimeout, status: 200, took: 30 * time.Second,
		},
		"one byte a second": {serve: func(c *peerConn) { c.whole(); c.drip(ok) }, sent: 1, kind: client.KindAttemptTimeout, took: 30 * time.Second},
		"one byte of a refusal a second": {
			serve: func(c *peerConn) { c.whole(); c.say("HTTP/1.1 403 x\r\n\r\n"); c.drip(refusal) },
			sent:  1, kind: client.KindNotAPI, status: 403, took: 30 * time.Second,
		},

		"HTTP/2 preferred":                        {protocols: []string{"h2", "http/1.1"}, serve: func(c *peerConn) { c.whole(); c.say(ok) }, sent: 1},
		"HTTP/2 preferred, and reset":             {protocols: []string{"h2", "http/1.1"}, serve: func(c *peerConn) { c.whole(); c.reset() }, sent: 1, kind: lost},
		"HTTP/2 spoken unasked":                   {serve: func(c *peerConn) { c.whole(); c.say("\x00\x00\x00\x04\x00\x00\x00\x00\x00") }, sent: 1, kind: lost},
		"a proxy whose CONNECT is never answered": {proxy: true, silent: true, kind: client.KindUnreachable, took: 30 * time.Second},

		"a kept connection that was closed while idle":       {reused: true, serve: idle(func(*peerConn) {}), sent: 1},
		"a kept connection that was reset while idle":        {reused: true, serve: idle((*peerConn).reset), sent: 1},
		"a kept connection that is closed after the request": {reused: true, serve: idle(func(c *peerConn) { c.whole() }), sent: 1, kind: lost},
		"a kept connection that is reset after the request":  {reused: true, serve: idle(func(c *peerConn) { c.whole(); c.reset() }), sent: 1, kind: lost},
		"a kept connection that is reset after the head":     {reused: true, serve: idle(func(c *peerConn) { c.head(); c.reset() }), sent: 1, kind: lost},
		"a kept connection that goes silent":                 {reused: true, serve: idle(func(c *peerConn) { c.whole(); c.whole() }), sent: 1, kind: client.KindAttemptTimeout, took: 30 * time.Second},
	}
}
