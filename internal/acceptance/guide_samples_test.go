// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// update writes the samples in templates/ and the pictures in docs/images. Run `make docs` afterward. For example:
//
//	TF_ACC=1 go test ./internal/acceptance -run GuideSamples -update
var update = flag.Bool("update", false, "write the samples and the pictures")

// The pages with samples. A comment before each sample has its name.
var (
	templates = []string{"../../templates/index.md.tmpl", "../../templates/guides/*.tmpl"}
	block     = regexp.MustCompile("(?s)(?:<!-- sample: ([a-z-]+) -->\n)?```(text|terraform)\n(.*?)```\n")
	writing   sync.Mutex
)

// sampleWalkthroughs returns the walkthroughs that produce the samples. They run with every CLI that has the features
// they need. The method show ignores some differences between CLIs.
func sampleWalkthroughs() map[string]walkthrough {
	one := func(scenario fakeregistrar.Scenario) []fakeregistrar.Option {
		return []fakeregistrar.Option{domain("example.com", false, scenario)}
	}
	stuck, failing := one(fakeregistrar.Stuck()), one(fakeregistrar.Failed("registry_rejected", "Registry rejected the update request.", time.Second))
	terraformMocks := feature{"1.7", "", "mock_provider, with Terraform's output"}
	return map[string]walkthrough{
		"a portfolio":                  {files: []string{"portfolio/main.tf"}, needs: forEach, account: eightyDomains(), steps: adoptManyDomains},
		"without for_each":             {files: []string{"portfolio/main.tf"}, steps: adoptWithoutForEach},
		"a generated resource":         {files: []string{"import-generated/import.tf"}, account: one(fakeregistrar.Immediate()), steps: generateConfig},
		"a query":                      {files: []string{"adopt-with-query/main.tf", "adopt-with-query/domains.tfquery.hcl"}, needs: queries, steps: adoptByQuery},
		"a domain outside the account": {files: []string{"portfolio/main.tf"}, needs: forEach, account: one(fakeregistrar.Immediate()), steps: dropMissingDomains},
		"a move":                       {files: []string{"move/main.tf"}, needs: movedBlocks, account: one(fakeregistrar.Immediate()), steps: moveDomain},
		"a move without a moved block": {needs: feature{"1.7", "1.10", "removed blocks with lifecycle"}, steps: moveWithImport},
		"a review":                     {files: []string{"one-domain/main.tf", "policy/renewals-off.jq"}, account: one(fakeregistrar.Immediate()), steps: reviewPlan},
		"metrics":                      {files: []string{"expiry-metrics/main.tf", "expiry-metrics/alerts.yml"}, account: metricAccount(), steps: showMetrics},
		"an expiry check":              {files: []string{"expiry-check/main.tf"}, account: expiringDomains(), steps: warnAboutExpiry},
		"a pending update":             {account: stuck, steps: readPendingUpdate},
		"a required action":            {account: one(fakeregistrar.ActionRequired("confirm_by_email", "owner@example.com")), steps: showError("waits-action", "20m")},
		"a blocked update":             {account: one(fakeregistrar.BlockedFor(time.Hour)), steps: showError("waits-blocked", "5s")},
		"a failed update":              {account: failing, steps: showError("waits-failed", "20m")},
		"a refused token": {files: []string{"one-domain/main.tf"}, account: []fakeregistrar.Option{fakeregistrar.WithToken("another")}, steps: func(w *workspace) {
			w.show("refused", w.apply(1).raw, "Error:|Error:", "…", "Give the token|")
		}},
		"a module's tests": {files: []string{"module/main.tf", "module/tests/domain.tftest.hcl"}, needs: terraformMocks, steps: func(w *workspace) {
			w.show("module-tests", w.must(0, "test").raw, "tests/|Success")
		}},
	}
}

func TestAccGuideSamples(t *testing.T) {
	t.Parallel()
	runWalkthroughs(t, sampleWalkthroughs())
}

