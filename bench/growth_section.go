// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// growthRow is what a provider's processes take to refresh and plan so many resources.
type growthRow struct {
	Domains  int     `json:"domains"`
	Peak     float64 `json:"peak_mb"`
	CPU      float64 `json:"cpu_s"`
	FloorMB  float64 `json:"floor_peak_mb"`
	FloorCPU float64 `json:"floor_cpu_s"`
	Requests int     `json:"requests"`
}

// measureGrowth plans ever more domains. Their state is written beforehand, because a CLI writes the
// whole of it after each resource it applies, and so needs an hour for a few thousand.
func measureGrowth(ctx context.Context, b *bed) (section, error) {
	var rows []growthRow
	for _, domains := range []int{10, 100, 1000, 5000} {
		row, err := grow(ctx, b, domains)
		if err != nil {
			return section{}, err
		}
		rows = append(rows, row)
	}
	return growthSection(rows), nil
}

// grow measures both providers, one after the other.
func grow(ctx context.Context, b *bed, domains int) (growthRow, error) {
	nothing, err := b.newRoom(floorConfig(domains), true)
	if err != nil {
		return growthRow{}, err
	}
	r, server, err := b.newDomainRoom(ctx, domains, 0, true)
	if err != nil {
		return growthRow{}, err
	}
	defer server.stop()
	below, err := nothing.planned(ctx, stateOf(floor, "floor_resource", domains, floorAttributes))
	if err != nil {
		return growthRow{}, err
	}
	sum, err := r.planned(ctx, stateOf(ours, "registrar_domain_settings", domains, domainAttributes))
	return growthRow{domains, float64(sum.Peak) / 1e6, sum.CPU.Seconds(), float64(below.Peak) / 1e6, below.CPU.Seconds(), len(server.Requests())}, err
}

// planned writes a state and plans, and gives what the provider's processes took.
func (r *room) planned(ctx context.Context, state map[string]any) (usage, error) {
	content, err := json.Marshal(state)
	if err != nil {
		return usage{}, err
	}
	if err := os.WriteFile(filepath.Join(r.dir, "terraform.tfstate"), content, 0o600); err != nil {
		return usage{}, err
	}
	if _, err := r.run(ctx, "plan"); err != nil {
		return usage{}, err
	}
	all, err := r.usages()
	return together(all), err
}

func floorConfig(resources int) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    floor = { source = "seed-9d79c00c/floor" }
  }
}

resource "floor_resource" "all" {
  count = %d
  value = format("domain%%04d.com", count.index)
}
`, resources)
}

func floorAttributes(n int) map[string]any { return map[string]any{"value": domainName(n)} }

func domainAttributes(n int) map[string]any {
	return map[string]any{
		"id": accountOf(n) + "/" + domainName(n), "account_id": accountOf(n), "domain_name": domainName(n), "auto_renew": true,
		"status": "active", "created_at": nil, "expires_at": nil, "locked": true, "privacy_mode": "redaction", "timeouts": nil,
	}
}

// stateOf is a state with so many resources of a type.
func stateOf(provider, resourceType string, count int, attributes func(n int) map[string]any) map[string]any {
	instances := make([]map[string]any, count)
	for n := range instances {
		instances[n] = map[string]any{"index_key": n, "schema_version": 0, "attributes": attributes(n)}
	}
	return map[string]any{
		"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "5e1f7e0c-0b5c-4f0e-9d3c-2a3f7d0b6a11", "outputs": map[string]any{},
		"resources": []any{map[string]any{
			"mode": "managed", "type": resourceType, "name": "all",
			"provider": fmt.Sprintf("provider[%q]", registryHost()+"/seed-9d79c00c/"+provider), "instances": instances,
		}},
	}
}

// registryHost is where the CLI at hand takes a provider to be whose address names no host.
func registryHost() string {
	if strings.HasPrefix(os.Getenv("TF_ACC_CLI_VERSION"), "OpenTofu") {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}

func growthSection(rows []growthRow) section {
	least, middle, most := rows[0], rows[len(rows)-2], rows[len(rows)-1]
	times := float64(most.Domains-middle.Domains) / float64(middle.Domains-least.Domains)
	s := section{
		Title: "Growth",
		Text: []string{
			"The provider's own processes, measured by the operating system while the real CLI refreshes and plans so many domains with nothing to wait for: processor time of all of them, and the largest peak of memory, of a single run each. " +
				"What bench/floor takes for as many resources stands beside it: that part is the framework's and the plugin protocol's. " +
				fmt.Sprintf("The figures say by how much more the step from %d to %d domains takes than that from %d to %d, as a share of what a straight line would give.", middle.Domains, most.Domains, least.Domains, middle.Domains),
		},
		Figures: []figure{
			atMost("Growth of processor time, beside a straight line", (most.CPU-middle.CPU)/(middle.CPU-least.CPU)/times, "×", 1.15, "see below"),
			atMost("Growth of memory, beside a straight line", (most.Peak-middle.Peak)/(middle.Peak-least.Peak)/times, "×", 1.15, "see below"),
		},
		Raw: rows,
	}
	t := table{Head: []string{"domains", "memory at its peak", "the floor's", "processor time", "the floor's", "a domain", "requests"}}
	memory, cpu := curve{Name: "this provider"}, curve{Name: "this provider"}
	floorMemory, floorCPU := curve{Name: "bench/floor"}, curve{Name: "bench/floor"}
	for _, r := range rows {
		t.Rows = append(t.Rows, []string{
			fmt.Sprint(r.Domains), fmt.Sprintf("%.1f MB", r.Peak), fmt.Sprintf("%.1f MB", r.FloorMB), fmt.Sprintf("%.2f s", r.CPU), fmt.Sprintf("%.2f s", r.FloorCPU), fmt.Sprintf("%.2f ms", 1000*r.CPU/float64(r.Domains)), fmt.Sprint(r.Requests),
		})
		memory.add(float64(r.Domains), r.Peak)
		cpu.add(float64(r.Domains), r.CPU)
		floorMemory.add(float64(r.Domains), r.FloorMB)
		floorCPU.add(float64(r.Domains), r.FloorCPU)
	}
	s.Tables = []table{t}
	s.Pictures = map[string]string{"growth.svg": picture{Across: "domains", Panels: []panel{{"memory at its peak, MB", []curve{memory, floorMemory}}, {"processor time, s", []curve{cpu, floorCPU}}}}.svg()}
	return s
}
