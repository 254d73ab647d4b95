// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestOneRequestPerCall(t *testing.T) {
	// net/http must not resend a PATCH or a GET, and the client doesn't retry PollUpdate.
	t.Parallel()
	certificate := certified(t)
	rows := unreachablePeers()
	maps.Copy(rows, reachablePeers())
	client.EachInFakeTime(t, rows, func(t *testing.T, row peerTest) {
		for _, method := range []string{http.MethodPatch, http.MethodGet} {
			p := &peer{certificate: certificate, serve: row.serve, raw: row.raw, protocols: row.protocols}
			transport := p.transport(t)
			if row.tune != nil {
				row.tune(transport)
			}
			c := newClient(t, transport)
			if row.reused {
				if _, err := c.PollUpdate(t.Context(), exampleID(), nil); err != nil {
					t.Fatal(err)
				}
				time.Sleep(2 * time.Second)
				p.requests.Store(0)
			}
			started := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), cmp.Or(row.deadline, time.Hour))
			defer cancel()
			err := send(ctx, c, method)
			if took := time.Since(started); took != row.took {
				t.Errorf("%s took %s, want %s", method, took, row.took)
			}
			time.Sleep(time.Hour) // in case another request follows
			if got := p.requests.Load(); got != row.sent {
				t.Errorf("%d %s requests reached the peer, want %d", got, method, row.sent)
			}
			if row.kind == 0 && err != nil {
				t.Errorf("%s: error = %v, want none", method, err)
			}
			if row.kind != 0 {
				if e := matchError(t, err, row.kind, row.status, ""); e.RetryAfter != row.retryAfter {
					t.Errorf("%s: RetryAfter = %s, want %s", method, e.RetryAfter, row.retryAfter)
				}
			}
		}
	})
}

func send(ctx context.Context, c *client.Client, method string) error {
	if method == http.MethodPatch {
		_, err := c.SetAutoRenew(ctx, exampleID(), true)
		return err
	}
	_, err := c.PollUpdate(ctx, exampleID(), nil)
	return err
}

func TestConnectionPool(t *testing.T) {
	// With -parallelism=100, the client opens 64 connections and keeps them.
	t.Parallel()
	certificate := certified(t)
	synctest.Test(t, func(t *testing.T) {
		p := &peer{certificate: certificate, serve: func(c *peerConn) {
			for c.readRequest() {
				time.Sleep(time.Second)
				c.write(http1(200, "", inProgress, 0))
			}
		}}
		c := newClient(t, p.transport(t))
		for range 3 {
			var running errgroup.Group
			for range 100 {
				running.Go(func() error { return send(t.Context(), c, http.MethodPatch) })
			}
			if err := running.Wait(); err != nil {
				t.Error(err)
			}
		}
		if connections, requests := p.connections.Load(), p.requests.Load(); connections != 64 || requests != 300 {
			t.Errorf("%d requests on %d connections, want 300 on 64", requests, connections)
		}
		for i, idle := range []time.Duration{89 * time.Second, 91 * time.Second} {
			time.Sleep(idle)
			if err := send(t.Context(), c, http.MethodPatch); err != nil || p.connections.Load() != int32(64+i) {
				t.Errorf("%d connections after %s idle, %v; want them closed after 90 s", p.connections.Load(), idle, err)
			}
		}
	})
}

// peer is a server for tests of the real transport. It counts the requests that it reads.
type peer struct {
	certificate *httptest.Server
	protocols   []string        // for ALPN
	raw         func(net.Conn)  // replaces the TLS handshake, if set
	serve       func(*peerConn) // serves a connection after the handshake, and then closes it
	connections atomic.Int32    // total
	requests    atomic.Int32
}

// certified returns a server with a certificate for peers. It has a socket, so call it outside of fake time.
func certified(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	t.Cleanup(server.Close)
	return server
}

// peerConn is one connection of a peer.
type peerConn struct {
	*tls.Conn

	peer   *peer
	first  bool // of the peer's connections
	raw    net.Conn
	reader *bufio.Reader
}

// readRequest reads a whole request. It returns false if none arrives.
func (c *peerConn) readRequest() bool {
	request, err := http.ReadRequest(c.reader)
	if err != nil {
		return false
	}
	c.peer.requests.Add(1)
	_, _ = io.Copy(io.Discard, request.Body)
	return true
}

