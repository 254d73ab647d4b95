// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// hostileAnswer answers a request in place of the registrar. Each is aimed at one domain, so
// that one run of a CLI meets all of a kind.
type hostileAnswer struct {
	name   string // of the domain
	method string // empty for every one
	suffix string // of the path, for instance "/update-status"
	answer http.HandlerFunc
}

func (a hostileAnswer) matches(r *http.Request) bool {
	return (a.method == "" || a.method == r.Method) && strings.HasSuffix(r.URL.Path, "/registrations/"+a.name+a.suffix)
}

// openHostile is a workspace with a resource for each hostileAnswer, and a registrar that plays them.
func openHostile(t *testing.T, answers []hostileAnswer) *workspace {
	t.Helper()
	config, options := "", make([]fakeregistrar.Option, len(answers))
	for i, a := range answers {
		config += fmt.Sprintf("resource \"registrar_domain_settings\" \"a%d\" {\n  domain_name = %q\n  auto_renew  = true\n  timeouts    = { create = \"8s\" }\n}\n", i, a.name)
		options[i] = domain(a.name, false, fakeregistrar.Slow(time.Second))
	}
	w := open(t, config, options...)
	w.from(t, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		for _, a := range answers {
			if a.matches(r) {
				a.answer(rw, r)
				return
			}
		}
		w.fake.ServeHTTP(rw, r)
	}))
	return w
}

// from takes the registrar's place.
func (w *workspace) from(t *testing.T, handler http.Handler) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	w.env = append(w.env, "CLOUDFLARE_BASE_URL="+server.URL+fakeregistrar.BasePath)
}

// screen runs the CLI and gives what a terminal would get, byte by byte.
func (w *workspace) screen(args ...string) (string, int) {
	w.t.Helper()
	cmd, screen := w.command(w.t.Context(), append(args, "-no-color")...)
	_ = cmd.Run() // its code says it
	return screen.String(), cmd.ProcessState.ExitCode()
}

// echoed says the token in every way in which a server can say something.
func echoed(r *http.Request) []string {
	authorization := r.Header.Get("Authorization")
	var escaped strings.Builder
	for _, c := range authorization {
		fmt.Fprintf(&escaped, `\u%04x`, c)
	}
	return []string{authorization, escaped.String()}
}

func TestAccEchoedCredentialsAreNotShown(t *testing.T) {
	t.Parallel()
	refused := func(body func(echo string) string, escaped int, status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cf-Ray", r.Header.Get("Authorization"))
			w.Header().Set("Location", r.Header.Get("Authorization"))
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body(echoed(r)[escaped])))
		}
	}
	refusal := func(echo string) string {
		return `{"success":false,"errors":[{"code":10000,"message":"You sent ` + echo + `","source":{"pointer":"/` + echo + `"}}]}`
	}
	update := func(echo string) string {
		return `{"success":true,"result":{"state":"failed","completed":true,"created_at":"` + echo + `","context":{"action":"` + echo + `"},` +
			`"error":{"code":"` + echo + `","message":"` + echo + `"}}}`
	}
	odd := func(echo string) string {
		return `{"success":true,"result":{"state":"` + echo + `","domain_name":"` + echo + `"}}`
	}
	raw := func(format string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(conn, format, r.Header.Get("Authorization"))
				_ = conn.Close()
			}
		}
	}
	patch := http.MethodPatch
	w := openHostile(t, []hostileAnswer{
		{"message.com", patch, "", refused(refusal, 0, 400)},
		{"escaped.com", patch, "", refused(refusal, 1, 422)},
		{"failure.com", patch, "", refused(update, 0, 200)},
		{"failure-escaped.com", patch, "", refused(update, 1, 200)},
		{"odd.com", "", "/update-status", refused(odd, 0, 200)},
		{"odd-escaped.com", "", "/update-status", refused(odd, 1, 200)},
		{"redirect.com", "", "/update-status", refused(refusal, 0, 307)},
		{"page.com", "", "/update-status", refused(func(echo string) string { return echo }, 0, 404)},
		{"status-line.com", "", "/update-status", raw("%s\r\n\r\n")},
		{"status.com", "", "/update-status", raw("HTTP/1.1 %s\r\n\r\n")},
		{"header.com", "", "/update-status", raw("HTTP/1.1 200 OK\r\n%s\r\n\r\n")},
		{"length.com", "", "/update-status", raw("HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n")},
		{"encoding.com", "", "/update-status", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n")},
	})
	screen, code := w.screen("apply", "-auto-approve", "-input=false")
	if code != 1 {
		t.Errorf("ended with %d; want 1\n%s", code, screen)
	}
	for _, secret := range []string{token, token[4:], strings.ToLower(token)} {
		if strings.Contains(screen, secret) {
			t.Errorf("the screen shows the token:\n%s", screen)
		}
	}
}