// TestEverySampleIsChecked fails for a sample that no test checks.
func TestEverySampleIsChecked(t *testing.T) {
	t.Parallel()
	runs, err := os.ReadFile("guide_samples_test.go")
	if err != nil {
		t.Fatal(err)
	}
	pages(t, func(page, text string) string {
		for _, found := range block.FindAllStringSubmatch(text, -1) {
			if name := found[1]; name == "" && found[2] == "text" || name != "" && !strings.Contains(string(runs), `("`+name+`"`) {
				t.Errorf("%s: no test checks the sample %q:\n%s", page, name, found[3])
			}
		}
		return text
	})
}

// TestGuidesListExistingErrors compares the error titles in the guides with the golden file of all errors.
func TestGuidesListExistingErrors(t *testing.T) {
	t.Parallel()
	errors, err := os.ReadFile("../provider/testdata/diagnostics/errors.golden")
	if err != nil {
		t.Fatal(err)
	}
	pages(t, func(page, text string) string {
		for _, found := range regexp.MustCompile("(?m)^\\| \\[`([^`]+)`\\]\\(#").FindAllStringSubmatch(text, -1) {
			title := strings.ReplaceAll(regexp.QuoteMeta(found[1]), "…", ".+")
			if !regexp.MustCompile("(?m)^Error: " + title + "$").Match(errors) {
				t.Errorf("%s: the provider has no error %q", page, found[1])
			}
		}
		return text
	})
}

// TestContributingNamesExist fails if CONTRIBUTING.md mentions an identifier that no Go file has.
func TestContributingNamesExist(t *testing.T) {
	t.Parallel()
	var sources strings.Builder
	read := func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		sources.Write(text)
		return err
	}
	contributing, err := os.ReadFile("../../CONTRIBUTING.md")
	if err := errors.Join(err, filepath.WalkDir("..", read)); err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile("`([A-Za-z]*[a-z][A-Z][A-Za-z]*)`").FindAllStringSubmatch(string(contributing), -1) {
		if !regexp.MustCompile(`\b` + found[1]).MatchString(sources.String()) {
			t.Errorf("CONTRIBUTING.md mentions %s, but no Go file has it", found[1])
		}
	}
}

// pages calls edit for each page, and writes the result if it differs.
func pages(t *testing.T, edit func(page, text string) string) {
	t.Helper()
	writing.Lock()
	defer writing.Unlock()
	for _, pattern := range templates {
		found, _ := filepath.Glob(pattern)
		if len(found) == 0 {
			t.Fatalf("no page matches %s", pattern)
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

// fromPages returns the first submatch in the pages. Some commands and configurations exist only there.
func (w *workspace) fromPages(pattern string) (found string) {
	w.t.Helper()
	pages(w.t, func(_, text string) string {
		if match := regexp.MustCompile(pattern).FindStringSubmatch(text); match != nil && found == "" {
			found = match[1]
		}
		return text
	})
	if found == "" {
		w.t.Fatalf("no page matches %s", pattern)
	}
	return found
}

// show compares a sample with parts of the output, or writes it with -update. The part "first|last" goes from the line
// that begins with first to the next line that begins with last, or is one line if both are the same. The part "first|"
// goes to the end of the diagnostic. A part without a bar is a literal line.
func (w *workspace) show(name, output string, parts ...string) {
	w.t.Helper()
	output = strings.NewReplacer("OpenTofu", "Terraform", ", 1 to forget", "", "│ ", "", "│", "", "╷\n", "", "╵\n", "").Replace(color.ReplaceAllString(output, ""))
	var want strings.Builder
	for _, part := range parts {
		want.WriteString(w.excerpt(output, part))
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
			w.t.Errorf("%s has the sample %s\n%s\nbut the CLI printed (run with -update to write it)\n%s", page, name, parsed[3], want.String())
			return found
		})
	})
	if !shown {
		w.t.Errorf("no page has the sample %s", name)
	}
}

