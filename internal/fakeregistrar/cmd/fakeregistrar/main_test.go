// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// send returns the body of an answer over a socket.
func send(t *testing.T, method, url, body string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer x")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(res.Body)
	return string(text), errors.Join(err, res.Body.Close())
}

func TestRunServesAndStopsAlthoughAPatchIsHeld(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended, patched := make(chan error, 1), make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-domain", "held.com,scenario=held=1h", "-domain", "example.net,sandbox"}, in, io.Discard)
	}()
	welcome := make([]byte, 4096)
	n, err := out.Read(welcome) // it is one write
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(welcome[:n]), "\n")
	base, found := strings.CutPrefix(lines[2], "export CLOUDFLARE_BASE_URL=")
	if !found || len(lines) != 10 || !strings.HasSuffix(lines[8], "immediate (only with sandbox = true)") {
		t.Fatalf("welcome = %q", lines)
	}
	address := strings.TrimSuffix(strings.TrimPrefix(base, "http://"), "/client/v4")
	if err := run(t.Context(), []string{"-listen", address}, io.Discard, io.Discard); err == nil ||
		!strings.HasSuffix(err.Error(), "address already in use; perhaps another fakeregistrar runs: choose another port, or -listen 127.0.0.1:0 for a free one") {
		t.Errorf("a second one on the same address: %v", err)
	}
	go func() {
		_, err := send(t, http.MethodPatch, base+"/accounts/"+defaultAccount+"/registrar/registrations/held.com", `{"auto_renew":true}`)
		patched <- err
	}()
	for log := ""; !strings.Contains(log, `held.com {"auto_renew":true} no-answer `); time.Sleep(10 * time.Millisecond) {
		if log, err = send(t, http.MethodGet, "http://"+address+"/_fake/requests", ""); err != nil {
			t.Fatal(err)
		}
	}
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
