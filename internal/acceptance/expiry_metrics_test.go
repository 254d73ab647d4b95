// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// measuredDomains have dates around the end of a year and of February, and a status that needs escapes.
func measuredDomains() (options []fakeregistrar.Option) {
	for name, date := range map[string]string{
		"example.com": "2027-01-10T08:00:00Z", "example.org": "2027-01-10T08:00:00Z",
		"a-year-end.example": "2027-12-31T23:59:59Z", "b-leap.example": "2028-02-29T12:34:56Z", "c-march.example": "2100-03-01T00:00:00Z", "f-leap-400.example": "2400-02-29T00:00:00Z",
	} {
		at, _ := time.Parse(time.RFC3339, date)
		options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: name, Account: account, AutoRenew: name != "example.org", ExpiresAt: at}))
	}
	return append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "g-pending.example", Account: account, Status: `a "b" \c`}))
}

func writesMetrics(w *workspace) {
	w.promcheck()
	w.apply(0)
	w.script(0, w.commands())
	w.plan(0)
	const com, org = `ALERTS{account="A", alertname="DomainNotRenewed", alertstate="firing", domain="example.com", severity="critical"} ` +
		`description: Auto-renew is on. Check the payment method of the account, then renew or restore the domain manually. ` +
		`summary: example.com was not renewed. Expiry date: 2027-01-10.`,
		`ALERTS{account="A", alertname="DomainAutoRenewOff", alertstate="firing", domain="example.org", severity="warning"} ` +
			`description: Turn auto-renew on, or renew the domain manually, if you want to keep it. ` +
			`summary: example.org has auto-renew off. Expiry date: 2027-01-10.`
	for _, c := range []struct{ at, alerts string }{
		{"2026-11-26T08:00:00Z", ""},
		{"2026-11-26T08:00:01Z", org},
		{"2026-12-27T08:00:00Z", org},
		{"2026-12-27T08:00:01Z", org + " " + com},
		{"2027-01-11T00:00:00Z", org + " " + com},
	} {
		if got := strings.ReplaceAll(w.alerts(c.at).text, account, "A"); got != flat(samples+c.alerts) {
			w.t.Errorf("at %s:\n%s\nwant\n%s", c.at, got, flat(samples+c.alerts))
		}
	}
}

// samples are what Prometheus's parser finds in the file. Cloudflare sends times in UTC.
const samples = `
registrar_domain_auto_renew{account="A", domain="a-year-end.example"} 1
registrar_domain_auto_renew{account="A", domain="b-leap.example"} 1
registrar_domain_auto_renew{account="A", domain="c-march.example"} 1
registrar_domain_auto_renew{account="A", domain="example.com"} 1
registrar_domain_auto_renew{account="A", domain="example.org"} 0
registrar_domain_auto_renew{account="A", domain="f-leap-400.example"} 1
registrar_domain_auto_renew{account="A", domain="g-pending.example"} 0
registrar_domain_expiry_timestamp_seconds{account="A", domain="a-year-end.example"} 1830297599
registrar_domain_expiry_timestamp_seconds{account="A", domain="b-leap.example"} 1835440496
registrar_domain_expiry_timestamp_seconds{account="A", domain="c-march.example"} 4107542400
registrar_domain_expiry_timestamp_seconds{account="A", domain="example.com"} 1799568000
registrar_domain_expiry_timestamp_seconds{account="A", domain="example.org"} 1799568000
registrar_domain_expiry_timestamp_seconds{account="A", domain="f-leap-400.example"} 13574563200
registrar_domain_status{account="A", domain="a-year-end.example", status="active"} 1
registrar_domain_status{account="A", domain="b-leap.example", status="active"} 1
registrar_domain_status{account="A", domain="c-march.example", status="active"} 1
registrar_domain_status{account="A", domain="example.com", status="active"} 1
registrar_domain_status{account="A", domain="example.org", status="active"} 1
registrar_domain_status{account="A", domain="f-leap-400.example", status="active"} 1
registrar_domain_status{account="A", domain="g-pending.example", status="a \"b\" \\c"} 1
`

// promcheck builds tools/promcheck, a module of its own, and puts it on the scripts' PATH.
func (w *workspace) promcheck() {
	w.t.Helper()
	w.program("promcheck", func(path string) error {
		build := exec.CommandContext(w.t.Context(), "go", "build", "-o", path, ".")
		build.Dir = filepath.Join("..", "..", "tools", "promcheck")
		return build.Run()
	})
}

// alerts parses the metrics, and evaluates the rules at a time.
func (w *workspace) alerts(at string) run {
	w.t.Helper()
	return w.script(0, "promcheck domains.prom alerts.yml "+at)
}

// commands are those in the first comment of an example.
func (w *workspace) commands() (commands string) {
	w.t.Helper()
	for line := range strings.Lines(w.content("main.tf")) {
		if command, ok := strings.CutPrefix(line, "#   "); ok {
			commands += command
		}
	}
	return commands
}
