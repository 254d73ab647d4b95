// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"os"
	"os/exec"
	"strings"
)

// jq puts gojq from tools/gojq on the scripts' PATH as jq, because jq may not be installed.
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

func checkPlans(w *workspace) {
	const (
		none    = "No edit turns auto-renew off."
		off     = "This plan turns auto-renew off: "
		allowed = "Allowed edits that turn auto-renew off: "
		com     = "registrar_domain_settings.all[0] (example.com): auto_renew "
		net     = "registrar_domain_settings.all[1] (example.net): auto_renew "
		org     = "registrar_domain_settings.all[1] (example.org): auto_renew "
		later   = "registrar_domain_settings.later[0] (example.org): auto_renew "
	)
	w.write("main.tf", policyConfig)
	w.jq()
	for _, c := range []struct{ situation, applied, dashboard, planned, label, want string }{
		{"added and off", "", "", "-var=renews=false", "", off + com + "new -> false " + net + "new -> false"},
		{"added with an unknown value", "", "", "-var=later=1", "", "Edits: " + com + "new -> true " + net + "new -> true " + off + later + "new -> not known yet"},
		{"on to off", "-var=renews=true", "", "-var=renews=false", "", off + com + "true -> false " + net + "true -> false"},
		{"on to off with the label", "", "", "-var=renews=false", "true", allowed + com + "true -> false " + net + "true -> false"},
		{"on to off without the label", "", "", "-var=renews=false", "false", off + com + "true -> false " + net + "true -> false"},
		{"on to off, and already off in the dashboard", "", "example.com=false", "-var=renews=false", "", off + com + "true -> false " + net + "true -> false"},
		{"turned off in the dashboard", "", "", "", "", "Drift that this plan reverts: " + com + "false -> true " + none},
		{"destroyed, which leaves auto-renew unchanged", "", "", "-destroy", "", none},
		{"off to on", "-var=renews=false", "", "", "", "Edits: " + com + "false -> true " + net + "false -> true " + none},
		{"already off", "", "", "-var=renews=false", "", none},
		{"turned on in the dashboard", "", "example.com=true", "-var=renews=false", "", "Drift that this plan reverts: " + com + "true -> false " + none},
		{"turned on in the dashboard, and another edit", "", "", "-var=renews=false -var=names=example.com,example.org", "", "Drift that this plan reverts: " + com + "true -> false " + off + org + "new -> false"},
		{"turned on in the dashboard and by an edit", "", "", "", "", "Edits: " + com + "false -> true " + net + "false -> true " + none},
	} {
		if c.applied != "" {
			w.must(0, "apply", "-auto-approve", c.applied)
		}
		if name, on, ok := strings.Cut(c.dashboard, "="); ok {
			w.fake.StartUpdate(account, name, on == "true")
		}
		w.checkPlan(c.situation, c.label, c.planned, c.want)
	}
	w.script(2, "terraform show -json >state.json; jq -r -f policy/renewals-off.jq state.json").contains(w.t, "This file is not a plan")
}

func checkImports(w *workspace) {
	// A plan has the current value of an imported domain: here, only example.net has auto-renew on.
	w.jq()
	w.write("domains.auto.tfvars.json", `{"domains": {"example.com": false, "example.net": false, "example.org": true}}`)
	w.checkPlan("an import", "", "", `Edits: registrar_domain_settings.all["example.org"] (example.org): auto_renew false -> true `+
		`This plan turns auto-renew off: registrar_domain_settings.all["example.net"] (example.net): auto_renew true -> false`)
}

// checkPlan saves a plan and runs the policy on it, as the pipelines do.
func (w *workspace) checkPlan(situation, label, argument, want string) {
	w.t.Helper()
	status := strings.Count(want, "This plan turns auto-renew off:")
	w.script(0, "terraform plan -input=false -out=tfplan "+argument+"; terraform show -json tfplan >tfplan.json")
	if got := w.script(status, "ALLOW_RENEWALS_OFF="+label+" jq -r -f policy/renewals-off.jq tfplan.json").text; got != want {
		w.t.Errorf("%s: the policy printed %q; want %q", situation, got, want)
	}
}
