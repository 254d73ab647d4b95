// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// examples is the path to the examples in the documentation.
const examples = "../../examples"

// walkthrough runs files from examples/.
type walkthrough struct {
	files   []string
	needs   feature                // optional
	account []fakeregistrar.Option // examplesAccount if nil
	steps   func(*workspace)
}

// exampleWalkthroughs returns walkthroughs for the examples that have no sample in the guides. sampleWalkthroughs covers
// the others, and `make demo` runs examples/demo.
func exampleWalkthroughs() map[string]walkthrough {
	const settings = "resources/registrar_domain_settings/"
	listDomains := expectOutput(0, "query", "domain_name=xn--mnchen-3ya.de", "list.registrar_domain_settings.lapsing")
	importOne := expectOutput(2, "plan -detailed-exitcode", "1 to import, 1 to add, 1 to change, 0 to destroy")
	return map[string]walkthrough{
		"the provider":               {files: []string{"provider/provider.tf", "data-sources/registrar_domain/data-source.tf"}, steps: applyCleanly},
		"the resource":               {files: []string{settings + "resource.tf"}, steps: applyCleanly},
		"import on the command line": {files: []string{settings + "resource.tf", settings + "import.sh"}, steps: importByScript},
		"import by id":               {files: []string{settings + "resource.tf", settings + "import-by-string-id.tf"}, steps: importOne},
		"import by identity":         {files: []string{settings + "resource.tf", settings + "import-by-identity.tf"}, needs: identity, steps: importOne},
		"domains data source":        {files: []string{"data-sources/registrar_domains/data-source.tf"}, steps: expectOutput(0, "apply -auto-approve", "lapsing = {", `"example.org" = "`)},
		"update status data source":  {files: []string{"data-sources/registrar_domain_update_status/data-source.tf"}, steps: applyCleanly},
		"a list resource":            {files: []string{"list-resources/registrar_domain_settings/list-resource.tfquery.hcl"}, needs: queries, steps: listDomains},
		"a module's tests":           {files: []string{"module/main.tf", "module/tests/domain.tftest.hcl"}, needs: mocks, steps: expectOutput(0, "test", "3 passed, 0 failed")},
		"a calendar":                 {files: []string{"expiry-calendar/main.tf", "expiry-calendar/page.html.tftpl"}, account: expiryAccount(), steps: writeCalendar},
		"a policy":                   {files: []string{"policy/renewals-off.jq"}, steps: checkPlans},
		"a policy for imports":       {files: []string{"portfolio/main.tf", "policy/renewals-off.jq"}, needs: forEach, steps: checkImports},
		"a GitHub pipeline":          {files: []string{"pipelines/github-actions.yml", "policy/renewals-off.jq"}, steps: runPipeline},
		"a GitLab pipeline":          {files: []string{"pipelines/gitlab-ci.yml", "policy/renewals-off.jq"}, steps: runPipeline},
	}
}

// examplesAccount returns the domains in the examples.
func examplesAccount() []fakeregistrar.Option {
	return []fakeregistrar.Option{
		domain("example.com", false, fakeregistrar.Immediate()),
		domain("example.net", true, fakeregistrar.Immediate()),
		domain("xn--mnchen-3ya.de", true, fakeregistrar.Immediate()),
		fakeregistrar.WithDomain(fakeregistrar.Domain{
			Name: "example.org", Account: account, ExpiresAt: time.Now().Add(30 * 24 * time.Hour),
		}),
	}
}

func TestAccExamples(t *testing.T) {
	t.Parallel()
	runWalkthroughs(t, exampleWalkthroughs())
}

func runWalkthroughs(t *testing.T, walkthroughs map[string]walkthrough) {
	t.Helper()
	for name, walk := range walkthroughs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if walk.needs != (feature{}) {
				needs(t, walk.needs)
			}
			if walk.account == nil {
				walk.account = examplesAccount()
			}
			w := open(t, "", walk.account...)
			for _, file := range walk.files {
				w.copyExample(file)
			}
			walk.steps(w)
		})
	}
}

