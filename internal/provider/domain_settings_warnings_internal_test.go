// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// TestAutoRenewWarningSummaries tests each old and new auto_renew, at different times before and after expiry.
// It tests new, changed and replaced resources, in production and in the sandbox. A summary must include the
// domain unless the diff shows the change and the date is more than 30 days away.
func TestAutoRenewWarningSummaries(t *testing.T) {
	t.Parallel()
	const (
		mayCharge, mayTurnOff = "The apply may authorize charges", "The apply may turn auto-renew off"
		expired               = "Auto-renew can't recover an expired domain"
	)
	on, off, unknown := types.BoolValue(true), types.BoolValue(false), types.BoolUnknown()
	dates := []string{"", "2000-01-31T00:00:01Z", "2000-01-31T00:00:00Z", "2000-01-01T00:00:00Z", "1999-12-31T23:59:59Z"}
	for _, c := range []struct {
		shown, want types.Bool
		summaries   [5]string // one per date
	}{
		{off, on, [5]string{
			"Turning auto-renew on authorizes charges", "Turning auto-renew on authorizes charges",
			"Turning auto-renew on may incur a charge now", "Turning auto-renew on may incur a charge now", expired,
		}},
		{on, off, [5]string{
			"Turning auto-renew off lets the domain expire", "Turning auto-renew off lets the domain expire",
			"With auto-renew off, the domain expires on 2000-01-31", "With auto-renew off, the domain expires on 2000-01-01", expired,
		}},
		{on, on, [5]string{}},
		{off, off, [5]string{}},
		{types.BoolNull(), on, [5]string{mayCharge, mayCharge, mayCharge, mayCharge, expired}},
		{types.BoolNull(), off, [5]string{mayTurnOff, mayTurnOff, mayTurnOff, mayTurnOff, expired}},
		{types.BoolNull(), unknown, [5]string{mayCharge, mayCharge, mayCharge, mayCharge, expired}},
		{off, unknown, [5]string{mayCharge, mayCharge, mayCharge, mayCharge, expired}},
		{on, unknown, [5]string{mayTurnOff, mayTurnOff, mayTurnOff, mayTurnOff, expired}},
	} {
		for n, want := range c.summaries {
			facts := adoption(exampleID(), c.want, registrationModel{}.with(exampleID(), client.Registration{ExpiresAt: dates[n]}), nil)
			facts.now, facts.shown.AutoRenew = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), c.shown
			named := want
			if want != "" {
				named += ": example.com"
			}
			kept := named
			if n < 2 {
				kept = want
			}
			summary(t, facts, named)
			summary(t, facts.managed(exampleID().Account), kept)
			summary(t, facts.replaced(), named)
		}
	}
}

// summary checks the warning about auto_renew, first in production, then in the sandbox.
func summary(t *testing.T, facts planFacts, want string) {
	t.Helper()
	for _, product := range []client.Product{client.Production, client.Sandbox} {
		facts.product = product
		var text, got string
		for _, d := range facts.diagnostics() {
			at, ok := d.(diag.DiagnosticWithPath)
			if ok && at.Path().String() == "auto_renew" && !strings.HasPrefix(d.Summary(), "Destroying") {
				got, text = d.Summary(), text+d.Summary()+d.Detail()
			}
		}
		if product == client.Sandbox && strings.Contains(want, "charge") {
			want = ""
		}
		if got != want || len(got) > 70 {
			t.Errorf("%v to %v, expiry %v: %q; want %q", facts.shown.AutoRenew, facts.autoRenew, facts.shown.ExpiresAt, got, want)
		}
		if product == client.Sandbox && strings.Contains(text, "charge") {
			t.Errorf("the sandbox has no charges, but the warning is %s", text)
		}
	}
}
