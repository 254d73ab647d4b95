// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
)

// aPage is the answer with a full page.
func aPage() []byte {
	entries := make([]string, pageSize)
	for i := range entries {
		entries[i] = fmt.Sprintf(`{"domain_name":"domain%04d.com","auto_renew":true,"status":"active","created_at":"2020-01-02T03:04:05Z",`+
			`"expires_at":"2030-01-02T03:04:05Z","locked":true,"privacy_mode":"redaction"}`, i)
	}
	var all bytes.Buffer
	for i, entry := range entries {
		if i > 0 {
			all.WriteByte(',')
		}
		all.WriteString(entry)
	}
	return fmt.Appendf(nil, `{"success":true,"errors":[],"messages":[],"result":[%s],"result_info":{"count":50,"cursor":"","per_page":50}}`, &all)
}

// BenchmarkListPage is a page from the answer's head to registrations.
func BenchmarkListPage(b *testing.B) {
	body := aPage()
	c := New(Config{
		BaseURL: &url.URL{Scheme: "https", Host: "api.example.net", Path: "/client/v4"}, Credentials: Credentials{Token: "a-token-of-the-benchmark"},
		Transport: always(body), Limiter: NewLimiter(),
	})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		c.limiter = NewLimiter() // or the rate limit would be measured
		for page, err := range c.Registrations(b.Context(), "023e105f4ecef8ad9ca31a8372d0c353") {
			if err != nil || len(page.Registrations) != pageSize {
				b.Fatal(len(page.Registrations), err)
			}
		}
	}
}

// BenchmarkDecodePage is the part of it that reads the entries.
func BenchmarkDecodePage(b *testing.B) {
	var sealed envelope
	if err := json.Unmarshal(aPage(), &sealed); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(sealed.Result)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := decodePage(sealed); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRedactPage is the part of it that takes credentials out.
func BenchmarkRedactPage(b *testing.B) {
	body, r := aPage(), newRedactor(Credentials{Token: "a-token-of-the-benchmark"})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		r.cleanJSON(body)
	}
}

// always answers everything alike.
type always []byte

func (body always) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: request}, nil
}
