// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// The credentials of all tests. Every test checks that they don't leak.
const (
	account = "023e105f4ecef8ad9ca31a8372d0c353"
	token   = "tok_Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY" //nolint:gosec // invented for these tests
	key     = "key_144c9defac04969c7bfad8efaa8ea194c0ffee"
	email   = "owner-of-the-key@example.edu"
)

// domain adds a domain to the test's account.
func domain(name string, autoRenew bool, scenario fakeregistrar.Scenario) fakeregistrar.Option {
	return fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: name, Account: account, AutoRenew: autoRenew, Scenario: scenario, Locked: true,
		ExpiresAt: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
	})
}

const oneDomain = `
resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
}
`

const requiredProviders = `
terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}
`

// workspace is a folder for a CLI, with a fake registrar.
type workspace struct {
	t    *testing.T
	path string // of the CLI
	fake *fakeregistrar.Server
	url  string // of its API
	dir  string
	logs string
	env  []string
	shell
}

// run is the result of a command.
type run struct {
	code int
	text string // standard output and standard error with white space folded
	raw  string // both, unchanged
}

// open creates a workspace with a configuration and a required_providers block.
func open(t *testing.T, config string, options ...fakeregistrar.Option) *workspace {
	t.Helper()
	cli := requireCLI(t)
	fake := fakeregistrar.New(options...)
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	w := &workspace{t: t, path: cli.path, fake: fake, url: server.URL + fakeregistrar.BasePath, dir: t.TempDir(), logs: t.TempDir()}
	w.env = []string{
		"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "NO_COLOR=1",
		"TF_CLI_CONFIG_FILE=" + overrides(t), "TF_LOG=TRACE", "TF_LOG_PATH=" + filepath.Join(w.logs, "trace.log"),
		"CLOUDFLARE_API_TOKEN=" + token, "CLOUDFLARE_ACCOUNT_ID=" + account, "CLOUDFLARE_BASE_URL=" + w.url,
	}
	w.write("providers.tf", requiredProviders)
	w.write("main.tf", config)
	t.Cleanup(w.inspect)
	return w
}

// overrides writes a CLI configuration that uses this test binary for both providers.
func overrides(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"registrar", "cloudflare"} {
		link(t, filepath.Join(dir, "terraform-provider-"+name))
	}
	file := filepath.Join(dir, "cli.tfrc")
	content := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"seed-9d79c00c/registrar\" = %q\n    \"cloudflare/cloudflare\" = %q\n    \"example/registrar\" = %q\n  }\n}\n", dir, dir, dir)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// link creates a link with another name to this test binary: see TestMain.
func link(t *testing.T, name string) {
	t.Helper()
	self, err := os.Executable()
	if err := errors.Join(err, os.MkdirAll(filepath.Dir(name), 0o750), os.Symlink(self, name)); err != nil {
		t.Fatal(err)
	}
}

// write writes a file in the workspace.
func (w *workspace) write(name, content string) {
	w.t.Helper()
	path := filepath.Join(w.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o750), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		w.t.Fatal(err)
	}
}

// command returns a command that runs the CLI, and the buffer for its output.
func (w *workspace) command(ctx context.Context, args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.CommandContext(ctx, w.path, args...) //nolint:gosec // the CLI that the developer named
	cmd.Dir, cmd.Env = w.dir, w.env
	output := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = output, output
	return cmd, output
}

// cli runs the CLI and waits for it.
func (w *workspace) cli(args ...string) run {
	w.t.Helper()
	cmd, output := w.command(w.t.Context(), args...)
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok && err != nil || ok && !exit.Exited() {
		w.t.Fatalf("%v: %v\n%s", args, err, output)
	}
	w.checkSecrets("the output", output.Bytes())
	return run{cmd.ProcessState.ExitCode(), flat(output.String()), output.String()}
}

// checkSecrets fails the test for each secret in content.
func (w *workspace) checkSecrets(place string, content []byte) {
	w.t.Helper()
	for name, secret := range map[string]string{"token": token, "key": key} {
		if bytes.Contains(content, []byte(secret)) {
			w.t.Errorf("%s contains the %s", place, name)
		}
	}
}

// interrupted runs the CLI, and sends SIGINT once the fake registrar has received a PATCH. It also returns the time from
// the signal to the exit.
func (w *workspace) interrupted(args ...string) (run, time.Duration) {
	w.t.Helper()
	cmd, output := w.command(w.t.Context(), args...)
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); w.patches() == 0 && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	began := time.Now()
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		w.t.Fatal(err)
	}
	_ = cmd.Wait() // the caller checks the code
	return run{cmd.ProcessState.ExitCode(), flat(output.String()), output.String()}, time.Since(began)
}

// must runs the CLI and fails the test unless it exits with the given code.
func (w *workspace) must(code int, args ...string) run {
	w.t.Helper()
	got := w.cli(args...)
	if got.code != code {
		w.t.Fatalf("%v exited with %d; want %d\n%s", args, got.code, code, got.text)
	}
	return got
}

// apply applies the configuration.
func (w *workspace) apply(code int) run {
	w.t.Helper()
	return w.must(code, "apply", "-auto-approve", "-input=false")
}

// plan plans the configuration. The exit code is 0 for no changes, 2 for changes.
func (w *workspace) plan(code int) run {
	w.t.Helper()
	return w.must(code, "plan", "-detailed-exitcode", "-input=false")
}

// contains fails the test for each text that the output lacks. It ignores line breaks, which CLIs insert.
func (r run) contains(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.text, flat(text)) {
			t.Errorf("the output doesn't contain %q:\n%s", text, r.text)
		}
	}
}

// count returns how many times the output contains text.
func (r run) count(text string) int { return strings.Count(r.text, text) }

// color matches a terminal escape: Terraform 1.11 colors some output even with NO_COLOR.
var color = regexp.MustCompile("\x1b\\[[0-9;]*m")

// flat collapses white space, and removes the frames that CLIs draw around diagnostics.
func flat(text string) string {
	text = color.ReplaceAllString(text, "")
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(text)), " ")
}

// state returns the state file, or an empty string.
func (w *workspace) state() string {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	return string(content)
}

// patches returns the number of PATCH requests to the fake registrar.
func (w *workspace) patches() int { return w.fake.Count("PATCH", "") }

// wantPatches fails the test unless the fake registrar has received this number of PATCH requests.
func (w *workspace) wantPatches(want int) {
	w.t.Helper()
	if got := w.patches(); got != want {
		w.t.Errorf("sent %d PATCH requests; want %d", got, want)
	}
}

// inspect fails the test for violations that the fake registrar recorded, and for leaked secrets.
func (w *workspace) inspect() {
	for _, violation := range w.fake.Violations() {
		w.t.Errorf("the fake registrar recorded a violation: %s", violation)
	}
	for _, root := range []string{w.dir, w.logs} {
		tree := os.DirFS(root)
		err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
			if path == ".terraform/providers" { // the test binary has the secrets as constants
				return fs.SkipDir
			}
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			content, err := fs.ReadFile(tree, path)
			w.checkSecrets(path, content)
			return err
		})
		if err != nil {
			w.t.Error(err)
		}
	}
}
