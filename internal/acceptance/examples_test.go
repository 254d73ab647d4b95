// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// examples is where the files are that the documentation shows.
const examples = "../../examples"

// exhibit is some files of examples/, tried as they are.
type exhibit struct {
	files                   []string
	terraform, tofu, needed string // the oldest releases that have what it needs, empty for any
	try                     func(*testing.T, *workspace)
}

// tried are all examples but the demo, which `make demo` tries, by what they show.
func tried() map[string]exhibit {
	const settings = "resources/registrar_domain_settings/"
	return map[string]exhibit{
		"the provider": {
			files: []string{"provider/provider.tf", "data-sources/registrar_domain/data-source.tf"}, try: appliesWithoutAnyPatch,
		},
		"the resource":                {files: []string{settings + "resource.tf"}, try: appliesAndHolds},
		"import on the command line":  {files: []string{settings + "resource.tf", settings + "import.sh"}, try: importsByScript},
		"import by id":                {files: []string{settings + "resource.tf", settings + "import-by-string-id.tf"}, try: importsOne},
		"import by identity":          {[]string{settings + "resource.tf", settings + "import-by-identity.tf"}, "1.12.0", "1.12.0", "import by identity", importsOne},
		"one domain looked up":        {files: []string{"data-sources/registrar_domain/data-source.tf"}, try: appliesWithoutAnyPatch},
		"many domains looked up":      {files: []string{"data-sources/registrar_domains/data-source.tf"}, try: findsTheLapsing},
		"an update looked up":         {files: []string{"data-sources/registrar_domain_update_status/data-source.tf"}, try: appliesWithoutAnyPatch},
		"a list":                      {[]string{"list-resources/registrar_domain_settings/list-resource.tfquery.hcl"}, "1.14.0", "", "terraform query", lists},
		"one domain":                  {files: []string{"one-domain/main.tf"}, try: appliesAndHolds},
		"a portfolio":                 {[]string{"portfolio/main.tf"}, "1.7.0", "1.7.0", "import with for_each", appliesWithoutAnyPatch},
		"an account adopted by query": {[]string{"adopt-with-query/main.tf", "adopt-with-query/domains.tfquery.hcl"}, "1.14.0", "", "terraform query", adoptsByQuery},
		"a move":                      {[]string{"move/main.tf"}, "1.8.0", "1.10.0", "moved blocks between providers", moves},
		"a check of expiry dates":     {files: []string{"expiry-check/main.tf"}, try: warnsOfWhatLapses},
		"a module's tests":            {[]string{"module/main.tf", "module/tests/domain.tftest.hcl"}, "1.7.0", "1.8.0", "mock_provider", passesItsTests},
		"a calendar of expiry dates":  {files: []string{"expiry-calendar/main.tf", "expiry-calendar/page.html.tftpl"}, try: appliesWithoutAnyPatch},
		"a pipeline of GitHub":        {files: []string{"pipelines/github-actions.yml", "policy/renewals-off.jq"}, try: plansAppliesAndAlerts},
		"a pipeline of GitLab":        {files: []string{"pipelines/gitlab-ci.yml", "policy/renewals-off.jq"}, try: plansAppliesAndAlerts},
	}
}

// theExamplesAccount holds the domains that the examples speak of.
func theExamplesAccount() []fakeregistrar.Option {
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
	for sentence, e := range tried() {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			if e.needed != "" {
				needs(t, e.terraform, e.tofu, e.needed)
			}
			w := open(t, "", theExamplesAccount()...)
			for _, file := range e.files {
				w.take(file)
			}
			e.try(t, w)
		})
	}
}

