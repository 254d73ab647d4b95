// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// seed adds the documented responses and others to a fuzzer.
func seed(f *testing.F, bodies ...string) {
	f.Helper()
	for _, body := range Documented(f) {
		f.Add([]byte(body))
	}
	for _, body := range bodies {
		f.Add([]byte(body))
	}
}

// FuzzDecode searches for a response that causes a panic, or that decodes with control characters or without
// the fields that decisions depend on.
func FuzzDecode(f *testing.F) {
	seed(f, ``, `null`, `{"success":false,"errors":[{"code":"x"}]}`,
		`{"success":true,"result":{"state":"succeeded","context":{"domain_name":"example.com","registration":{"domain_name":"example.com","auto_renew":true}}}}`,
		`{"success":true,"result":[{"domain_name":"example.com","auto_renew":true,"expires_at":null},7],"result_info":{"cursor":""}}`,
		`{"success":true,"result":{"state":"\u001b[31m","domain_name":"EXAMPLE.com."}}`)
	c := clientAt(f, "https://api.example.net/client/v4", Production)
	id := DomainID{Account: exampleAccount, Name: "example.com"}
	f.Fuzz(func(t *testing.T, body []byte) {
		req := request{op: "testing", id: id, url: c.registrationURL(id)}
		wantPlainError(t, c.statusError(req, response{status: 403, body: body}))
		env, err := decodeResponse(c, req, response{status: 200, body: body}, func(env envelope) (envelope, error) { return env, nil })
		if wantPlainError(t, err); err != nil {
			return
		}
		if registration, err := decodeRegistration(env.Result); err == nil {
			var sent map[string]any
			if err := json.Unmarshal(env.Result, &sent); err != nil || sent["auto_renew"] != registration.AutoRenew {
				t.Errorf("auto_renew = %t was decoded from %s", registration.AutoRenew, env.Result)
			}
			wantPlain(t, string(registration.Name), registration.Status, registration.CreatedAt, registration.ExpiresAt, registration.PrivacyMode)
		}
		if update, err := decodeUpdate(env.Result, id.Name, func(string) *url.URL { return nil }); err == nil {
			if update.State == "" || update.Registration != nil && update.Registration.Name != id.Name {
				t.Errorf("decoded an invalid update: %+v", update)
			}
			wantPlain(t, string(update.State), update.Action, update.ConfirmationSentTo, update.ErrorCode, update.ErrorMessage)
		}
		if page, err := decodePage(env); err == nil && len(page.Registrations)+len(page.Unreadable) >= pageSize && !strings.Contains(string(env.ResultInfo), "cursor") {
			t.Errorf("a full page without a cursor was decoded: %s", body)
		}
	})
}

func wantPlain(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("control characters in %q", text)
		}
	}
}

func wantPlainError(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return
	}
	wantPlain(t, e.Error(), e.Excerpt)
	for _, reason := range e.Errors {
		wantPlain(t, reason.Message, reason.Pointer, reason.Documentation)
	}
}

// FuzzRedaction searches for JSON whose meaning changes after redaction.
func FuzzRedaction(f *testing.F) {
	seed(f, `"\\u0041"`, `"\\\u0041\/\""`, `"\ud83d\ude00"`, `"\ud83d"`, `"\u0022\u005c\u0000\u007f"`, `"\`)
	clean := newRedactor(Credentials{Token: "an-example-token"})
	f.Fuzz(func(t *testing.T, body []byte) {
		var before, after any
		if json.Unmarshal(body, &before) != nil || strings.Contains(string(body), "example-token") {
			return
		}
		if err := json.Unmarshal(clean.cleanJSON(body), &after); err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%s became %s (%v)", body, clean.cleanJSON(body), err)
		}
	})
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	Each(t, map[string]struct{ text, want string }{
		"terminal colors": {"\x1b[31mred\x1b[0m", "[31mred [0m"},
		"a single character that starts a color sequence": {"\u009b31mred", "31mred"},
		"a forged log line":   {"no\r\nError: yes", "no  Error: yes"},
		"right-to-left text":  {"a\u202egnp.exe", "a gnp.exe"},
		"zero-width text":     {"a\u200bb\ufeffc", "a b c"},
		"line separators":     {"a\u2028b\u2029c", "a b c"},
		"invalid UTF-8 bytes": {"a\xff\xfeb", "a\uFFFDb"},
		"text at the limit":   {strings.Repeat("é", 1000), strings.Repeat("é", 1000)},
		"text over the limit": {strings.Repeat("é", 1001), strings.Repeat("é", 1000) + "…"},
	}, func(t *testing.T, row struct{ text, want string }) {
		if got := printable(row.text); got != row.want {
			t.Errorf("printable(%q) = %q, want %q", row.text, got, row.want)
		}
	})
}
