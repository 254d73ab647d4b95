// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// The two providers.
const (
	ours     = "registrar"
	baseline = "baseline"
)

// bench is a folder with both providers, built alike, and a CLI.
type bench struct {
	dir, cli, version string
}

func newBench(ctx context.Context, dir string) (*bench, error) {
	b := &bench{dir: dir, cli: os.Getenv("TF_ACC_TERRAFORM_PATH"), version: os.Getenv("TF_ACC_CLI_VERSION")}
	self, err := os.Executable()
	if err != nil || b.cli == "" {
		return nil, cmp.Or(err, errors.New("no CLI is named: run this with make bench"))
	}
	var overrides strings.Builder
	for name, source := range map[string]string{ours: ".", baseline: "./bench/baseline"} {
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b.binary(name), source) //nolint:gosec // the arguments are made here
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building %s: %w\n%s", source, err, out)
		}
		if err := os.Symlink(self, filepath.Join(dir, name, "terraform-provider-"+name)); err != nil {
			return nil, err
		}
		fmt.Fprintf(&overrides, "    \"seed-9d79c00c/%s\" = %q\n", name, filepath.Join(dir, name))
	}
	config := "provider_installation {\n  dev_overrides {\n" + overrides.String() + "  }\n}\n"
	return b, os.WriteFile(filepath.Join(dir, "cli.tfrc"), []byte(config), 0o600)
}

// binary is where a provider is, as it would be shipped.
func (b *bench) binary(name string) string {
	return filepath.Join(b.dir, name, "measured", "terraform-provider-"+name)
}

// workspace is a folder in which the CLI works, with a fake registrar of its own.
type workspace struct {
	*bench
	dir, provider string
	env           []string
	fake          *fakeregistrar.Server
	server        *httptest.Server
}

// newWorkspace makes a folder with so many resources. The fake says that its rate limit is far away:
// without a word of it, the provider keeps to 1,200 requests in five minutes.
func (b *bench) newWorkspace(provider string, count int, latency time.Duration) (*workspace, error) {
	dir, err := os.MkdirTemp(b.dir, "workspace-")
	if err != nil {
		return nil, err
	}
	fake := fakeregistrar.New(fakeregistrar.WithLatency(latency), fakeregistrar.WithRateLimit(
		fakeregistrar.RateLimit{Quota: 1_000_000, Window: 5 * time.Minute, Headers: true}))
	for n := range count {
		fake.AddDomain(fakeregistrar.Domain{Name: domainName(n), Account: accountOf(n), Locked: true, Scenario: fakeregistrar.Immediate()})
	}
	w := &workspace{bench: b, dir: dir, provider: provider, fake: fake, server: httptest.NewServer(fake)}
	w.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "CHECKPOINT_DISABLE=1", "TF_INPUT=0", "NO_COLOR=1", "TF_CLI_CONFIG_FILE=" + filepath.Join(b.dir, "cli.tfrc"),
		"BENCH_RUSAGE=" + filepath.Join(dir, "rusage"), "CLOUDFLARE_API_TOKEN=a-token-of-the-benchmark", "CLOUDFLARE_BASE_URL=" + w.server.URL + fakeregistrar.BasePath,
	}
	return w, w.write("main.tf", resourceConfig(provider, count))
}

func (w *workspace) close() error {
	w.server.Close()
	return os.RemoveAll(w.dir)
}

func (w *workspace) write(name, content string) error {
	return os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o600)
}

// time runs the CLI and returns the seconds that it took.
func (w *workspace) time(ctx context.Context, args ...string) (float64, error) {
	cmd := exec.CommandContext(ctx, w.cli, args...) //nolint:gosec // the CLI that the developer named
	cmd.Dir, cmd.Env = w.dir, w.env
	began := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return time.Since(began).Seconds(), nil
}

// count runs the CLI and returns the requests that it made.
func (w *workspace) count(ctx context.Context, args ...string) (float64, error) {
	w.fake.ResetLog()
	_, err := w.time(ctx, args...)
	return float64(len(w.fake.Requests())), err
}

// measure runs the CLI and returns what the provider's processes took.
func (w *workspace) measure(ctx context.Context, args ...string) (rusage, error) {
	if _, err := w.time(ctx, args...); err != nil {
		return rusage{}, err
	}
	return readRusage(filepath.Join(w.dir, "rusage"))
}

// measurePlan plans what is in state already. The state is written, because a CLI writes all of it
// after each resource that it applies.
func (w *workspace) measurePlan(ctx context.Context, count int) (rusage, error) {
	host := "registry.terraform.io"
	if strings.HasPrefix(w.version, "OpenTofu") {
		host = "registry.opentofu.org"
	}
	kind, instances := w.provider+"_domain_settings", make([]any, count)
	for n := range instances {
		attributes := map[string]any{
			"id": accountOf(n) + "/" + domainName(n), "account_id": accountOf(n), "domain_name": domainName(n), "auto_renew": true, "status": "active",
			"created_at": "2020-01-02T03:04:05Z", "expires_at": "2030-01-02T03:04:05Z", "locked": "true", "privacy_mode": "redaction", "unicode_name": domainName(n),
		}
		instances[n] = map[string]any{"index_key": n, "schema_version": 0, "attributes": attributes}
	}
	state, err := json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "bench", "outputs": map[string]any{},
		"resources": []any{map[string]any{
			"mode": "managed", "type": kind, "name": "all", "provider": fmt.Sprintf("provider[%q]", host+"/seed-9d79c00c/"+w.provider), "instances": instances,
		}},
	})
	if err := errors.Join(err, w.write("terraform.tfstate", string(state))); err != nil {
		return rusage{}, err
	}
	return w.measure(ctx, "plan")
}

func domainName(n int) string { return fmt.Sprintf("domain%04d.com", n) }

// accountOf spreads domains over accounts of 500, which is what Cloudflare lets one hold.
func accountOf(n int) string { return fmt.Sprintf("%032x", 1+n/500) }

// resourceConfig counts its resources: for each member of a for_each, a CLI computes all of it anew.
func resourceConfig(provider string, count int) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    %[1]s = { source = "seed-9d79c00c/%[1]s" }
  }
}

resource "%[1]s_domain_settings" "all" {
  count       = %[2]d
  account_id  = format("%%032x", 1 + floor(count.index / 500))
  domain_name = format("domain%%04d.com", count.index)
  auto_renew  = true
}
`, provider, count)
}

func importConfig(count int) string {
	var config strings.Builder
	for n := range count {
		fmt.Fprintf(&config, "import {\n  to = registrar_domain_settings.all[%d]\n  id = \"%s/%s\"\n}\n", n, accountOf(n), domainName(n))
	}
	return config.String()
}

const queryConfig = "list \"registrar_domain_settings\" \"all\" {\n  provider = registrar\n  config {\n    account_id = \"00000000000000000000000000000001\"\n  }\n}\n"
