// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The errors here are real ones, of real sockets and of Go's own resolver and TLS, because their
// types are what the client goes by. PATCH is asked, which is sent once.
func TestConnectionsThatFail(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		arrange func(t *testing.T) (base string, transport *http.Transport)
		kind    client.Kind
	}{
		"a host that does not exist":            {unknownHost, client.KindUnknownHost},
		"name servers that fail":                {failingNameServer, client.KindUnreachable},
		"a port on which nobody listens":        {refusedDial, client.KindUnreachable},
		"a dial that takes too long":            {slowDial, client.KindUnreachable},
		"a proxy that is not there":             {missingProxy, client.KindUnreachable},
		"a proxy that wants a password":         {closedProxy, client.KindUnreachable},
		"a certificate for another name":        {otherName, client.KindTLS},
		"a certificate that nobody vouches for": {unknownAuthority, client.KindTLS},
		"plain http where TLS is expected":      {plainOnTLS, client.KindTLS},
		"something else where TLS is expected":  {noiseOnTLS, client.KindTLS},
		"a version of TLS that we do not speak": {oldTLS, client.KindTLS},
		"an end in the middle of the handshake": {endInHandshake, client.KindUnreachable},
		"a reset in place of an answer":         {resetByPeer, client.KindConnectionLost},
		"an end in place of an answer":          {endOfConnection, client.KindConnectionLost},
		"an end in the middle of the answer":    {endOfBody, client.KindConnectionLost},
		"an answer that is not HTTP":            {noHTTP, client.KindConnectionLost},
		"more of a header than anybody needs":   {longHeader, client.KindConnectionLost},
		"TLS where plain http is expected":      {tlsOnPlain, client.KindConnectionLost},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, transport := test.arrange(t)
			t.Cleanup(transport.CloseIdleConnections)
			c := newClient(t, transport, func(c *client.Config) { c.BaseURL = baseURL(t, base) })
			_, err := c.SetAutoRenew(t.Context(), exampleID(), true)
			e := problemOf(t, err)
			if e.Kind != test.kind {
				t.Errorf("error = %v (%T, kind %d), want kind %d", err, errors.Unwrap(errors.Unwrap(e.Err)), e.Kind, test.kind)
			}
			if strings.Contains(err.Error(), base) || strings.Contains(err.Error(), "Patch") {
				t.Errorf("error = %v, want it without method and URL, which are beside it", err)
			}
		})
	}
}

func TestATryThatIsStillConnectingIsEndedByItsContext(t *testing.T) {
	t.Parallel()
	base, transport := silent(t)
	ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, errStop)
	defer cancel()
	_, err := newClient(t, transport, func(c *client.Config) { c.BaseURL = baseURL(t, base) }).Registration(ctx, exampleID())
	if e := problemOf(t, err); e.Kind != client.KindCanceled || !errors.Is(err, errStop) {
		t.Errorf("error = %v (kind %d), want it stopped with the reason", err, e.Kind)
	}
}

// plain is a transport that no environment changes.
func plain() *http.Transport { return &http.Transport{} }

// nameServer is a transport whose name server answers every question with this code.
func nameServer(t *testing.T, code byte) *http.Transport {
	t.Helper()
	server, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	go func() {
		packet := make([]byte, 1500)
		for {
			n, from, err := server.ReadFrom(packet)
			if err != nil {
				return
			}
			packet[2] |= 0x80 // it is an answer
			packet[3] = packet[3]&0xf0 | code
			_, _ = server.WriteTo(packet[:n], from)
		}
	}()
	resolver := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
	return &http.Transport{DialContext: (&net.Dialer{Resolver: resolver}).DialContext}
}

func unknownHost(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return "https://api.example.net.", nameServer(t, 3) // NXDOMAIN
}

func failingNameServer(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return "https://api.example.net.", nameServer(t, 2) // SERVFAIL
}

// free is an address on which nobody listens.
func free(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	return listener.Addr().String()
}

func refusedDial(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return "https://" + free(t), plain()
}

func slowDial(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return "https://127.0.0.1:1", &http.Transport{DialContext: (&net.Dialer{Deadline: time.Unix(1, 0)}).DialContext}
}

func missingProxy(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return "https://api.example.net", &http.Transport{Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: free(t)})}
}

func closedProxy(t *testing.T) (string, *http.Transport) {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	t.Cleanup(proxy.Close)
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	return "https://api.example.net", &http.Transport{Proxy: http.ProxyURL(address)}
}

// secured is a TLS server that keeps its complaints about handshakes to itself.
func secured(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func otherName(t *testing.T) (string, *http.Transport) {
	t.Helper()
	server := secured(t)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	transport, _ := server.Client().Transport.(*http.Transport)
	transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", "127.0.0.1:"+port)
	}
	return "https://api.example.net", transport
}

func unknownAuthority(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return secured(t).URL, plain()
}

func oldTLS(t *testing.T) (string, *http.Transport) {
	t.Helper()
	transport, _ := secured(t).Client().Transport.(*http.Transport)
	server := secured(t)
	transport.TLSClientConfig.MinVersion, transport.TLSClientConfig.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	return server.URL, transport
}

func plainOnTLS(t *testing.T) (string, *http.Transport) {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	return "https://" + server.Listener.Addr().String(), plain()
}

func tlsOnPlain(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return "http://" + secured(t).Listener.Addr().String(), plain()
}

// talking is a server that says this to everyone and hangs up.
func talking(t *testing.T, scheme string, talk func(*net.TCPConn)) (string, *http.Transport) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			if tcp, ok := connection.(*net.TCPConn); ok {
				_, _ = tcp.Read(make([]byte, 4096))
				talk(tcp)
			}
			_ = connection.Close()
		}
	}()
	return scheme + "://" + listener.Addr().String(), plain()
}

// saying is a server that says these words to everyone, whatever is asked.
func saying(t *testing.T, scheme, words string) (string, *http.Transport) {
	t.Helper()
	return talking(t, scheme, func(c *net.TCPConn) { _, _ = io.WriteString(c, words) })
}

func noiseOnTLS(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return saying(t, "https", "220 mail.example.net ESMTP\r\n")
}

func endInHandshake(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return saying(t, "https", "")
}

func resetByPeer(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return talking(t, "http", func(c *net.TCPConn) { _ = c.SetLinger(0) })
}

func endOfConnection(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return saying(t, "http", "")
}

func endOfBody(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return saying(t, "http", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
}

func noHTTP(t *testing.T) (string, *http.Transport) {
	t.Helper()
	return saying(t, "http", "SSH-2.0-OpenSSH_9.6\r\n")
}

func longHeader(t *testing.T) (string, *http.Transport) {
	t.Helper()
	base, transport := saying(t, "http", "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 1<<20)+"\r\n\r\n")
	transport.MaxResponseHeaderBytes = 64 << 10
	return base, transport
}

// silent is a server that accepts connections and never says a word.
func silent(t *testing.T) (string, *http.Transport) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return "https://" + listener.Addr().String(), plain()
}
