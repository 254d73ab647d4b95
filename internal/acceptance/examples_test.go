// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// examples is where the files are that the documentation shows.
const examples = "../../examples"

// story is files of examples/ and what is done with them as they are.
type story struct {
	files                   []string
	terraform, tofu, needed string                 // the oldest releases that have what it needs, empty for any
	account                 []fakeregistrar.Option // theExamplesAccount if nil
	play                    func(*workspace)
}

// tried are the examples of which no page shows the output, but the demo, which `make demo` tries. The others
// are in stories.
func tried() map[string]story {
	const settings = "resources/registrar_domain_settings/"
	return map[string]story{
		"the provider":               {files: []string{"provider/provider.tf", "data-sources/registrar_domain/data-source.tf"}, play: appliesWithoutAnyPatch},
		"the resource":               {files: []string{settings + "resource.tf"}, play: appliesAndHolds},
		"import on the command line": {files: []string{settings + "resource.tf", settings + "import.sh"}, play: importsByScript},
		"import by id":               {files: []string{settings + "resource.tf", settings + "import-by-string-id.tf"}, play: importsOne},
		"import by identity":         {[]string{settings + "resource.tf", settings + "import-by-identity.tf"}, "1.12.0", "1.12.0", "import by identity", nil, importsOne},
		"one domain looked up":       {files: []string{"data-sources/registrar_domain/data-source.tf"}, play: appliesWithoutAnyPatch},
		"many domains looked up":     {files: []string{"data-sources/registrar_domains/data-source.tf"}, play: findsTheLapsing},
		"an update looked up":        {files: []string{"data-sources/registrar_domain_update_status/data-source.tf"}, play: appliesWithoutAnyPatch},
		"a list":                     {[]string{"list-resources/registrar_domain_settings/list-resource.tfquery.hcl"}, "1.14.0", "", "terraform query", nil, lists},
		"a module's tests":           {[]string{"module/main.tf", "module/tests/domain.tftest.hcl"}, "1.7.0", "1.8.0", "mock_provider", nil, passesItsTests},
		"a calendar":                 {files: []string{"expiry-calendar/main.tf", "expiry-calendar/page.html.tftpl"}, account: expiryAccount(), play: makesACalendar},
		"a policy":                   {files: []string{"policy/renewals-off.jq"}, play: judgesPlans},
		"a policy on imports":        {[]string{"portfolio/main.tf", "policy/renewals-off.jq"}, "1.7.0", "1.7.0", "import with for_each", nil, judgesImports},
		"a pipeline of GitHub":       {files: []string{"pipelines/github-actions.yml", "policy/renewals-off.jq"}, play: plansAppliesAndAlerts},
		"a pipeline of GitLab":       {files: []string{"pipelines/gitlab-ci.yml", "policy/renewals-off.jq"}, play: plansAppliesAndAlerts},
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
	playAll(t, tried())
}

func playAll(t *testing.T, stories map[string]story) {
	t.Helper()
	for sentence, s := range stories {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			if s.needed != "" {
				needs(t, s.terraform, s.tofu, s.needed)
			}
			if s.account == nil {
				s.account = theExamplesAccount()
			}
			w := open(t, "", s.account...)
			for _, file := range s.files {
				w.take(file)
			}
			s.play(w)
		})
	}
}

// An example that nobody tries is out of date before long.
func TestEveryExampleIsTried(t *testing.T) {
	t.Parallel()
	var named []string
	for _, s := range slices.Concat(slices.Collect(maps.Values(tried())), slices.Collect(maps.Values(stories()))) {
		named = append(named, s.files...)
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
		if !slices.Contains(named, filepath.ToSlash(name)) {
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

func appliesAndHolds(w *workspace) {
	w.apply(0)
	w.plan(0)
}

func appliesWithoutAnyPatch(w *workspace) {
	appliesAndHolds(w)
	w.patched(0)
}

func findsTheLapsing(w *workspace) {
	w.apply(0).says(w.t, "lapsing = {", `"example.org" = "`)
}

func importsOne(w *workspace) {
	w.plan(2).says(w.t, "1 to import, 1 to add, 1 to change, 0 to destroy")
}

func importsByScript(w *workspace) {
	w.must(1, "state", "list")
	w.script(0, w.content("import.sh"))
	w.must(0, "state", "list").says(w.t, "registrar_domain_settings.campaign registrar_domain_settings.shop")
	w.patched(0)
}

func lists(w *workspace) {
	w.must(0, "query").says(w.t, "domain_name=xn--mnchen-3ya.de", "list.registrar_domain_settings.lapsing")
}

func passesItsTests(w *workspace) {
	w.must(0, "test").says(w.t, "3 passed, 0 failed")
	if got := len(w.fake.Requests()); got != 0 {
		w.t.Errorf("sent %d requests; want none", got)
	}
}

// plansAppliesAndAlerts runs the commands of a pipeline's three jobs, in the order in which
// their day comes: a pull request, its merge, and a change in the dashboard.
func plansAppliesAndAlerts(w *workspace) {
	w.installable()
	w.stub("apk", "")
	w.jq()
	w.stub("gh", `case $2 in list) echo 0 ;; *) echo "gh $*" ;; esac`)
	w.take("one-domain/main.tf")
	w.must(0, "init")
	pipeline, err := filepath.Glob(filepath.Join(w.dir, "*.yml"))
	if err != nil || len(pipeline) != 1 {
		w.t.Fatalf("found %v, %v; want one pipeline", pipeline, err)
	}
	jobs := scripts(w.content(filepath.Base(pipeline[0])))
	if len(jobs) != 3 {
		w.t.Fatalf("found %d scripts; want those of plan, apply and drift", len(jobs))
	}
	w.script(0, jobs[0]).says(w.t, "1 to add")
	w.script(0, jobs[1]).says(w.t, "1 added")
	w.script(0, jobs[2])
	w.fake.SetAutoRenew(account, "example.com", false)
	w.script(2, jobs[2]).says(w.t, "auto_renew = false -> true")
	w.script(0, jobs[1])
	w.take("expiry-check/main.tf")
	w.script(0, jobs[1])
	w.script(2, jobs[2]).says(w.t, "No changes", "example.org expires on")
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
