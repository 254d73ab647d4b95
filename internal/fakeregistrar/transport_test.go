// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// A bubble does not end while one of its goroutines is left, so each of these
// tests also proves that the transport leaves none.

func TestTransportRefusesARequestThatIsOverAlready(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.try(c.request(http.MethodPatch, domainPath, "{}").WithContext(ctx)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want that of the context", err)
	}
	if log := c.server.Requests(); len(log) != 0 {
		t.Errorf("log = %+v, want nothing", log)
	}
}

func TestTransportEndsTheBodyWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate())
		c.server.Inject(fake.Fault{DelayBody: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		if _, err := c.try(c.request(http.MethodGet, domainPath, "").WithContext(ctx)); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
			t.Errorf("error after %s = %v, want the deadline's after a minute", time.Since(start), err)
		}
	})
}

func TestTransportSurvivesABodyThatNobodyReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Immediate())
		res, err := c.server.Transport().RoundTrip(c.request(http.MethodGet, domainPath, ""))
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
		if _, err := res.Body.Read(make([]byte, 1)); err == nil {
			t.Error("a closed body can be read")
		}
	})
}

func TestTransportHonoursTheTimeoutOfAClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withScenario(t, fake.Held(5*time.Second))
		client := &http.Client{Transport: c.server.Transport(), Timeout: 2 * time.Second}
		res, err := client.Do(c.request(http.MethodPatch, domainPath, `{"auto_renew":true}`))
		if err == nil {
			_ = res.Body.Close()
			t.Fatal("the client's timeout had no effect")
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v, want a timeout", err)
		}
	})
}
