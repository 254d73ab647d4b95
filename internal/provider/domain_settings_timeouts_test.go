// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestTimeoutsAreRefusedWhenPlanning(t *testing.T) {
	t.Parallel()
	for duration, fault := range map[string]string{
		"0s": "too short", "1ns": "too short", "999ms": "too short", "-1.5h": "too short",
		"20": "not a duration", "soon": "not a duration", "": "not a duration", "1d": "not a duration",
		"99999999h": "too long", "721h": "too long", "1s": "", "720h": "", "1h30m": "",
	} {
		t.Run("timeout "+duration, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				diags := start(t, fake).validate(settings("example.com", true).With(timeouts("read", duration)))
				want := `timeouts.read is "` + duration + `", which is ` + fault
				if failed(diags) != (fault != "") || failed(diags) && (len(diags) > 1 || !strings.Contains(show(diags), want)) {
					t.Errorf("validation says %q; want %q", show(diags), want)
				}
			})
		})
	}
}

// Read takes its timeout from the state, so the configuration cannot mend one that is too short.
func TestReadSurvivesATimeoutInStateThatIsTooShort(t *testing.T) {
	t.Parallel()
	for _, duration := range []string{"1ns", "0s", "-1h", "soon"} {
		t.Run(duration, func(t *testing.T) {
			t.Parallel()
			play(t, func(t *testing.T, fake *fakeregistrar.Server) {
				s := start(t, fake)
				state := s.must(s.importID("example.com"))
				fake.SetAutoRenew(testAccount, "example.com", false)
				state = s.must(start(t, fake).read(state.With(timeouts("read", duration))))
				if !state["auto_renew"].Equal(truth(false)) {
					t.Errorf("read %v", state)
				}
			}, held("example.com", true, fakeregistrar.Immediate()), fakeregistrar.WithLatency(2*time.Second))
		})
	}
}
