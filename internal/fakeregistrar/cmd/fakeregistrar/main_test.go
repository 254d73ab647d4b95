// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRunStopsWhileAPatchIsHeld(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended, patched := make(chan error, 1), make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-domain", "held.com,scenario=held=1h", "-domain", "example.net,sandbox"}, in, io.Discard)
	}()
	welcome := make([]byte, 4096)
	n, err := out.Read(welcome) // the welcome is a single write
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(welcome[:n]), "\n")
	base, found := strings.CutPrefix(lines[2], "export CLOUDFLARE_BASE_URL=")
	if !found || len(lines) != 10 || !strings.HasSuffix(lines[8], "immediate (only with sandbox = true)") {
		t.Fatalf("welcome = %q", lines)
	}
	url := strings.TrimSuffix(base, "/client/v4")
	if err := run(t.Context(), []string{"-listen", strings.TrimPrefix(url, "http://")}, io.Discard, io.Discard); err == nil ||
		!strings.HasSuffix(err.Error(), "address already in use; another fakeregistrar may be running: choose another port, or -listen 127.0.0.1:0 for a free one") {
		t.Errorf("second fake on the same address: error = %v", err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch,
		base+"/accounts/"+defaultAccount+"/registrar/registrations/held.com", strings.NewReader(`{"auto_renew":true}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer x")
	go func() {
		_, err := http.DefaultClient.Do(req) //nolint:bodyclose // no answer comes
		patched <- err
	}()
	for log := new(strings.Builder); !strings.Contains(log.String(), `held.com {"auto_renew":true} no-answer `); time.Sleep(10 * time.Millisecond) {
		if err := run(t.Context(), []string{"GET", url + "/_fake/requests"}, log, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(t.Context(), []string{"POST", url + "/_fake/domains/nowhere.com/auto_renew/true"}, io.Discard, io.Discard); err == nil || err.Error() != "404 Not Found" {
		t.Errorf("a POST for an unknown domain: error = %v, want 404 Not Found", err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("run = %v", err)
	}
	if err := <-patched; err == nil {
		t.Error("the PATCH was answered although the server stopped")
	}
}