// TestEveryExampleHasATest fails for an example without a test.
func TestEveryExampleHasATest(t *testing.T) {
	t.Parallel()
	var named []string
	for _, walk := range slices.Concat(slices.Collect(maps.Values(exampleWalkthroughs())), slices.Collect(maps.Values(sampleWalkthroughs()))) {
		named = append(named, walk.files...)
	}
	err := filepath.WalkDir(examples, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(examples, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "demo" || entry.Name() == ".terraform"):
			return fs.SkipDir
		case entry.IsDir(), filepath.Ext(name) == ".md", strings.HasPrefix(entry.Name(), "."), strings.Contains(name, ".tfstate"):
			return nil
		}
		if !slices.Contains(named, filepath.ToSlash(name)) {
			t.Errorf("no test runs examples/%s", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// copyExample copies an example into the workspace. A required_providers block in it replaces the workspace's.
func (w *workspace) copyExample(file string) {
	w.t.Helper()
	content, err := fs.ReadFile(os.DirFS(examples), file)
	if err != nil {
		w.t.Fatal(err)
	}
	name, folder := filepath.Base(file), filepath.Base(filepath.Dir(file))
	if folder == "tests" || folder == "policy" {
		name = filepath.Join(folder, name)
	}
	if strings.Contains(string(content), "required_providers") {
		if err := os.RemoveAll(filepath.Join(w.dir, "providers.tf")); err != nil {
			w.t.Fatal(err)
		}
	}
	w.write(name, string(content))
}

// content returns the content of a file in the workspace.
func (w *workspace) content(name string) string {
	w.t.Helper()
	text, err := fs.ReadFile(os.DirFS(w.dir), name)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func applyCleanly(w *workspace) {
	w.apply(0)
	w.plan(0)
}

// expectOutput returns a step that runs a command and checks its exit code and output.
func expectOutput(code int, command string, texts ...string) func(*workspace) {
	return func(w *workspace) { w.must(code, strings.Fields(command)...).contains(w.t, texts...) }
}

func importByScript(w *workspace) {
	w.must(1, "state", "list")
	w.script(0, w.content("import.sh"))
	w.must(0, "state", "list").contains(w.t, "registrar_domain_settings.campaign registrar_domain_settings.shop")
	w.wantPatches(0)
}

// runPipeline runs the commands of a pipeline's three jobs: plan a pull request, apply after the merge, and report
// drift.
func runPipeline(w *workspace) {
	w.allowInstall()
	w.jq()
	w.stub("gh", `case "$1 $2" in "issue list") echo 0 ;; api*) cat labeled 2>/dev/null || echo false ;; *) echo "gh $*"; cat ;; esac`)
	w.copyExample("one-domain/main.tf")
	w.must(0, "init")
	pipeline, err := filepath.Glob(filepath.Join(w.dir, "*.yml"))
	if err != nil || len(pipeline) != 1 {
		w.t.Fatalf("found %v, %v; want one pipeline", pipeline, err)
	}
	jobs := regexp.MustCompile(`\|\n((?: {6,}.*\n)+)`).FindAllStringSubmatch(w.content(filepath.Base(pipeline[0])), -1)
	if len(jobs) != 3 {
		w.t.Fatalf("found %d command blocks; want 3: plan, apply and drift", len(jobs))
	}
	plan, apply, drift := jobs[0][1], jobs[1][1], jobs[2][1]
	const example = "registrar_domain_settings.example (example.com): auto_renew "
	w.script(0, plan).contains(w.t, "1 to add")
	w.script(0, apply).contains(w.t, "1 added")
	w.script(0, drift)
	w.fake.StartUpdate(account, "example.com", false)
	w.script(0, plan).contains(w.t, "Drift that this plan reverts: "+example+"false -> true")
	w.script(2, drift).contains(w.t, "Drift that this plan reverts: "+example+"false -> true", "auto_renew = false -> true")
	w.script(0, apply)

	w.write("main.tf", strings.Replace(w.content("main.tf"), "= true", "= false", 1))
	w.script(1, plan).contains(w.t, "This plan turns auto-renew off: "+example+"true -> false")
	before := w.patches()
	w.script(1, apply).contains(w.t, "This plan turns auto-renew off: "+example+"true -> false")
	w.wantPatches(before)
	w.script(2, drift).contains(w.t, "This plan turns auto-renew off: "+example+"true -> false")
	w.script(0, "echo true >labeled; export ALLOW_RENEWALS_OFF=true; "+apply).contains(w.t, "Allowed edits that turn auto-renew off: "+example+"true -> false", "1 changed")
	w.copyExample("expiry-check/main.tf")
	w.script(0, apply)
	w.script(2, drift).contains(w.t, "No changes", "example.org expires on")
}