// excerpt returns one part of the output.
func (w *workspace) excerpt(output, part string) string {
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
	found := regexp.MustCompile(`(?ms)^(` + regexp.QuoteMeta(first) + rest).FindStringSubmatch(output)
	if found == nil {
		w.t.Fatalf("the output doesn't contain %q:\n%s", part, output)
	}
	return regexp.MustCompile(` *\n`).ReplaceAllString(strings.TrimRight(found[1], " \n")+"\n", "\n")
}

// alike reports whether two texts are equal except for times, ray IDs and line breaks.
func alike(a, b string) bool {
	same := func(text string) string {
		for pattern, word := range map[string]string{
			`\d{4}-\d\d-\d\d(T[0-9:]+Z)?`: "DATE", `\b\d+s\b`: "TIME", `cf-ray: +\S+`: "RAY",
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

// adoptManyDomains follows the guide, and counts requests: listing 80 domains takes two.
func adoptManyDomains(w *workspace) {
	w.show("adopt-import", w.plan(2).raw, "Plan:|Plan:")
	w.show("adopt-done", w.apply(0).raw, `Apply complete|  "shop-03`, "  …", `  "shop-80|unmanaged`)
	w.script(0, w.fromPages("(printf 'domains.*?)\n"))
	w.plan(0)
	if got := len(w.fake.Requests()); got > 6 || w.patches() != 0 {
		w.t.Errorf("sent %d requests, including %d PATCH requests; want at most 6, and no PATCH", got, w.patches())
	}
	w.write("domains.auto.tfvars", strings.NewReplacer(`shop-05.example" = false`, `shop-05.example" = true`, `shop-80.example" = true`, `shop-80.example" = false`).Replace(w.content("domains.auto.tfvars")))
	w.show("adopt-change", w.plan(2).raw, "  # reg|Plan:")
}

func adoptWithoutForEach(w *workspace) {
	w.write("main.tf", regexp.MustCompile(`(?s)import \{.*?\n}\n|  required_version[^\n]*\n`).ReplaceAllString(w.content("main.tf"), ""))
	w.apply(0).contains(w.t, "4 added, 0 changed, 0 destroyed")
	w.wantPatches(0)
	w.plan(0)
}

func generateConfig(w *workspace) {
	w.must(0, "plan", "-generate-config-out=generated.tf").contains(w.t, "1 to import, 0 to add, 0 to change, 0 to destroy")
	w.write("import.tf", strings.Replace(w.content("import.tf"), "  provider = registrar\n", "", 1))
	w.apply(0).contains(w.t, "1 imported, 0 added, 0 changed")
	w.plan(0)
	w.wantPatches(0)
}

// dropMissingDomains follows the guide's steps for a domain that the account doesn't hold, and for an unreadable one.
func dropMissingDomains(w *workspace) {
	table := func(names ...string) {
		w.write("domains.auto.tfvars", "domains = {\n  \""+strings.Join(names, "\" = true\n  \"")+"\" = true\n}\n")
	}
	table("example.com")
	w.apply(0)
	table("example.com", "example.net")
	w.show("import-not-held", w.plan(1).raw, "Error:|")
	table("example.com")
	w.plan(0)
	w.fake.Inject(fakeregistrar.Fault{Times: -1, Path: "/example.com", Status: 403, Body: `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}`})
	w.fake.Inject(fakeregistrar.Fault{Times: -1, Path: "/registrations", Unlist: "example.com"})
	w.plan(1)
	w.must(0, "plan", "-detailed-exitcode", "-refresh=false").contains(w.t, "No changes")
	w.write("domains.auto.tfvars", "domains = {}\n")
	w.must(0, "apply", "-auto-approve", "-refresh=false").contains(w.t, "1 destroyed")
}

func adoptByQuery(w *workspace) {
	w.must(0, "query", "-generate-config-out=domains.tf")
	w.show("query-config", w.content("domains.tf"), `resource "registrar_domain_settings" "all_0"|}`, "", "import {|}")
	w.show("query-plan", w.plan(2).raw, "Plan:|Plan:")
	w.apply(0).contains(w.t, "4 imported, 0 added, 0 changed")
	w.plan(0)
	w.wantPatches(0)
}

func moveDomain(w *workspace) {
	w.write("terraform.tfstate", incumbentState())
	w.show("move-plan", w.plan(2).raw, "Terraform will|Plan:", "", "Warning: Turn|")
	w.apply(0).contains(w.t, "0 added, 1 changed, 0 destroyed")
	w.plan(0)
	w.write("main.tf", strings.Replace(w.content("main.tf"), "auto_renew  = true", "auto_renew  = true\n  locked      = true", 1))
	w.show("move-leftover", w.must(1, "validate").raw, "Error:|")
}

func moveWithImport(w *workspace) {
	w.write("main.tf", w.fromPages("(?s)```terraform\n(removed .*?)```"))
	w.fake.SetAutoRenew(account, "example.com", true)
	w.write("terraform.tfstate", incumbentState())
	w.show("move-removed", w.plan(2).raw, "Plan:|Plan:")
}

func reviewPlan(w *workspace) {
	w.jq()
	on := w.content("main.tf")
	off := strings.Replace(on, "= true", "= false", 1)
	w.write("main.tf", off)
	w.apply(0)
	w.write("main.tf", on)
	plan := w.plan(2).raw
	w.picture(plan)
	w.show("review-plan", plan, `  ~ resource "reg|Plan:`, "", "Warning: Turn|")
	w.apply(0)
	const planned, policy = "terraform plan -out=tfplan; terraform show -json tfplan >tfplan.json", "jq -r -f policy/renewals-off.jq tfplan.json"
	w.fake.StartUpdate(account, "example.com", false)
	w.script(0, planned)
	w.show("drift", w.script(0, policy+"; terraform show -no-color tfplan").raw, "Drift|No edit", "…", `  ~ resource "reg|Plan:`)
	w.apply(0)
	w.write("main.tf", off)
	w.script(0, planned)
	w.show("policy", w.script(1, policy).raw, "This plan|")
}

func showMetrics(w *workspace) {
	writeMetrics(w)
	name := func(metric, domain string) string { return metric + `{account="` + account + `",domain="` + domain }
	date := name("registrar_domain_expiry_timestamp_seconds", "example.org")
	renew := name("registrar_domain_auto_renew", "example.org")
	status := name("registrar_domain_status", "example.org")
	w.show("metrics", w.content("domains.prom"), "# HELP registrar_domain_e|# TYPE", date+"|"+date, "# HELP registrar_domain_a|# TYPE", renew+"|"+renew, "# HELP registrar_domain_s|# TYPE", status+"|"+status)
	w.show("alert", w.alerts("2026-12-01T00:00:00Z").raw, "ALERTS|")
}

// expiringDomains returns an account with one domain for each warning.
func expiringDomains() (options []fakeregistrar.Option) {
	for name, days := range map[string]int{"example.com": 6, "example.net": -9, "example.org": 27} {
		options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{
			Name: name, Account: account, AutoRenew: name == "example.com", ExpiresAt: time.Now().AddDate(0, 0, days),
		}))
	}
	return options
}

func warnAboutExpiry(w *workspace) {
	w.show("expiry-check", w.plan(0).raw, "Auto-renew no longer|", "", "Auto-renew is off|", "", "Auto-renew is on|")
	w.fake.SetAutoRenew(account, "example.org", true)
	if got := w.plan(0); got.count("example.org") > 0 {
		w.t.Errorf("the check warns about a domain with auto-renew on:\n%s", got.text)
	}
}

func readPendingUpdate(w *workspace) {
	w.write("main.tf", oneDomain)
	r, _ := w.interrupted("apply", "-auto-approve", "-input=false")
	w.show("waits-interrupted", r.raw, "Error: Inter|")
	w.write("main.tf", w.fromPages("(?s)```terraform\n(data .registrar_domain_update_status.*?)```"))
	w.show("update-status", w.plan(2).raw, "  + update|    }")
}

// showError applies one domain and compares the error with a sample.
func showError(sample, timeout string) func(*workspace) {
	return func(w *workspace) {
		w.write("main.tf", withTimeout("create", timeout))
		w.show(sample, w.apply(1).raw, "Error:|")
	}
}
