// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os"
	"os/exec"
	"strings"
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
variable "later" { default = 0 }

resource "registrar_domain_settings" "all" {
  count       = length(split(",", var.names))
  domain_name = split(",", var.names)[count.index]
  auto_renew  = var.renews
}

resource "terraform_data" "later" { input = true }

resource "registrar_domain_settings" "later" {
  count       = var.later
  domain_name = "example.org"
  auto_renew  = terraform_data.later.output
}
`

func judgesPlans(w *workspace) {
	const (
		none    = "No renewal is turned off."
		off     = "This plan turns off the renewal of: "
		allowed = "Allowed to turn off the renewal of: "
		two     = "registrar_domain_settings.all[0] (example.com) registrar_domain_settings.all[1] (example.net)"
	)
	w.write("main.tf", policyConfig)
	w.jq()
	for _, c := range []struct{ situation, applied, planned, label, want string }{
		{"added and on", "", "", "", none},
		{"added and off, whatever the registrar has", "", "-var=renews=false", "", off + two},
		{"a value that is not known yet", "", "-var=later=1", "", off + "registrar_domain_settings.later[0] (example.org)"},
		{"on to off", "-var=renews=true", "-var=renews=false", "", off + two},
		{"on to off with the label", "", "-var=renews=false", "true", allowed + two},
		{"on to off without the label", "", "-var=renews=false", "false", off + two},
		{"destroyed, which leaves the setting", "", "-destroy", "", none},
		{"off to on", "-var=renews=false", "", "", none},
		{"off already", "", "-var=renews=false", "", none},
		{"another domain that will be off", "", "-var=renews=false -var=names=example.com,example.org", "", off + "registrar_domain_settings.all[1] (example.org)"},
	} {
		if c.applied != "" {
			w.must(0, "apply", "-auto-approve", c.applied)
		}
		w.judge(c.situation, c.label, c.planned, c.want, strings.HasPrefix(c.want, off))
	}
	w.script(2, "terraform show -json >state.json; jq -r -f policy/renewals-off.jq state.json").says(w.t, "This is no plan")
}

// An import shows what the registrar has, so that only what changes is listed: example.net is on.
func judgesImports(w *workspace) {
	w.jq()
	w.write("domains.auto.tfvars.json", `{"domains": {"example.com": false, "example.net": false, "example.org": true}}`)
	w.judge("an import", "", "", `This plan turns off the renewal of: registrar_domain_settings.all["example.net"] (example.net)`, true)
}

// judge makes a plan and puts it before the policy, as the pipelines do.
func (w *workspace) judge(situation, label, argument, want string, refused bool) {
	w.t.Helper()
	status := 0
	if refused {
		status = 1
	}
	w.script(0, "terraform plan -input=false -out=tfplan "+argument+"; terraform show -json tfplan >tfplan.json")
	if got := w.script(status, "ALLOW_RENEWALS_OFF="+label+" jq -r -f policy/renewals-off.jq tfplan.json").text; got != want {
		w.t.Errorf("%s: the policy says %q; want %q", situation, got, want)
	}
}
