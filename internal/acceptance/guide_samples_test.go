// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// With -update, the runs write what the pages show; `make docs` takes it from there into docs/:
//
//	TF_ACC=1 go test ./internal/acceptance -run GuideSamples -update
var update = flag.Bool("update", false, "write what the guides show from what the CLI shows")

// templates are the pages whose blocks of output are marked by a comment with the sample's name.
var (
	templates = []string{"../../templates/index.md.tmpl", "../../templates/guides/*.tmpl"}
	block     = regexp.MustCompile("(?s)(?:<!-- sample: ([a-z-]+) -->\n)?```(text|terraform)\n(.*?)```\n")
	writing   sync.Mutex
)

// stories are runs that the guides show parts of. The CLIs' own words differ little; what does is
// left out of the comparison, so that each CLI that can play a story checks it.
func stories() map[string]story {
	one := func(scenario fakeregistrar.Scenario) []fakeregistrar.Option {
		return []fakeregistrar.Option{domain("example.com", false, scenario)}
	}
	stuck, failing := one(fakeregistrar.Stuck()), one(fakeregistrar.Failed("registry_rejected", "Registry rejected the update request.", time.Second))
	moved := feature{"1.8.0", "1.10.0", "moved blocks between providers"}
	inItsWords := feature{"1.7.0", "", "mock_provider, in Terraform's words"}
	return map[string]story{
		"a portfolio":          {files: []string{"portfolio/main.tf"}, needs: forEach, account: eightyDomains(), play: adoptsEighty},
		"without for_each":     {files: []string{"portfolio/main.tf"}, play: adoptsWithoutForEach},
		"a query":              {files: []string{"adopt-with-query/main.tf", "adopt-with-query/domains.tfquery.hcl"}, needs: queries, play: adoptsByQuery},
		"an import":            {account: one(fakeregistrar.Immediate()), play: importsWhatIsNotHeld},
		"a move":               {files: []string{"move/main.tf"}, needs: moved, account: one(fakeregistrar.Immediate()), play: moves},
		"a move without moved": {needs: feature{"1.7.0", "1.10.0", "removed blocks with lifecycle"}, play: movesByImport},
		"a review":             {files: []string{"one-domain/main.tf", "policy/renewals-off.jq"}, account: one(fakeregistrar.Immediate()), play: reviews},
		"a check":              {files: []string{"expiry-check/main.tf"}, account: lapsing(), play: warnsOfWhatLapses},
		"an update in flight":  {account: stuck, play: looksAtAnUpdate},
		"an action":            {account: one(fakeregistrar.ActionRequired("confirm_by_email", "owner@example.com")), play: failsTo("waits-action", "20m")},
		"a block":              {account: one(fakeregistrar.BlockedFor(time.Hour)), play: failsTo("waits-blocked", "5s")},
		"a failure":            {account: failing, play: failsTo("waits-failed", "20m")},
		"a refusal": {files: []string{"one-domain/main.tf"}, account: []fakeregistrar.Option{fakeregistrar.WithToken("another")}, play: func(w *workspace) {
			w.show("refused", w.apply(1).raw, "Error:|Error:", "…", "Give the token|")
		}},
		"a module's tests": {files: []string{"module/main.tf", "module/tests/domain.tftest.hcl"}, needs: inItsWords, play: func(w *workspace) {
			w.show("module-tests", w.must(0, "test").raw, "tests/|Success")
		}},
	}
}

func TestAccGuideSamples(t *testing.T) {
	t.Parallel()
	playAll(t, stories())
}

// Output that no run produced drifts.
func TestEverySampleIsFromARun(t *testing.T) {
	t.Parallel()
	runs, err := os.ReadFile("guide_samples_test.go")
	if err != nil {
		t.Fatal(err)
	}
	pages(t, func(page, text string) string {
		for _, found := range block.FindAllStringSubmatch(text, -1) {
			if name := found[1]; name == "" && found[2] == "text" || name != "" && !strings.Contains(string(runs), `("`+name+`"`) {
				t.Errorf("%s: no run produces the sample %q:\n%s", page, name, found[3])
			}
		}
		return text
	})
}

