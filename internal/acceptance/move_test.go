// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// incumbentState is a state as cloudflare_registrar_domain writes it.
func incumbentState(host string, version int, attributes string) string {
	return fmt.Sprintf(`{
  "version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "b5f7b4cd-3c69-4b0b-9bf3-6e3e8a6f5b58", "outputs": {},
  "resources": [{
    "mode": "managed", "type": "cloudflare_registrar_domain", "name": "example",
    "provider": "provider[\"%s/cloudflare/cloudflare\"]",
    "instances": [{"schema_version": %d, "attributes": %s, "sensitive_attributes": []}]
  }],
  "check_results": null
}`, host, version, attributes)
}

func TestAccMoveFromCloudflareRegistrarDomain(t *testing.T) {
	t.Parallel()
	whole := `{"account_id": "` + account + `", "domain_name": "example.com", "auto_renew": true, "locked": true, "privacy": true}`
	cases := map[string]struct {
		version    int
		attributes string
	}{
		"schema version 500": {500, whole},
		"schema version 0":   {0, whole},
		"null attributes":    {500, `{"account_id": null, "domain_name": "example.com", "auto_renew": null, "locked": null, "privacy": null}`},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, oneDomain+`
moved {
  from = cloudflare_registrar_domain.example
  to   = registrar_domain_settings.example
}
`, domain("example.com", true, fakeregistrar.Immediate()))
			w.write("terraform.tfstate", incumbentState(registryHost(), c.version, c.attributes))
			w.must(0, "plan").says(t, "cloudflare_registrar_domain.example has moved to registrar_domain_settings.example")
			w.apply(0)
			w.plan(0)
			if got := w.resources(); got != "registrar_domain_settings.example" {
				t.Errorf("the state holds %s", got)
			}
			if got := w.patches(); got != 0 {
				t.Errorf("sent %d PATCH; want none", got)
			}
		})
	}
}