// terminalCodes is what a hostile text does to a terminal: it recolours, renames and clears it, rings,
// goes back over what was written, and reverses what follows. Escaped as in JSON, it is the same.
const terminalCodes = "\x1b[31mred\x1b]0;title\x07\x1b[2J\x08\x7f\u009b31m\u202egnp.exe\u2066\u200e\u2028\u200b\r[ERROR] forged"

func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(encoded)
}

// isUnsafe are the characters that no terminal may get from a server.
func isUnsafe(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}

func TestAccTheTerminalStaysClean(t *testing.T) {
	t.Parallel()
	says := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Cf-Ray", "8f\u202e\u009b31m")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(strings.ReplaceAll(body, `"POISON`, `"`+strings.Trim(quoted(terminalCodes), `"`))))
		}
	}
	registration := `{"success":true,"result":{"domain_name":"%s","auto_renew":true,"status":"POISON","created_at":"POISON","expires_at":"POISON","privacy_mode":"POISON","locked":true}}`
	update := `{"success":true,"result":{"state":"%s","completed":true,"context":{"action":"POISON","confirmation_sent_to":"POISON","POISON":"POISON"},"error":{"code":"POISON","message":"POISON"}}}`
	w := openHostile(t, []hostileAnswer{
		{"message.com", http.MethodPatch, "", says(400, `{"success":false,"errors":[{"code":10000,"message":"POISON","source":{"pointer":"POISON"}}]}`)},
		{"failed.com", http.MethodPatch, "", says(200, fmt.Sprintf(update, "failed"))},
		{"action.com", http.MethodPatch, "", says(200, fmt.Sprintf(update, "action_required"))},
		{"about.com", "", "/update-status", says(200, `{"success":true,"result":{"state":"pending","domain_name":"POISON"}}`)},
		{"mistyped.com", "", "/update-status", says(200, `{"success":true,"result":{"state":["POISON"]}}`)},
		{"html.com", "", "/update-status", says(404, `<html>"POISON</html>`)},
		{"status.com", http.MethodGet, "", says(200, fmt.Sprintf(registration, "status.com"))},
		{"shown.com", "", "/update-status", says(200, fmt.Sprintf(update, "succeeded"))},
	})
	w.write("data.tf", `
data "registrar_domain_update_status" "shown" {
  domain_name = "shown.com"
}

output "shown" {
  value = data.registrar_domain_update_status.shown
}
`)
	screen, _ := w.screen("apply", "-auto-approve", "-input=false")
	again, _ := w.screen("plan", "-input=false")
	state, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{"the screen": screen + again, "the state": string(state)} {
		if !strings.Contains(text, "gnp.exe") {
			t.Errorf("%s shows nothing of the text:\n%s", what, text)
		}
		if at := strings.IndexFunc(text, isUnsafe); at >= 0 {
			t.Errorf("%s has a character that does something to a terminal: …%q…", what, text[max(0, at-200):min(len(text), at+60)])
		}
		for _, escape := range []string{`\u001b`, `\u202e`, `\u009b`, `\u0007`} {
			if at := strings.Index(text, escape); at >= 0 && what == "the state" && !strings.Contains(text[max(0, at-1):at], `\`) {
				t.Errorf("%s has %s: …%q…", what, escape, text[max(0, at-200):min(len(text), at+60)])
			}
		}
	}
}
