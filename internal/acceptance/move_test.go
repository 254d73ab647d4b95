// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// movedDomains exceeds the ten instances that a CLI moves at once. For later instances, a CLI sends our own address as
// the source provider's.
const movedDomains = 14

// The keys of a state's instances, as JSON.
var (
	byCount = strconv.Itoa
	byName  = func(i int) string { return strconv.Quote("d" + strconv.Itoa(i)) }
)

// forEachDomain returns a block with an instance for each domain.
func forEachDomain(block, body string) string {
	return fmt.Sprintf("%s {\n  for_each = { for i in range(%d) : \"d${i}\" => \"d${i}.com\" }\n%s\n}\n", block, movedDomains, body)
}

// moved returns a moved block for each instance of a resource. The target has a format verb for the new key.
func moved(target string, key func(int) string) (blocks string) {
	for i := range movedDomains {
		blocks += fmt.Sprintf("moved {\n  from = cloudflare_registrar_domain.example[%s]\n  to   = "+target+"\n}\n", key(i), byName(i))
	}
	return blocks
}

func TestAccMoves(t *testing.T) {
	t.Parallel()
	const (
		block = `resource "registrar_domain_settings" "this"`
		body  = "  domain_name = each.value\n  auto_renew  = true\n"
		whole = "moved {\n  from = %s.example\n  to   = registrar_domain_settings.this\n}\n"
	)
	fromCloudflare := fmt.Sprintf(whole, "cloudflare_registrar_domain")
	type row struct {
		key     func(int) string
		ours    bool // the state has our own resource, under another provider address
		config  string
		offline bool
		changes int
	}
	for name, c := range map[string]row{
		"one block for all instances":           {key: byName, config: forEachDomain(block, body) + fromCloudflare},
		"one block per instance, to other keys": {key: byCount, config: forEachDomain(block, body) + moved("registrar_domain_settings.this[%s]", byCount)},
		"one block per instance, into modules": {key: byName, config: forEachDomain(`module "domain"`, "  source = \"./domain\"\n  name   = each.value\n") +
			moved("module.domain[%s].registrar_domain_settings.example", byName)},
		"offline, with other timeouts": {
			key: byName, config: forEachDomain(block, body+"  timeouts = { read = \"1m\" }\n") + fromCloudflare, offline: true, changes: movedDomains,
		},
		"our own resource, under another provider address": {key: byName, ours: true, config: forEachDomain(block, body) + fmt.Sprintf(whole, "registrar_domain_settings")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			needs(t, movedBlocks)
			var account []fakeregistrar.Option
			var keys, names []string
			for i := range movedDomains {
				keys, names = append(keys, c.key(i)), append(names, fmt.Sprintf("d%d.com", i))
				account = append(account, domain(names[i], true, fakeregistrar.Immediate()))
			}
			w := open(t, c.config, account...)
			w.write("domain/main.tf", requiredProviders+"variable \"name\" {}\n"+strings.Replace(oneDomain, `"example.com"`, "var.name", 1))
			w.must(0, "get")
			state := stateOf("cloudflare/cloudflare", "cloudflare_registrar_domain", 500, keys, names)
			if c.ours {
				state = stateOf("example/registrar", "registrar_domain_settings", 0, keys, names)
			}
			w.write("terraform.tfstate", state)
			apply := []string{"apply", "-auto-approve", "-input=false"}
			if c.offline {
				apply = append(apply, "-refresh=false")
				w.env = append(w.env, "CLOUDFLARE_BASE_URL=http://127.0.0.1:9")
			}
			w.must(0, apply...).contains(t, fmt.Sprintf("0 added, %d changed, 0 destroyed", c.changes))
			w.env = append(w.env, "CLOUDFLARE_BASE_URL="+w.url)
			w.plan(0)
			w.wantPatches(0)
		})
	}
}
