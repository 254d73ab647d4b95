// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// jq puts gojq onto the scripts' PATH under the name that pipelines use. It is built from
// tools/gojq, since a machine with Go need not have jq.
func (w *workspace) jq() {
	w.t.Helper()
	path, err := exec.CommandContext(w.t.Context(), "go", "tool", "-modfile=../../tools/gojq/go.mod", "-n", "gojq").Output()
	if err != nil {
		w.t.Fatalf("building gojq: %v", err)
	}
	w.program("jq", func(link string) error { return os.Symlink(strings.TrimSpace(string(path)), link) })
}

const policyConfig = `
variable "names" { default = "example.com,example.net" }
variable "renews" { default = true }

resource "registrar_domain_settings" "all" {
  count       = length(split(",", var.names))
  domain_name = split(",", var.names)[count.index]
  auto_renew  = var.renews
}
`

func TestAccPolicy(t *testing.T) {
	t.Parallel()
	const (
		none    = "No renewal is turned off."
		off     = "This plan turns off the renewal of: "
		allowed = "Allowed to turn off the renewal of: "
		first   = "registrar_domain_settings.all[0] (example.com)"
		second  = "registrar_domain_settings.all[1] (example.net)"
	)
	w := open(t, policyConfig, theExamplesAccount()...)
	w.take("policy/renewals-off.jq")
	w.jq()
	for _, c := range []struct {
		situation, applied, planned, label string
		status                             int
		want                               string
	}{
		{"added and on", "", "", "", 0, none},
		{"added and off, whatever the registrar has", "", "-var=renews=false", "", 1, off + first + " " + second},
		{"nothing to do", "-var=renews=true", "", "", 0, none},
		{"on to off", "", "-var=renews=false", "", 1, off + first + " " + second},
		{"on to off with the label", "", "-var=renews=false", "true", 0, allowed + first + " " + second},
		{"on to off without the label", "", "-var=renews=false", "false", 1, off + first + " " + second},
		{"destroyed, which leaves the setting", "", "-destroy", "", 0, none},
		{"another domain in place of one that is on", "", "-var=names=example.com,example.org", "", 0, none},
		{"off to on", "-var=renews=false", "", "", 0, none},
	} {
		if c.applied != "" {
			w.must(0, "apply", "-auto-approve", c.applied)
		}
		if got := w.judge(c.status, c.label, c.planned); got != c.want {
			t.Errorf("%s: the policy says %q; want %q", c.situation, got, c.want)
		}
	}
	w.write("renews.auto.tfvars", "renews = false")
	if got := w.judge(0, "", ""); got != none {
		t.Errorf("off already: the policy says %q; want %q", got, none)
	}
	if got := w.judge(1, "", "-var=names=example.com,example.org"); got != off+"registrar_domain_settings.all[1] (example.org)" {
		t.Errorf("another domain that will be off: the policy says %q", got)
	}
	w.write("later.tf", `
resource "terraform_data" "later" { input = true }

resource "registrar_domain_settings" "later" {
  domain_name = "example.org"
  auto_renew  = terraform_data.later.output
}
`)
	if got := w.judge(1, "", ""); got != off+"registrar_domain_settings.later (example.org)" {
		t.Errorf("a value that is not known yet: the policy says %q", got)
	}
	w.script(2, "terraform show -json >state.json; jq -r -f policy/renewals-off.jq state.json").says(t, "This is no plan")
}

// An import shows what the registrar has, so that only what changes is listed.
func TestAccPolicyOnImports(t *testing.T) {
	t.Parallel()
	needs(t, "1.7.0", "1.7.0", "import with for_each")
	w := open(t, "", theExamplesAccount()...) // only example.net is on
	w.take("portfolio/main.tf")
	w.take("policy/renewals-off.jq")
	w.jq()
	w.write("domains.auto.tfvars.json", `{"domains": {"example.com": false, "example.net": false, "example.org": true}}`)
	want := `This plan turns off the renewal of: registrar_domain_settings.all["example.net"] (example.net)`
	if got := w.judge(1, "", ""); got != want {
		t.Errorf("the policy says %q; want %q", got, want)
	}
}

// judge makes a plan, puts it before the policy as the pipelines do, and gives what that says.
func (w *workspace) judge(status int, label, argument string) string {
	w.t.Helper()
	w.script(0, "terraform plan -input=false -out=tfplan "+argument+"; terraform show -json tfplan >tfplan.json")
	return w.script(status, "ALLOW_RENEWALS_OFF="+label+" jq -r -f policy/renewals-off.jq tfplan.json").text
}