// pages hands each page to a function, and writes what that makes of it.
func pages(t *testing.T, edit func(page, text string) string) {
	t.Helper()
	writing.Lock()
	defer writing.Unlock()
	for _, pattern := range templates {
		found, _ := filepath.Glob(pattern)
		if len(found) == 0 {
			t.Fatalf("no page is %s", pattern)
		}
		for _, page := range found {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			if edited := edit(page, string(text)); edited != string(text) {
				if err := os.WriteFile(page, []byte(edited), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// quoted is the first part of a page that a pattern finds, for the commands that only a page has.
func (w *workspace) quoted(pattern string) (found string) {
	w.t.Helper()
	pages(w.t, func(_, text string) string {
		if match := regexp.MustCompile(pattern).FindStringSubmatch(text); match != nil && found == "" {
			found = match[1]
		}
		return text
	})
	if found == "" {
		w.t.Fatalf("no page has %s", pattern)
	}
	return found
}

// show compares a block of a page with parts of the screen, or writes it with -update. A part "first|last"
// is from the line that begins with the one to the next that begins with the other, and without the
// other to the end of a diagnostic. A part without a bar is a line as it is.
func (w *workspace) show(name, screen string, parts ...string) {
	w.t.Helper()
	screen = strings.NewReplacer("OpenTofu", "Terraform", ", 1 to forget", "", "│ ", "", "│", "", "╷\n", "", "╵\n", "").Replace(colour.ReplaceAllString(screen, ""))
	var want strings.Builder
	for _, part := range parts {
		want.WriteString(w.excerpt(screen, part))
	}
	shown := false
	pages(w.t, func(page, text string) string {
		return block.ReplaceAllStringFunc(text, func(found string) string {
			parsed := block.FindStringSubmatch(found)
			shown = shown || parsed[1] == name
			switch {
			case parsed[1] != name || alike(parsed[3], want.String()):
				return found
			case *update:
				return fmt.Sprintf("<!-- sample: %s -->\n```%s\n%s```\n", name, parsed[2], want.String())
			}
			w.t.Errorf("%s shows for %s\n%s\nThe screen shows (write it with -update)\n%s", page, name, parsed[3], want.String())
			return found
		})
	})
	if !shown {
		w.t.Errorf("no page shows the sample %s", name)
	}
}

// excerpt is one part of the screen.
func (w *workspace) excerpt(screen, part string) string {
	w.t.Helper()
	first, last, ok := strings.Cut(part, "|")
	if !ok {
		return part + "\n"
	}
	rest := `.*?)(?:^Warning|^Error|^Success|^─|\z)`
	switch last {
	case "":
	case first:
		rest = `[^\n]*)`
	default:
		rest = `.*?^` + regexp.QuoteMeta(last) + `[^\n]*)`
	}
	found := regexp.MustCompile(`(?ms)^(` + regexp.QuoteMeta(first) + rest).FindStringSubmatch(screen)
	if found == nil {
		w.t.Fatalf("the screen does not show %q:\n%s", part, screen)
	}
	return regexp.MustCompile(` *\n`).ReplaceAllString(strings.TrimRight(found[1], " \n")+"\n", "\n")
}

// alike compares what is the same in each run and with each CLI.
func alike(a, b string) bool {
	same := func(text string) string {
		for pattern, word := range map[string]string{
			`\d{4}-\d\d-\d\d(T[0-9:]+Z)?`: "DATE", `\b\d+s\b`: "TIME", `\(\d+ unchanged`: "(N unchanged", `cf-ray: +\S+`: "RAY",
		} {
			text = regexp.MustCompile(pattern).ReplaceAllString(text, word)
		}
		return flat(text)
	}
	return same(a) == same(b)
}

func eightyDomains() (options []fakeregistrar.Option) {
	for i := range 80 {
		options = append(options, domain(fmt.Sprintf("shop-%02d.example", i+1), i%4 != 0, fakeregistrar.Immediate()))
	}
	return options
}

// adoptsEighty walks through the guide, and counts: 80 domains are two pages.
func adoptsEighty(w *workspace) {
	w.show("adopt-list", w.apply(0).raw, `Outputs:|  "shop-03`, "  …", `  "shop-80|}`)
	w.script(0, w.quoted("(printf .*?)\n"))
	w.show("adopt-import", w.plan(2).raw, "Plan:|Plan:")
	w.show("adopt-done", w.apply(0).raw, "Apply complete|unmanaged")
	w.plan(0)
	if got := len(w.fake.Requests()); got > 10 || w.patches() != 0 {
		w.t.Errorf("adopting took %d requests, %d of them PATCH; want at most 10 and none", got, w.patches())
	}
	w.write("domains.auto.tfvars", strings.NewReplacer(`shop-05.example" = false`, `shop-05.example" = true`, `shop-80.example" = true`, `shop-80.example" = false`).Replace(w.content("domains.auto.tfvars")))
	w.show("adopt-change", w.plan(2).raw, "  # reg|Plan:")
}

func adoptsWithoutForEach(w *workspace) {
	w.write("main.tf", regexp.MustCompile(`(?s)import \{.*?\n}\n|  required_version[^\n]*\n`).ReplaceAllString(w.content("main.tf"), ""))
	w.jq()
	w.apply(0)
	w.script(0, w.quoted("(?s)```shell\n(terraform output -json unmanaged \\| jq.*?)```"))
	w.script(0, w.quoted("(printf .*?)\n"))
	w.plan(2).says(w.t, "4 to import, 0 to add, 0 to change, 0 to destroy")
}

func adoptsByQuery(w *workspace) {
	w.must(0, "query", "-generate-config-out=domains.tf")
	w.show("query-config", w.content("domains.tf"), `resource "registrar_domain_settings" "all_0"|}`, "", "import {|}")
	w.show("query-plan", w.plan(2).raw, "Plan:|Plan:")
	w.apply(0).says(w.t, "4 imported, 0 added, 0 changed")
	w.plan(0)
	w.patched(0)
}

func importsWhatIsNotHeld(w *workspace) {
	w.write("main.tf", strings.ReplaceAll(oneDomain, "example.com", "example.net"))
	w.show("import-not-held", w.must(1, "import", "registrar_domain_settings.example", "example.net").raw, "Error:|")
}

func moves(w *workspace) {
	w.write("terraform.tfstate", incumbentState())
	w.show("move-plan", w.plan(2).raw, "Terraform will|Plan:", "", "Warning: Turn|")
	w.apply(0).says(w.t, "0 added, 1 changed, 0 destroyed")
	w.plan(0)
	w.write("main.tf", strings.Replace(w.content("main.tf"), "auto_renew  = true", "auto_renew  = true\n  locked      = true", 1))
	w.show("move-leftover", w.must(1, "validate").raw, "Error:|")
}

func movesByImport(w *workspace) {
	w.write("main.tf", w.quoted("(?s)```terraform\n(removed .*?)```"))
	w.fake.SetAutoRenew(account, "example.com", true)
	w.write("terraform.tfstate", incumbentState())
	w.show("move-removed", w.plan(2).raw, "Plan:|Plan:")
}

func reviews(w *workspace) {
	appliesAndHolds(w)
	w.fake.SetAutoRenew(account, "example.com", false)
	w.show("review-plan", w.plan(2).raw, `  ~ resource "reg|Plan:`, "", "Warning: Turn|")
	w.apply(0)
	w.jq()
	w.write("main.tf", strings.Replace(w.content("main.tf"), "= true", "= false", 1))
	w.script(0, "terraform plan -out=tfplan; terraform show -json tfplan >tfplan.json")
	w.show("policy", w.script(1, "jq -r -f policy/renewals-off.jq tfplan.json").raw, "This plan|")
}

// lapsing is an account with a domain for each warning of the check.
func lapsing() (options []fakeregistrar.Option) {
	for name, days := range map[string]int{"example.com": 6, "example.net": -9, "example.org": 27} {
		options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{
			Name: name, Account: account, AutoRenew: name == "example.com", ExpiresAt: time.Now().AddDate(0, 0, days),
		}))
	}
	return options
}

func warnsOfWhatLapses(w *workspace) {
	w.show("expiry-check", w.plan(0).raw, "Auto-renew does not|", "", "Auto-renew is off|", "", "Auto-renew is on|")
	w.fake.SetAutoRenew(account, "example.org", true)
	if got := w.plan(0); got.count("example.org") > 0 {
		w.t.Errorf("it warns of a domain that renews:\n%s", got.text)
	}
}

func looksAtAnUpdate(w *workspace) {
	w.write("main.tf", oneDomain)
	r, _ := w.interrupted("apply", "-auto-approve", "-input=false")
	w.show("waits-interrupted", r.raw, "Error: Inter|")
	w.write("main.tf", w.quoted("(?s)```terraform\n(data .registrar_domain_update_status.*?)```"))
	w.show("update-status", w.plan(2).raw, "  + update|    }")
}

// failsTo applies one domain and shows the error.
func failsTo(sample, timeout string) func(*workspace) {
	return func(w *workspace) {
		w.write("main.tf", withTimeout("create", timeout))
		w.show(sample, w.apply(1).raw, "Error:|")
	}
}
