// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// An update that one resource started, and no longer watches, is known to the next one for the
// domain even while its status is that of an update before it.
func TestASecondResourceJoinsWhatTheFirstStarted(t *testing.T) {
	t.Parallel()
	play(t, func(t *testing.T, fake *fakeregistrar.Server) {
		fake.StartScenario(testAccount, "example.com", false, fakeregistrar.Immediate())
		s := start(t, fake)
		first, _ := s.plan(nil, settings("example.com", true).With(timeouts("create", "500ms")))
		second, _ := s.plan(nil, settings("example.com", true))
		if _, diags := s.apply(t.Context(), first); !failed(diags) {
			t.Fatal("the first apply has time to finish")
		}
		s.must(s.apply(t.Context(), second))
		if got := patches(fake); len(got) != 1 {
			t.Errorf("sent %v; want one PATCH", got)
		}
	}, held("example.com", false, fakeregistrar.StaleStatus(30*time.Second)))
}
