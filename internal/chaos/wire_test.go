// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// wire is the network of one provider process. It notes what the provider was shown, repeats
// answers of the past, and knows by when nothing more may be sent.
type wire struct {
	run     *run
	inner   http.RoundTripper
	repeats []int // which answers of update-status to repeat the one before in place of

	mu       sync.Mutex
	statuses int               // answers of update-status so far
	last     map[string][]byte // the last of them, by path
	over     bool              // the process has ended
}

func (r *run) wire(repeats []int) *wire {
	return &wire{run: r, inner: r.fake.Transport(), repeats: repeats, last: map[string][]byte{}}
}

// end is the end of the process: a request after it comes of something left running.
func (w *wire) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
}

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	w.mu.Lock()
	over := w.over
	w.mu.Unlock()
	if over {
		w.run.problem("%s %s was sent after the process had ended", req.Method, req.URL.Path)
	}
	resp, err := w.inner.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(req.URL.Path, "/update-status") && resp.StatusCode == http.StatusOK {
		if err := w.repeat(req.URL.Path, resp); err != nil {
			return nil, err
		}
	}
	resp.Body = &witness{ReadCloser: resp.Body, run: w.run}
	return resp, nil
}

// repeat lets an earlier answer about the same update arrive once more, in place of a newer
// one: a cache on the way, or two answers that overtook each other. Answers of an update before
// that are not repeated: they would tell a lie against which nobody could do anything.
func (w *wire) repeat(path string, resp *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.statuses++
	if before := w.last[path]; slices.Contains(w.repeats, w.statuses-1) && sameUpdate(before, body) {
		body = before
	}
	w.last[path] = body
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return nil
}

// sameUpdate reports whether two answers are about one update, and the first is of a time when
// it was under way.
func sameUpdate(before, now []byte) bool {
	var a, b struct {
		Result struct {
			State     string `json:"state"`
			CreatedAt string `json:"created_at"`
		} `json:"result"`
	}
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(now, &b) != nil {
		return false
	}
	return a.Result.CreatedAt != "" && a.Result.CreatedAt == b.Result.CreatedAt && a.Result.State != "succeeded" && a.Result.State != "failed"
}

// witness reads along. What counts as shown is what arrived whole.
type witness struct {
	io.ReadCloser

	run  *run
	body bytes.Buffer
}

// Read implements io.Reader.
func (w *witness) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if w.body.Len() < 1<<20 {
		w.body.Write(p[:n])
	}
	if errors.Is(err, io.EOF) {
		w.run.show(w.body.Bytes())
		w.body.Reset()
	}
	return n, err
}

// showing is a value of auto_renew that an answer had, and when that answer was complete.
type showing struct {
	domain    string
	autoRenew bool
	at        time.Time
	true      bool // it was so at that moment
}

func (s showing) String() string {
	return fmt.Sprintf("%s auto_renew=%t", s.domain, s.autoRenew)
}

// show notes every registration in an answer, wherever in it that stands.
func (r *run) show(body []byte) {
	var answer any
	if json.Unmarshal(body, &answer) != nil {
		return
	}
	for domain, autoRenew := range registrations(answer, map[string]bool{}) {
		held, _ := r.fake.Registration(account, domain)
		r.mu.Lock()
		r.shown = append(r.shown, showing{domain, autoRenew, time.Now(), held.AutoRenew == autoRenew})
		r.mu.Unlock()
	}
}

func registrations(node any, found map[string]bool) map[string]bool {
	switch node := node.(type) {
	case []any:
		for _, member := range node {
			registrations(member, found)
		}
	case map[string]any:
		name, named := node["domain_name"].(string)
		if value, ok := node["auto_renew"].(bool); named && ok {
			found[name] = value
		}
		for _, member := range node {
			registrations(member, found)
		}
	}
	return found
}
