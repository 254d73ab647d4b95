// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// growthRow is what the provider's processes take to refresh and plan so many domains.
type growthRow struct {
	Domains  int     `json:"domains"`
	Peak     float64 `json:"peak_mb"`
	CPU      float64 `json:"cpu_s"`
	Requests int     `json:"requests"`
}

// measureGrowth plans ever more domains. Their state is written beforehand, because a CLI writes the
// whole of it after each resource it applies, and so needs an hour for a few thousand.
func measureGrowth(ctx context.Context, b *bed) (section, error) {
	var rows []growthRow
	for _, domains := range []int{10, 100, 1000, 2500, 5000} {
		row, err := grow(ctx, b, domains)
		if err != nil {
			return section{}, err
		}
		rows = append(rows, row)
	}
	return growthSection(rows), nil
}

func grow(ctx context.Context, b *bed, domains int) (growthRow, error) {
	r, server, err := b.newDomainRoom(ctx, domains, 0, true)
	if err != nil {
		return growthRow{}, err
	}
	defer server.stop()
	state, err := json.Marshal(stateOf(domains))
	if err != nil {
		return growthRow{}, err
	}
	if err := os.WriteFile(filepath.Join(r.dir, "terraform.tfstate"), state, 0o600); err != nil {
		return growthRow{}, err
	}
	if _, err := r.run(ctx, "plan"); err != nil {
		return growthRow{}, err
	}
	all, err := r.usages()
	if err != nil {
		return growthRow{}, err
	}
	sum := together(all)
	return growthRow{domains, float64(sum.Peak) / 1e6, sum.CPU.Seconds(), len(server.Requests())}, nil
}

// stateOf is a state that has every domain, all off.
func stateOf(domains int) map[string]any {
	var instances []map[string]any
	for n := range domains {
		instances = append(instances, map[string]any{
			"index_key": n, "schema_version": 0,
			"attributes": map[string]any{
				"id": accountOf(n) + "/" + domainName(n), "account_id": accountOf(n), "domain_name": domainName(n), "auto_renew": true,
				"status": "active", "created_at": nil, "expires_at": nil, "locked": true, "privacy_mode": "redaction", "timeouts": nil,
			},
		})
	}
	return map[string]any{
		"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "5e1f7e0c-0b5c-4f0e-9d3c-2a3f7d0b6a11", "outputs": map[string]any{},
		"resources": []any{map[string]any{
			"mode": "managed", "type": "registrar_domain_settings", "name": "all",
			"provider": `provider["registry.terraform.io/seed-9d79c00c/registrar"]`, "instances": instances,
		}},
	}
}

func growthSection(rows []growthRow) section {
	least, middle, most := rows[0], rows[len(rows)-3], rows[len(rows)-1]
	times := float64(most.Domains-middle.Domains) / float64(middle.Domains-least.Domains)
	s := section{
		Title: "Growth",
		Text: []string{
			"The provider's own processes, measured by the operating system while the real CLI refreshes and plans so many domains with nothing to wait for: processor time of all of them, and the largest peak of memory. " +
				fmt.Sprintf("The figures say by how much more the step from %d to %d domains takes than that from %d to %d, as a share of what a straight line would give.", middle.Domains, most.Domains, least.Domains, middle.Domains),
		},
		Figures: []figure{
			atMost("Growth of processor time, beside a straight line", (most.CPU-middle.CPU)/(middle.CPU-least.CPU)/times, "×", 1.15, "see below"),
			atMost("Growth of memory, beside a straight line", (most.Peak-middle.Peak)/(middle.Peak-least.Peak)/times, "×", 1.15, "see below"),
		},
		Raw: rows,
	}
	t := table{Head: []string{"domains", "memory at its peak", "processor time", "a domain", "requests"}}
	memory, cpu := curve{Name: "memory at its peak, MB"}, curve{Name: "processor time, s"}
	for _, r := range rows {
		t.Rows = append(t.Rows, []string{
			fmt.Sprint(r.Domains), fmt.Sprintf("%.1f MB", r.Peak), fmt.Sprintf("%.2f s", r.CPU), fmt.Sprintf("%.2f ms", 1000*r.CPU/float64(r.Domains)), fmt.Sprint(r.Requests),
		})
		memory.add(float64(r.Domains), r.Peak)
		cpu.add(float64(r.Domains), r.CPU)
	}
	s.Tables = []table{t}
	s.Pictures = map[string]string{"growth.svg": picture{Across: "domains", Panels: []panel{{"memory at its peak, MB", []curve{memory}}, {"processor time, s", []curve{cpu}}}}.svg()}
	return s
}
