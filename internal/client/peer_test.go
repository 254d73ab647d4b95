// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestOneCallSendsOneRequestToAHostilePeer(t *testing.T) {
	// One call sends one request to any peer: net/http must not resend a PATCH or a GET. This package doesn't
	// retry PollUpdate either.
	t.Parallel()
	certificate := certified(t)
	rows := unreachablePeers()
	maps.Copy(rows, reachablePeers())
	client.EachInFakeTime(t, rows, func(t *testing.T, row peerTest) {
		for _, method := range []string{http.MethodPatch, http.MethodGet} {
			p := &peer{certificate: certificate, serve: row.serve, raw: row.raw, protocols: row.protocols}
			transport := p.transport(t)
			if row.tune != nil {
				row.tune(transport)
			}
			c := newClient(t, transport)
			if row.reused {
				if _, err := c.PollUpdate(t.Context(), exampleID(), nil); err != nil {
					t.Fatal(err)
				}
				time.Sleep(2 * time.Second)
				p.requests.Store(0)
			}
			started := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), cmp.Or(row.deadline, time.Hour))
			defer cancel()
			err := send(ctx, c, method)
			if took := time.Since(started); took != row.took {
				t.Errorf("%s took %s, want %s", method, took, row.took)
			}
			time.Sleep(time.Hour) // in case something is still to come
			if got := p.requests.Load(); got != row.sent {
				t.Errorf("%d of %s reached the peer, want %d", got, method, row.sent)
			}
			if row.kind == 0 && err != nil {
				t.Errorf("%s: error = %v, want none", method, err)
			}
			if row.kind != 0 {
				if e := matchError(t, err, row.kind, row.status, ""); e.RetryAfter != row.retryAfter {
					t.Errorf("%s: RetryAfter = %s, want %s", method, e.RetryAfter, row.retryAfter)
				}
			}
		}
	})
}

func send(ctx context.Context, c *client.Client, method string) error {
	if method == http.MethodPatch {
		_, err := c.SetAutoRenew(ctx, exampleID(), true)
		return err
	}
	_, err := c.PollUpdate(ctx, exampleID(), nil)
	return err
}

func TestConnectionsAreBoundedAndKept(t *testing.T) {
	// With -parallelism=100, the client opens 64 connections and keeps them.
	t.Parallel()
	certificate := certified(t)
	synctest.Test(t, func(t *testing.T) {
		p := &peer{certificate: certificate, serve: func(c *peerConn) {
			for c.whole() {
				time.Sleep(time.Second)
				c.say(http1(200, "", inProgress, 0))
			}
		}}
		c := newClient(t, p.transport(t))
		for range 3 {
			var running errgroup.Group
			for range 100 {
				running.Go(func() error { return send(t.Context(), c, http.MethodPatch) })
			}
			if err := running.Wait(); err != nil {
				t.Error(err)
			}
		}
		if connections, requests := p.connections.Load(), p.requests.Load(); connections != 64 || requests != 300 {
			t.Errorf("%d requests on %d connections, want 300 on 64", requests, connections)
		}
		for i, idle := range []time.Duration{89 * time.Second, 91 * time.Second} {
			time.Sleep(idle)
			if err := send(t.Context(), c, http.MethodPatch); err != nil || p.connections.Load() != int32(64+i) {
				t.Errorf("%d connections after %s idle, %v; want them closed after 90 s", p.connections.Load(), idle, err)
			}
		}
	})
}
