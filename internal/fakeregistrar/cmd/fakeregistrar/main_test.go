// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestRunServesAndStopsAlthoughAPatchIsHeld(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-domain", "held.com,scenario=held=1h"}, in, io.Discard)
		_ = in.Close()
	}()
	lines := welcomeLines(out)
	const prefix = "export CLOUDFLARE_BASE_URL="
	if len(lines) != 8 || !strings.HasPrefix(lines[2], prefix) {
		t.Fatalf("welcome = %q", lines)
	}
	patched := make(chan error, 1)
	base := strings.TrimPrefix(lines[2], prefix)
	go func() { patched <- patchHeld(t.Context(), base) }()
	awaitRequest(t, strings.TrimSuffix(base, "/client/v4"))
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("run = %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("run does not end while a PATCH is held")
	}
	if err := <-patched; err == nil {
		t.Error("the PATCH was answered although the server stopped")
	}
}

// welcomeLines reads what run prints, which is one write.
func welcomeLines(out io.Reader) []string {
	buffer := make([]byte, 4096)
	n, _ := out.Read(buffer)
	var lines []string
	scanner := bufio.NewScanner(strings.NewReader(string(buffer[:n])))
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	return lines
}

func patchHeld(ctx context.Context, base string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch,
		base+"/accounts/"+defaultAccount+"/registrar/registrations/held.com", strings.NewReader(`{"auto_renew":true}`))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer x")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// awaitRequest returns once the server's log shows the PATCH.
func awaitRequest(t *testing.T, url string) {
	t.Helper()
	for range 500 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/_fake/requests", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		log, err := io.ReadAll(res.Body)
		if err = errors.Join(err, res.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(log), "PATCH") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the PATCH did not arrive")
}

func TestRunRefusesAnAddressInUse(t *testing.T) {
	t.Parallel()
	if err := run(t.Context(), []string{"-listen", "127.0.0.1:99999"}, io.Discard, io.Discard); err == nil || !strings.HasPrefix(err.Error(), "listening: ") {
		t.Errorf("error = %v, want one of listening", err)
	}
	if err := run(t.Context(), []string{"-listen", "nowhere"}, io.Discard, io.Discard); err == nil {
		t.Error("an address that is none was taken")
	}
}

func TestRequestLine(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 1, 13, 14, 15, 0, time.UTC)
	tests := map[string]fakeregistrar.Request{
		"13:14:15 PATCH /a {} 200 1.5s":           {Time: at, Method: "PATCH", Path: "/a", Body: "{}", Status: 200, Duration: 1500 * time.Millisecond},
		"13:14:15 GET /a?per_page=1 no-answer 0s": {Time: at, Method: "GET", Path: "/a", Query: "per_page=1"},
	}
	for want, request := range tests {
		if got := requestLine(request); got != want {
			t.Errorf("line = %q, want %q", got, want)
		}
	}
}
