// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
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

// bench is a folder with both providers, built the same way, and a CLI.
type bench struct {
	dir, cli, version string
}

func newBench() *bench {
	b := &bench{must(os.MkdirTemp("", "bench-")), os.Getenv("TF_ACC_TERRAFORM_PATH"), os.Getenv("TF_ACC_CLI_VERSION")}
	if b.cli == "" {
		panic("TF_ACC_TERRAFORM_PATH is not set: run this with make bench")
	}
	var overrides strings.Builder
	for name, source := range map[string]string{ours: ".", baseline: "./bench/baseline"} {
		output(".", append(os.Environ(), "CGO_ENABLED=0"), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b.binary(name), source)
		check(os.Symlink(must(os.Executable()), filepath.Join(b.dir, name, "terraform-provider-"+name)))
		fmt.Fprintf(&overrides, "    \"seed-9d79c00c/%s\" = %q\n", name, filepath.Join(b.dir, name))
	}
	config := "provider_installation {\n  dev_overrides {\n" + overrides.String() + "  }\n}\n"
	check(os.WriteFile(filepath.Join(b.dir, "cli.tfrc"), []byte(config), 0o600))
	return b
}

// binary returns the path of a provider, built as for a release.
func (b *bench) binary(name string) string {
	return filepath.Join(b.dir, name, "measured", "terraform-provider-"+name)
}

func (b *bench) size(name string) float64 { return float64(must(os.Stat(b.binary(name))).Size()) }

// alternate measures both providers in turn, each time in a new workspace with count resources, and returns the
// medians. Other load on the machine then affects both.
func (b *bench) alternate(times, count int, latency time.Duration, measure func(*workspace) []float64) (own, base []float64) {
	runs := map[string][][]float64{}
	for range times {
		for _, name := range []string{ours, baseline} {
			w := b.newWorkspace(name, count, latency)
			runs[name] = append(runs[name], measure(w))
			w.close()
		}
	}
	return medians(runs[ours]), medians(runs[baseline])
}

// workspace is a folder for the CLI, with its own fake registrar.
type workspace struct {
	cli, dir, provider string
	env                []string
	fake               *fakeregistrar.Server
	server             *httptest.Server
}

// newWorkspace creates a folder with count resources. The fake announces a high rate limit, because without its headers
// the provider would limit itself to 1,200 requests in five minutes.
func (b *bench) newWorkspace(provider string, count int, latency time.Duration) *workspace {
	fake := fakeregistrar.New(fakeregistrar.WithLatency(latency), fakeregistrar.WithRateLimit(
		fakeregistrar.RateLimit{Quota: 1_000_000, Window: 5 * time.Minute, Headers: true}))
	for n := range count {
		fake.AddDomain(domain(n, false))
	}
	w := &workspace{cli: b.cli, dir: must(os.MkdirTemp(b.dir, "workspace-")), provider: provider, fake: fake, server: httptest.NewServer(fake)}
	w.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + w.dir, "CHECKPOINT_DISABLE=1", "TF_INPUT=0", "NO_COLOR=1", "TF_CLI_CONFIG_FILE=" + filepath.Join(b.dir, "cli.tfrc"),
		"BENCH_RUSAGE=" + filepath.Join(w.dir, "rusage"), "CLOUDFLARE_API_TOKEN=a-token-of-the-benchmark", "CLOUDFLARE_BASE_URL=" + w.server.URL + fakeregistrar.BasePath,
	}
	w.write("main.tf", resourceConfig(provider, count))
	return w
}

func (w *workspace) close() {
	w.server.Close()
	check(os.RemoveAll(w.dir))
}

func (w *workspace) write(name, content string) {
	check(os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o600))
}

// run runs the CLI, and returns its output.
func (w *workspace) run(args ...string) string { return output(w.dir, w.env, w.cli, args...) }

// time runs the CLI, and returns its time in seconds.
func (w *workspace) time(args ...string) float64 {
	began := time.Now()
	w.run(args...)
	return time.Since(began).Seconds()
}

// count runs the CLI, and returns the number of requests.
func (w *workspace) count(args ...string) float64 {
	w.fake.ResetLog()
	w.run(args...)
	return float64(len(w.fake.Requests()))
}

// measure runs the CLI once, and returns the usage of the provider's processes.
func (w *workspace) measure(args ...string) rusage {
	w.run(args...)
	return readRusage(filepath.Join(w.dir, "rusage"))
}

// writeState writes a state with count resources that match the registrar. An apply would be slow, because CLIs write
// the whole state after each resource.
func (w *workspace) writeState(count int) {
	instances := make([]any, count)
	for n := range instances {
		d := domain(n, true)
		w.fake.AddDomain(d)
		instances[n] = map[string]any{"index_key": n, "schema_version": 0, "attributes": map[string]any{
			"id": d.Account + "/" + d.Name, "account_id": d.Account, "domain_name": d.Name, "unicode_name": d.Name, "auto_renew": true, "status": "active",
			"created_at": d.CreatedAt.Format(time.RFC3339), "expires_at": d.ExpiresAt.Format(time.RFC3339), "locked": "true", "privacy_mode": "redaction",
		}}
	}
	w.write("terraform.tfstate", string(must(json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "bench", "outputs": map[string]any{},
		"resources": []any{map[string]any{
			"mode": "managed", "type": w.provider + "_domain_settings", "name": "all", "provider": `provider["` + w.address() + `"]`, "instances": instances,
		}},
	}))))
}

// address returns the provider's address, at the CLI's default registry.
func (w *workspace) address() string {
	if strings.HasPrefix(os.Getenv("TF_ACC_CLI_VERSION"), "OpenTofu") {
		return "registry.opentofu.org/seed-9d79c00c/" + w.provider
	}
	return "registry.terraform.io/seed-9d79c00c/" + w.provider
}

var created = time.Now().UTC().Truncate(time.Second)

// domain returns the n-th domain. Accounts have 500 domains, Cloudflare's limit.
func domain(n int, autoRenew bool) fakeregistrar.Domain {
	return fakeregistrar.Domain{
		Name: fmt.Sprintf("domain%04d.com", n), Account: fmt.Sprintf("%032x", 1+n/500), AutoRenew: autoRenew,
		CreatedAt: created, ExpiresAt: created.AddDate(5, 0, 0), Locked: true, Scenario: fakeregistrar.Immediate(),
	}
}

// resourceConfig uses count, because CLIs evaluate the whole for_each map for each instance.
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

const importConfig = `
import {
  for_each = { for n in range(100) : n => n }
  to       = registrar_domain_settings.all[each.value]
  id       = format("%032x/domain%04d.com", 1, each.value)
}
`

const queryConfig = `
list "registrar_domain_settings" "all" {
  provider = registrar
  config {
    account_id = "00000000000000000000000000000001"
  }
}
`

// output runs a command, and returns its output.
func output(dir string, env []string, name string, args ...string) string {
	cmd := exec.Command(name, args...) //nolint:gosec,noctx // go, or the developer's CLI; an interrupt reaches both
	cmd.Dir, cmd.Env = dir, env
	out, err := cmd.CombinedOutput()
	if err != nil {
		panic(fmt.Sprintf("%s %s: %s\n%s", name, strings.Join(args, " "), err, out))
	}
	return string(out)
}
