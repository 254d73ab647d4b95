// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// documentedBodies seed a fuzzer with the documented answers and some that nobody should send.
func documentedBodies(f *testing.F) {
	f.Helper()
	names, err := fs.Glob(os.DirFS("testdata"), "*.json")
	if err != nil || len(names) == 0 {
		f.Fatalf("no documented answers: %v", err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(os.DirFS("testdata"), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	for _, body := range []string{
		``, `null`, `[]`, `{}`, `{"success":true}`, `{"success":false,"errors":[{"code":"x"}]}`, `{"success":true,"result":null}`,
		`{"success":true,"result":{"domain_name":"example.com","auto_renew":true,"privacy_mode":false,"expires_at":null}}`,
		`{"success":true,"result":{"state":"succeeded","context":{"domain_name":"example.com","registration":{"domain_name":"example.com","auto_renew":true}}}}`,
		`{"success":true,"result":[{"domain_name":"example.com","auto_renew":true},7],"result_info":{"cursor":""}}`,
		`{"success":true,"result":{"state":"\u001b[31m","domain_name":"EXAMPLE.com."}}`,
	} {
		f.Add([]byte(body))
	}
}

// FuzzDecode looks for an answer that is believed although it does not say what decisions rest
// on, for one that shows control characters, and for one that ends the program.
func FuzzDecode(f *testing.F) {
	documentedBodies(f)
	u, err := ParseBaseURL("https://api.example.net/client/v4")
	if err != nil {
		f.Fatal(err)
	}
	c := New(Config{BaseURL: u})
	id := DomainID{Account: exampleAccount, Name: "example.com"}
	f.Fuzz(func(t *testing.T, body []byte) {
		call := call{op: "testing", id: id, url: c.registrationURL(id)}
		wantPlainError(t, c.statusError(call, response{status: 403, body: body}))
		env, err := c.unwrap(call, response{status: 200, body: body})
		if wantPlainError(t, err); err != nil {
			return
		}
		if registration, err := decodeRegistration(env.Result); err == nil {
			wantInBody(t, env.Result, "auto_renew", registration.AutoRenew)
			wantPlain(t, string(registration.Name), registration.Status, registration.CreatedAt, registration.ExpiresAt, registration.PrivacyMode)
		}
		if update, err := decodeUpdate(env.Result, id.Name, func(string) *url.URL { return nil }); err == nil {
			if update.State == "" || update.Registration != nil && update.Registration.Name != id.Name {
				t.Errorf("believed: %+v", update)
			}
			wantPlain(t, string(update.State), update.Action, update.ConfirmationSentTo, update.ErrorCode, update.ErrorMessage)
		}
		if page, err := decodePage(env); err == nil && len(page.Registrations)+len(page.Unreadable) >= pageSize && !strings.Contains(string(env.ResultInfo), "cursor") {
			t.Errorf("a full page without a cursor is believed: %s", body)
		}
	})
}

// wantInBody fails unless the body has this very value.
func wantInBody(t *testing.T, raw json.RawMessage, field string, want any) {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil || all[field] != want {
		t.Errorf("%s = %v is believed of %s (%v)", field, want, raw, err)
	}
}

func wantPlain(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("shown: %q", text)
		}
	}
}

func wantPlainError(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*Error](err)
	if err != nil && !ok {
		t.Fatalf("error = %v (%T), want an *Error", err, err)
	}
	if !ok {
		return
	}
	wantPlain(t, e.Error(), e.Ray)
	for _, answer := range e.Errors {
		wantPlain(t, answer.Message, answer.Pointer)
	}
}

// FuzzRedaction looks for JSON that means something else once credentials are looked for in it.
func FuzzRedaction(f *testing.F) {
	documentedBodies(f)
	for _, body := range []string{`"\\u0041"`, `"\\\u0041\/\""`, `"\ud83d\ude00"`, `"\ud83d"`, `"\u0022\u005c\u0000\u007f"`, `"\`} {
		f.Add([]byte(body))
	}
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
