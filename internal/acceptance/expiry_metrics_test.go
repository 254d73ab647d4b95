// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os/exec"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// metricDomains lists domains: name, auto-renew, expiry date, and that date in Unix time. Some dates are at the end of a
// year or of February.
const metricDomains = `
a-year-end.example true  2027-12-31T23:59:59Z 1830297599
b-leap.example     true  2028-02-29T12:34:56Z 1835440496
c-march.example    true  2100-03-01T00:00:00Z 4107542400
example.com        true  2027-01-10T08:00:00Z 1799568000
example.org        false 2027-01-10T08:00:00Z 1799568000
f-leap-400.example true  2400-02-29T00:00:00Z 13574563200
`

func metricAccount() (options []fakeregistrar.Option) {
	for line := range strings.Lines(strings.TrimSpace(metricDomains)) {
		fields := strings.Fields(line)
		at, _ := time.Parse(time.RFC3339, fields[2])
		options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: fields[0], Account: account, AutoRenew: fields[1] == "true", ExpiresAt: at}))
	}
	return append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "pending.example", Account: account, Status: `a "b" \c`}))
}

func writeMetrics(w *workspace) {
	w.program("promcheck", func(path string) error {
		return exec.CommandContext(w.t.Context(), "go", "build", "-C", "../../tools/promcheck", "-o", path, ".").Run() //nolint:gosec // the test's own folder
	})
	w.fake.SetExpiresAt(account, "pending.example", time.Time{})
	w.apply(0)
	w.script(0, w.commands())
	w.plan(0)
	const off, late = "example.org has auto-renew off. Expiry date: 2027-01-10.", "example.com was not renewed. Expiry date: 2027-01-10."
	for _, c := range []struct {
		at        string
		off, late int
	}{
		{"2026-11-26T08:00:00Z", 0, 0},
		{"2026-11-26T08:00:01Z", 1, 0},
		{"2026-12-27T08:00:00Z", 1, 0},
		{"2026-12-27T08:00:01Z", 1, 1},
		{"2027-01-11T00:00:00Z", 1, 1},
	} {
		got := w.alerts(c.at)
		if got.count(off) != c.off || got.count(late) != c.late || got.count("ALERTS") != c.off+c.late {
			w.t.Errorf("%+v:\n%s", c, got.raw)
		}
	}
	parsed := w.alerts("2026-11-01T00:00:00Z")
	for line := range strings.Lines(strings.TrimSpace(metricDomains)) {
		fields := strings.Fields(line)
		parsed.contains(w.t, `registrar_domain_expiry_timestamp_seconds{account="`+account+`", domain="`+fields[0]+`"} `+fields[3]+" registrar")
	}
	parsed.contains(w.t, `domain="example.com"} 1 `, `domain="example.org"} 0 `, `domain="pending.example", status="a \"b\" \\c"} 1`)
	if parsed.count("_seconds{") != 6 || parsed.count("_renew{") != 7 || parsed.count("_status{") != 7 {
		w.t.Errorf("want 6 dates, 7 auto-renew values and 7 statuses:\n%s", parsed.raw)
	}
}

// alerts returns the samples that Prometheus's parser finds, and the alerts that fire at the given time.
func (w *workspace) alerts(at string) run {
	w.t.Helper()
	return w.script(0, "promcheck domains.prom alerts.yml "+at)
}