func (c *peerConn) write(text string) { _, _ = io.WriteString(c, text) }

// drip sends one byte per second.
func (c *peerConn) drip(text string) {
	go c.readRequest() // a socket's buffer would also take more bytes
	for i := range text {
		c.write(text[i : i+1])
		time.Sleep(time.Second)
	}
}

// transport returns the real transport, connected to the peer instead of TCP.
func (p *peer) transport(t *testing.T) *http.Transport {
	t.Helper()
	pool := x509.NewCertPool()
	pool.AddCert(p.certificate.Certificate())
	transport := client.NewTransport()
	t.Cleanup(transport.CloseIdleConnections)
	transport.Proxy = nil
	transport.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com"}
	transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go p.handle(ctx, &peerConn{peer: p, first: p.connections.Add(1) == 1, raw: theirs})
		return ours, nil
	}
	return transport
}

func (p *peer) handle(ctx context.Context, c *peerConn) {
	defer func() { _ = c.raw.Close() }()
	if p.raw != nil {
		p.raw(c.raw)
		return
	}
	c.Conn = tls.Server(c.raw, &tls.Config{Certificates: p.certificate.TLS.Certificates, NextProtos: p.protocols})
	c.reader = bufio.NewReader(c.Conn)
	if c.HandshakeContext(ctx) == nil {
		p.serve(c)
	}
}

const (
	inProgress = `{"success":true,"result":{"state":"in_progress"}}`
	refusal    = `{"success":false,"errors":[{"code":10000,"message":"no"}]}`
)

// http1 returns a response with a Content-Length that is wrong by off bytes.
func http1(status int, header, body string, off int) string {
	return fmt.Sprintf("HTTP/1.1 %d x\r\n%sContent-Length: %d\r\n\r\n%s", status, header, len(body)+off, body)
}

// responding returns a peer that reads one request and then sends these bytes.
func responding(text string) func(*peerConn) {
	return func(c *peerConn) { c.readRequest(); c.write(text) }
}

// silence waits for a second request, which never arrives.
func silence(c *peerConn) { c.readRequest(); c.readRequest() }

// withoutTLS returns a peer that sends these bytes instead of a handshake, and closes the connection.
func withoutTLS(text string) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = c.Read(make([]byte, 4096))
		_, _ = io.WriteString(c, text)
	}
}

