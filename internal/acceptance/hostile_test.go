// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// terminalCodes recolor, rename and clear a terminal, ring its bell, overwrite earlier text and reverse later text.
const terminalCodes = "\x1b[31mred\x1b]0;title\x07\x1b[2J\x08\x7f\u009b31m\u202egnp.exe\u2066\u200e\u2028\u200b\r[ERROR] forged"

// hostileResponse replaces the registrar's answer to some requests for one domain. send replaces POISON in the body
// with the request's credentials and terminalCodes.
type hostileResponse struct {
	domain, method, suffix string // of the request; an empty method matches any
	status                 int    // 0 if the body is the whole response, with its status line
	body                   string
}

func (h hostileResponse) matches(r *http.Request) bool {
	return (h.method == "" || h.method == r.Method) && strings.HasSuffix(r.URL.Path, "/registrations/"+h.domain+h.suffix)
}

func (h hostileResponse) send(w http.ResponseWriter, r *http.Request) {
	secret := r.Header.Get("Authorization") + r.Header.Get("X-Auth-Key")
	if h.status == 0 {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_, _ = conn.Write([]byte(strings.ReplaceAll(h.body, "POISON", secret)))
			_ = conn.Close()
		}
		return
	}
	poison := secret + terminalCodes
	if strings.HasPrefix(h.body, "{") {
		poison = escaped(poison)
	}
	w.Header().Set("Cf-Ray", secret+"\u202e\u009b31m")
	w.Header().Set("Location", "https://example.net/"+secret)
	w.WriteHeader(h.status)
	_, _ = w.Write([]byte(strings.ReplaceAll(h.body, "POISON", poison))) //nolint:gosec // deliberately hostile
}

// escaped returns each character as a JSON escape, so that only decoding reveals a secret.
func escaped(text string) string {
	var all strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&all, `\u%04x`, unit)
	}
	return all.String()
}

func hostileResponses() []hostileResponse {
	const (
		refusal = `{"success":false,"errors":[{"code":10000,"message":"POISON","source":{"pointer":"POISON"}}]}`
		update  = `{"success":true,"result":{"state":"%s","completed":true,"context":{"action":"POISON","POISON":"POISON"},"error":{"code":"POISON","message":"POISON"}}}`
	)
	return []hostileResponse{
		{"message.com", http.MethodPatch, "", 400, refusal},
		{"failed.com", http.MethodPatch, "", 200, fmt.Sprintf(update, "failed")},
		{"action.com", http.MethodPatch, "", 200, fmt.Sprintf(update, "action_required")},
		{"mistyped.com", "", "/update-status", 200, `{"success":true,"result":{"state":["POISON"]}}`},
		{"page.com", "", "/update-status", 404, `<html>POISON</html>`},
		{"redirect.com", "", "/update-status", 307, ""},
		{"header.com", "", "/update-status", 0, "HTTP/1.1 200 OK\r\nContent-Length: POISON\r\n\r\n"},
		{"status.com", http.MethodGet, "", 200, `{"success":true,"result":{"domain_name":"status.com","auto_renew":true,"status":"POISON","created_at":"POISON"}}`},
		{"shown.com", "", "/update-status", 200, fmt.Sprintf(update, "succeeded")},
	}
}

// isUnsafe reports whether a character from the server must not reach a terminal.
func isUnsafe(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}

// unsafeInState matches an unsafe character in a state. It ignores escapes inside context_json, which have two
// backslashes.
var unsafeInState = regexp.MustCompile(`[^\\]\\u(00[0189]|20[26])`)

func TestAccHostileServer(t *testing.T) {
	// Like every test, this one searches files, logs and output for the credentials: see inspect.
	t.Parallel()
	for credentials, env := range map[string][]string{
		"a token": {},
		"a key":   {"CLOUDFLARE_API_TOKEN=", "CLOUDFLARE_API_KEY=" + key, "CLOUDFLARE_EMAIL=" + email},
	} {
		t.Run(credentials, func(t *testing.T) {
			t.Parallel()
			var config strings.Builder
			config.WriteString("data \"registrar_domain_update_status\" \"shown\" {\n  domain_name = \"shown.com\"\n}\n\noutput \"shown\" {\n  value = data.registrar_domain_update_status.shown\n}\n")
			var options []fakeregistrar.Option
			for i, response := range hostileResponses() {
				fmt.Fprintf(&config, "resource \"registrar_domain_settings\" \"a%d\" {\n  domain_name = %q\n  auto_renew  = true\n  timeouts    = { create = \"8s\" }\n}\n", i, response.domain)
				options = append(options, domain(response.domain, false, fakeregistrar.Slow(time.Second)))
			}
			w := open(t, config.String(), options...)
			server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				for _, response := range hostileResponses() {
					if response.matches(r) {
						response.send(rw, r)
						return
					}
				}
				w.fake.ServeHTTP(rw, r)
			}))
			t.Cleanup(server.Close)
			w.env = append(append(w.env, "CLOUDFLARE_BASE_URL="+server.URL+fakeregistrar.BasePath), env...)

			output := w.must(1, "apply", "-auto-approve", "-no-color").raw + w.cli("plan", "-no-color").raw
			for what, text := range map[string]string{"the output": output, "the state": w.state()} {
				if at := strings.IndexFunc(text, isUnsafe); at >= 0 || !strings.Contains(text, "gnp.exe") {
					t.Errorf("%s lacks the server's text, or has an unsafe character at %d: %q", what, at, text)
				}
			}
			if found := unsafeInState.FindString(w.state()); found != "" || strings.Count(output, "redacted)") < 5 {
				t.Errorf("the state contains %q, or the output lacks a redaction:\n%s", found, output)
			}
		})
	}
}
