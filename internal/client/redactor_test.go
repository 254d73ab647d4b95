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

// A server that sends back what it was sent must not bring it into an error, a log or the state.
func TestCredentialsThatAServerEchoesAreShownNowhere(t *testing.T) {
	t.Parallel()
	const everything = token + " " + key + " " + email
	refusal := `{"success":false,"errors":[{"code":1,"message":"` + everything + `","source":{"pointer":"` + everything + `"}}]}`
	escaped := `{"success":false,"errors":[{"code":1,"message":"user\u0040example.com 144c9defac04969c\u0037bfad8efaa8ea194","source":{"pointer":"\u0053n3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"}}]}`
	success := `{"success":true,"result":{"domain_name":"example.com","auto_renew":true,"status":"` + everything + `","created_at":"` + token + `"}}`
	workflow := `{"success":true,"result":{"state":"` + token + `","error":{"code":"` + key + `","message":"` + email + `"},"links":{"self":"/` + token + `"},"context":{"action":"` + key + `","confirmation_sent_to":"` + email + `","other":"` + token + `"}}}`
	odd := `{"success":true,"result":{"domain_name":"` + token + `","auto_renew":"` + key + `"}}`
	type row struct {
		status int
		body   string
		header http.Header
		err    error
	}
	client.Each(t, map[string]row{
		"in a refusal":                   {status: 403, body: refusal},
		"in a refusal, escaped":          {status: 403, body: escaped},
		"in an error page":               {status: 502, body: "<html>" + everything},
		"in a success":                   {status: 200, body: success},
		"in a workflow":                  {status: 200, body: workflow},
		"where something else should be": {status: 200, body: odd},
		"in the request's id":            {status: 403, body: refusal, header: http.Header{"Cf-Ray": {everything}}},
		"in a redirect":                  {status: 302, header: http.Header{"Location": {"https://evil.example/?" + everything}, "Cf-Ray": {token}}},
		"in a Retry-After":               {status: 403, body: refusal, header: http.Header{"Retry-After": {everything}}},
		"in the network's words":         {err: errors.New("cannot send Bearer " + everything)},
	}, func(t *testing.T, row row) {
		for _, credentials := range []client.Credentials{{Token: token, Email: email, Key: key}, {Key: key, Email: email}} {
			var log bytes.Buffer
			transport := transportFunc(func(request *http.Request) (*http.Response, error) {
				if row.err != nil {
					return nil, row.err
				}
				return answering(row.status, row.body, row.header).Transport().RoundTrip(request)
			})
			c := newClient(t, transport, func(c *client.Config) {
				c.Credentials = credentials
				c.Logger = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug - 100}))
			})
			update, setting := c.SetAutoRenew(t.Context(), exampleID(), true)
			var shown strings.Builder
			show(&shown, update, setting)
			if row.err == nil && row.status < 500 {
				registration, reading := c.Registration(t.Context(), exampleID())
				show(&shown, registration, reading)
			}
			shown.WriteString(log.String())
			for _, secret := range []string{credentials.Token, credentials.Key} {
				if secret != "" && strings.Contains(shown.String(), secret) {
					t.Errorf("%q is shown: %s", secret, shown.String())
				}
			}
		}
	})
}

// What is wrong with a proxy's address is said with the whole of it, in Go's own words.
func TestThePasswordOfAProxyIsShownNowhere(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{ //nolint:gosec // passwords that open nothing
		"a proxy address that is none":    `invalid proxy address "http://me:hunter22@proxy.example.net:x": parse "http://me:hunter22@proxy.example.net:x": invalid port`,
		"a password with reserved signs":  `parse "http://me:hun/ter22@?hunter22@proxy.example.net:x": invalid port`,
		"a password without a user's own": `parse "http://:hunter22@proxy.example.net:x": invalid port`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			transport := &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New(text) }}
			_, err := newClient(t, transport).SetAutoRenew(t.Context(), exampleID(), true)
			if e := problemOf(t, err); strings.Contains(err.Error(), "ter22") || !strings.Contains(err.Error(), "proxy.example.net") || e.Kind != client.KindUnreachable {
				t.Errorf("error = %v (kind %d), want it unreachable, with the proxy and without its password", err, e.Kind)
			}
		})
	}
}

// show writes what a caller can see of an answer or a failure.
func show(to *strings.Builder, result any, err error) {
	text, _ := json.Marshal(result)
	fmt.Fprintf(to, "%s %+v %v\n", text, result, err)
	if e, ok := errors.AsType[*client.Error](err); ok {
		fmt.Fprintf(to, "%s %s %s %v %v\n", e.Ray, e.Path, e.Reason(), e.Errors, e.ID)
	}
}

func TestWhatAServerSendsCannotForgeTheScreen(t *testing.T) {
	t.Parallel()
	const evil = `\u001b[2J\u001b[31m\r\nError: forged\u202e\u2066\u0000\u009b`
	type row struct {
		status int
		body   string
		header http.Header
	}
	client.Each(t, map[string]row{
		"in a message":           {403, `{"success":false,"errors":[{"code":1,"message":"` + evil + `"}]}`, nil},
		"in a pointer":           {403, `{"success":false,"errors":[{"code":1,"source":{"pointer":"` + evil + `"}}]}`, nil},
		"in a message of a list": {403, `{"success":false,"errors":[{"code":1,"message":["` + evil + `"]}]}`, nil},
		"in a domain's name":     {200, `{"success":true,"result":{"state":"pending","domain_name":"` + evil + `"}}`, nil},
		"in place of a state":    {200, `{"success":true,"result":{"state":["` + evil + `"]}}`, nil},
		"raw":                    {403, "\x1b[31m\u202e\r\n", http.Header{"Cf-Ray": {"\x1b[31m\u202e"}}},
	}, func(t *testing.T, row row) {
		_, err := newClient(t, answering(row.status, row.body, row.header).Transport()).SetAutoRenew(t.Context(), exampleID(), true)
		e := problemOf(t, err)
		shown := []string{err.Error(), e.Ray, e.Path}
		for _, answer := range e.Errors {
			shown = append(shown, answer.Message, answer.Pointer)
		}
		if strings.ContainsAny(strings.Join(shown, ""), "\x00\x1b\r\n\u009b\u202e\u2066") {
			t.Errorf("shown: %q", shown)
		}
	})
}