// An example that nobody tries is out of date before long.
func TestEveryExampleIsTried(t *testing.T) {
	t.Parallel()
	missing := map[string]bool{}
	for _, e := range tried() {
		for _, file := range e.files {
			missing[file] = true
		}
	}
	err := filepath.WalkDir(examples, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(examples, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "demo" || name == ".terraform"):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) == ".md" || strings.HasPrefix(entry.Name(), "."):
			return nil
		}
		if !missing[filepath.ToSlash(name)] {
			t.Errorf("examples/%s is tried by no test", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// take copies an example into the workspace. Files that stand beside each other in examples/ do
// so here, and one that names its providers itself takes the place of the harness's block.
func (w *workspace) take(file string) {
	w.t.Helper()
	content, err := fs.ReadFile(os.DirFS(examples), file)
	if err != nil {
		w.t.Fatal(err)
	}
	name, folder := filepath.Base(file), filepath.Base(filepath.Dir(file))
	if folder == "tests" || folder == "policy" {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Join(w.dir, folder), 0o750); err != nil {
			w.t.Fatal(err)
		}
	}
	if strings.Contains(string(content), "required_providers") {
		if err := os.RemoveAll(filepath.Join(w.dir, "providers.tf")); err != nil {
			w.t.Fatal(err)
		}
	}
	w.write(name, string(content))
}

// content is a file of the workspace.
func (w *workspace) content(name string) string {
	w.t.Helper()
	text, err := fs.ReadFile(os.DirFS(w.dir), name)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func appliesAndHolds(_ *testing.T, w *workspace) {
	w.apply(0)
	w.plan(0)
}

func appliesWithoutAnyPatch(t *testing.T, w *workspace) {
	appliesAndHolds(t, w)
	if got := w.patches(); got != 0 {
		t.Errorf("sent %d PATCH; want none", got)
	}
}

func findsTheLapsing(t *testing.T, w *workspace) {
	w.apply(0).says(t, "lapsing = {", `"example.org" = "`)
}

func importsOne(t *testing.T, w *workspace) {
	w.plan(2).says(t, "1 to import, 1 to add, 1 to change, 0 to destroy")
}

func importsByScript(t *testing.T, w *workspace) {
	w.must(1, "state", "list")
	w.script(0, w.content("import.sh"))
	w.must(0, "state", "list").says(t, "registrar_domain_settings.campaign registrar_domain_settings.shop")
	if got := w.patches(); got != 0 {
		t.Errorf("sent %d PATCH; want none", got)
	}
}

func lists(t *testing.T, w *workspace) {
	w.must(0, "query").says(t, "domain_name=xn--mnchen-3ya.de", "list.registrar_domain_settings.lapsing")
}

func adoptsByQuery(t *testing.T, w *workspace) {
	w.must(0, "query", "-generate-config-out=domains.tf")
	w.apply(0).says(t, "4 imported, 0 added, 0 changed")
	w.plan(0)
}

func moves(t *testing.T, w *workspace) {
	w.write("terraform.tfstate", incumbentState(registryHost(), 500,
		`{"account_id": "`+account+`", "domain_name": "example.com", "auto_renew": true, "locked": true, "privacy": true}`))
	w.apply(0).says(t, "0 added, 1 changed, 0 destroyed") // the fake's example.com had it off
	w.plan(0)
}

func warnsOfWhatLapses(t *testing.T, w *workspace) {
	w.plan(0).says(t, "Check block assertion failed", "Auto-renew is off; turn it on, or renew by hand: example.org expires on 20")
	w.fake.SetAutoRenew(account, "example.org", true)
	if got := w.plan(0); strings.Contains(got.text, "Check block") {
		t.Errorf("it warns of a domain that renews:\n%s", got.text)
	}
}

func passesItsTests(t *testing.T, w *workspace) {
	w.must(0, "test").says(t, "3 passed, 0 failed")
	if got := len(w.fake.Requests()); got != 0 {
		t.Errorf("sent %d requests; want none", got)
	}
}

// plansAppliesAndAlerts runs the commands of a pipeline's three jobs, in the order in which
// their day comes: a pull request, its merge, and a change in the dashboard.
func plansAppliesAndAlerts(t *testing.T, w *workspace) {
	w.installable()
	w.stub("apk", "")
	w.jq()
	w.stub("gh", `case $2 in list) echo 0 ;; *) echo "gh $*" ;; esac`)
	w.take("one-domain/main.tf")
	w.must(0, "init")
	var jobs []string
	for _, file := range []string{"github-actions.yml", "gitlab-ci.yml"} {
		if _, err := os.Stat(filepath.Join(w.dir, file)); err == nil {
			jobs = scripts(w.content(file))
		}
	}
	if len(jobs) != 3 {
		t.Fatalf("found %d scripts; want those of plan, apply and drift", len(jobs))
	}
	w.script(0, jobs[0]).says(t, "1 to add")
	w.script(0, jobs[1]).says(t, "1 added")
	w.script(0, jobs[2])
	w.fake.SetAutoRenew(account, "example.com", false)
	w.script(2, jobs[2]).says(t, "auto_renew = false -> true")
	w.script(0, jobs[1])
	w.take("expiry-check/main.tf")
	w.script(0, jobs[1])
	w.script(2, jobs[2]).says(t, "No changes", "example.org expires on")
}

// scripts are the blocks of text in a pipeline's file: the shell commands of its jobs, in order.
func scripts(file string) []string {
	var found []string
	begin := -1 // the indentation of the line that opened the block, negative outside of one
	for line := range strings.SplitSeq(file, "\n") {
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		switch {
		case text == "":
		case begin >= 0 && indent > begin:
			found[len(found)-1] += text + "\n"
		case strings.HasSuffix(text, "|"):
			begin = indent
			found = append(found, "")
		default:
			begin = -1
		}
	}
	return found
}