// silentHandshake reads, and never sends anything.
func silentHandshake(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// keepAlive returns a peer that answers the first request, and then runs a function on that connection.
func keepAlive(then func(*peerConn)) func(*peerConn) {
	return func(c *peerConn) {
		responding(http1(200, "", inProgress, 0))(c)
		if c.first {
			then(c)
		}
	}
}

type peerTest struct {
	serve      func(*peerConn)
	raw        func(net.Conn)
	protocols  []string
	tune       func(*http.Transport)
	deadline   time.Duration // of the caller
	reused     bool          // the request is sent on a connection that was used before
	sent       int32
	kind       client.Kind // zero for a success
	status     int
	retryAfter time.Duration
	took       time.Duration
}

func reachablePeers() map[string]peerTest {
	const lost, timeout, limit = client.KindConnectionLost, client.KindAttemptTimeout, 30 * time.Second
	ok := http1(200, "", inProgress, 0)
	long := http1(200, fmt.Sprintf("X: %01048576d\r\n", 0), inProgress, 0)
	return map[string]peerTest{
		"closed after the handshake":    {serve: func(*peerConn) {}, kind: lost},
		"closed after the request":      {serve: func(c *peerConn) { c.readRequest() }, sent: 1, kind: lost},
		"closed in the response header": {serve: responding("HTTP/1.1 200 OK\r\nContent-Le"), sent: 1, kind: lost},
		"a response that is not HTTP":   {serve: responding("SSH-2.0-OpenSSH_9.6\r\n"), sent: 1, kind: lost},
		"a header of a megabyte":        {serve: func(c *peerConn) { c.readRequest(); go c.readRequest(); c.write(long) }, sent: 1, kind: lost},
		"a Content-Length too large":    {serve: responding(http1(200, "", inProgress, 1)), sent: 1, kind: lost, status: 200},

		"a refusal truncated after its JSON":             {serve: responding(http1(403, "", refusal, 9)), sent: 1, kind: client.KindRefused, status: 403},
		"a truncated refusal":                            {serve: responding(http1(403, "Retry-After: 60\r\n", refusal[:9], 9)), sent: 1, kind: client.KindNotAPI, status: 403},
		"a truncated 429":                                {serve: responding(http1(429, "Retry-After: 60\r\n", refusal[:9], 9)), sent: 1, kind: client.KindNotAPI, status: 429, retryAfter: time.Minute},
		"a truncated redirect with a malformed Location": {serve: responding(http1(303, "Location: http://[::1\r\n", "", 9)), sent: 1, kind: client.KindRedirect, status: 303},

		"a reused connection, closed while idle":        {reused: true, serve: keepAlive(func(*peerConn) {}), sent: 1},
		"a reused connection, closed after the request": {reused: true, serve: keepAlive(func(c *peerConn) { c.readRequest() }), sent: 1, kind: lost},
		"a reused connection that goes silent":          {reused: true, serve: keepAlive(silence), sent: 1, kind: timeout, took: limit},

		"HTTP/2 preferred":                {protocols: []string{"h2", "http/1.1"}, serve: responding(ok), sent: 1},
		"garbage instead of a TLS record": {serve: func(c *peerConn) { c.readRequest(); _, _ = io.WriteString(c.raw, "HTTP/1.1 502 Bad Gateway\r\n\r\n") }, sent: 1, kind: lost},

		"silence until the deadline":     {serve: silence, deadline: 5 * time.Second, sent: 1, kind: client.KindCanceled, took: 5 * time.Second},
		"silence in the response's body": {serve: func(c *peerConn) { responding(ok[:len(ok)-9])(c); c.readRequest() }, sent: 1, kind: timeout, status: 200, took: limit},
		"one byte of a refusal a second": {serve: func(c *peerConn) { responding("HTTP/1.1 403 x\r\n\r\n")(c); c.drip(refusal) }, sent: 1, kind: client.KindNotAPI, status: 403, took: limit},
	}
}

func unreachablePeers() map[string]peerTest {
	const unreachable, noTLS = client.KindUnreachable, client.KindTLS
	refused := failingDial(syscall.ECONNREFUSED)
	return map[string]peerTest{
		"a host that does not exist":       {tune: failingDial(&net.DNSError{Err: "no such host", IsNotFound: true}), kind: client.KindUnknownHost},
		"name servers that fail":           {tune: failingDial(&net.DNSError{Err: "server misbehaving", IsTemporary: true}), kind: unreachable},
		"a port without a listener":        {tune: refused, kind: unreachable},
		"a dial that never finishes":       {tune: blockedDial, kind: unreachable, took: 30 * time.Second},
		"a missing proxy":                  {tune: func(transport *http.Transport) { viaProxy(transport); refused(transport) }, kind: unreachable},
		"a proxy that requires a password": {tune: viaProxy, raw: withoutTLS("HTTP/1.1 407 x\r\n\r\n"), kind: unreachable},
		"a proxy that never answers":       {tune: viaProxy, raw: silentHandshake, kind: unreachable, took: 30 * time.Second},

		"silence in the handshake until the deadline": {raw: silentHandshake, deadline: 5 * time.Second, kind: client.KindCanceled, took: 5 * time.Second},
		"silence in the handshake":                    {raw: silentHandshake, kind: unreachable, took: 10 * time.Second},
		"closed in the handshake":                     {raw: withoutTLS(""), kind: unreachable},
		"plain http instead of TLS":                   {raw: withoutTLS("HTTP/1.0 400 Bad Request\r\n\r\n"), kind: noTLS},
		"a certificate from an unknown authority":     {tune: func(transport *http.Transport) { transport.TLSClientConfig.RootCAs = x509.NewCertPool() }, kind: noTLS},
		"an unsupported TLS version": {tune: func(transport *http.Transport) {
			transport.TLSClientConfig.MinVersion, transport.TLSClientConfig.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
		}, kind: noTLS},
	}
}

func viaProxy(transport *http.Transport) {
	transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy.example.net"})
}

// blockedDial makes dials block until their context ends.
func blockedDial(transport *http.Transport) {
	transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

// failingDial makes dials fail with this error.
func failingDial(err error) func(*http.Transport) {
	return func(transport *http.Transport) {
		transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err}
		}
	}
}
