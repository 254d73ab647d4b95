// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// shown returns the results, errors and logs of a PATCH and a GET with these credentials.
func shown(t *testing.T, transport http.RoundTripper, credentials client.Credentials) string {
	t.Helper()
	var all bytes.Buffer
	c := newClient(t, transport, func(c *client.Config) {
		c.Credentials = credentials
		c.Logger = slog.New(slog.NewJSONHandler(&all, &slog.HandlerOptions{Level: slog.LevelDebug - 100}))
	})
	update, setting := c.SetAutoRenew(t.Context(), exampleID(), true)
	polled, polling := c.PollUpdate(t.Context(), exampleID(), nil)
	text, _ := json.Marshal([]client.Update{update, polled})
	fmt.Fprintf(&all, "%s %+v %+v", text, update, polled)
	for _, err := range []error{setting, polling} {
		if e, ok := errors.AsType[*client.Error](err); ok {
			fmt.Fprintf(&all, "%v %s %s %v %v", err, e.Ray, e.Path, e.Errors, e.ID)
			fmt.Fprint(&all, e.Excerpt)
			for _, reason := range e.Errors {
				fmt.Fprint(&all, reason.Message, reason.Pointer, reason.Documentation) // String would quote them
			}
		}
	}
	return all.String()
}

func TestSecretsAreNeverShown(t *testing.T) {
	// Credentials that a server echoes must not reach an error, a log or the state. A server must not be able to
	// forge a log line or add colors.
	t.Parallel()
	const (
		secrets  = token + " " + key
		controls = `\u001b[2J\u001b[31m\r\nError: forged\u202e\u2066\u0000\u009b`
		evil     = secrets + controls
	)
	escaped := `144c9defac04969c\u0037bfad8efaa8ea194 \u0053n3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY`
	type row struct {
		status int
		body   string
		header http.Header
		err    error
	}
	client.Each(t, map[string]row{
		"in a refusal":          {status: 403, body: `{"success":false,"errors":[{"code":1,"message":"` + evil + `","source":{"pointer":"` + evil + `"}}]}`},
		"in a refusal, escaped": {status: 403, body: `{"success":false,"errors":[{"code":1,"message":"` + escaped + `"}]}`},
		"in an error page":      {status: 502, body: "<html>" + secrets + "\x1b[31m\u202e"},
		"in HTML entities":      {status: 403, body: "<p>&#83;" + token[1:] + " &#x31;" + key[1:]},
		"in a truncated page":   {status: 403, body: "<p>" + token, header: http.Header{"Content-Length": {"9999"}}},
		"in a workflow":         {status: 200, body: `{"success":true,"result":{"state":"` + evil + `","error":{"code":"` + evil + `","message":"` + evil + `"},"links":{"self":"/` + secrets + `"},"context":{"action":"` + secrets + `","other":"` + secrets + `"}}}`},
		"in a domain's name":    {status: 200, body: `{"success":true,"result":{"state":"pending","domain_name":"` + evil + `"}}`},
		"in place of a state":   {status: 200, body: `{"success":true,"result":{"state":["` + evil + `"]}}`},
		"in the request ID":     {status: 403, header: http.Header{"Cf-Ray": {secrets + "\x1b[31m\u202e"}}},
		"in a redirect":         {status: 302, header: http.Header{"Location": {"https://evil.example/?" + secrets}}},
		"in a network error":    {err: errors.New("cannot send Bearer " + secrets + "\x1b[31m")},
	}, func(t *testing.T, row row) {
		got := shown(t, transportFunc(func(request *http.Request) (*http.Response, error) {
			if row.err != nil {
				return nil, row.err
			}
			return answering(row.status, row.body, row.header).Transport().RoundTrip(request)
		}), client.Credentials{Token: token, Key: key, Email: email})
		if strings.Contains(got, token) || strings.Contains(got, key) {
			t.Errorf("a credential is shown: %s", got)
		}
		if !strings.Contains(row.body, "context") && strings.ContainsAny(got, "\x00\x1b\r\u009b\u202e\u2066") { // a context is passed on as sent
			t.Errorf("control characters are shown: %q", got)
		}
	})
}

func TestShortCredentialsAreNotRedacted(t *testing.T) {
	// Cloudflare's credentials have at least 37 bytes. A credential of fewer than 8 bytes could match by chance.
	t.Parallel()
	for secret, hidden := range map[string]bool{"7 bytes": false, "8  bytes": true, "a/slash in it": true} {
		body := `{"success":false,"errors":[{"code":1,"message":"got ` + strings.NewReplacer(" ", `\u0020`, "/", `\/`).Replace(secret) + `"}]}`
		got := shown(t, answering(403, body, nil).Transport(), client.Credentials{Token: secret})
		if strings.Contains(got, secret) == hidden {
			t.Errorf("%q: want redacted = %t in %s", secret, hidden, got)
		}
	}
}

func TestProxyPasswordIsNeverShown(t *testing.T) {
	// Go's error for a malformed proxy address contains the whole address.
	t.Parallel()
	for _, text := range []string{
		`invalid proxy address "http://me:hunter22@proxy.example.net:x": parse "http://me:hunter22@proxy.example.net:x": invalid port`,
		`parse "http://me:hun/ter22@?hunter22@proxy.example.net:x": invalid port`,
	} {
		transport := &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New(text) }}
		_, err := newClient(t, transport).SetAutoRenew(t.Context(), exampleID(), true)
		if wantError(t, err, client.KindUnreachable, 0, "proxy.example.net"); strings.Contains(err.Error(), "ter22") {
			t.Errorf("error = %v, want it without the password", err)
		}
	}
}
