// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

const example = "registrar_domain_settings.example"

// TestAccLifecycle checks plans and states with HashiCorp's test framework, which serves the provider in this process.
func TestAccLifecycle(t *testing.T) {
	t.Parallel()
	w := open(t, "", domain("example.com", false, fakeregistrar.Immediate()))
	config := func(autoRenew bool) string {
		return fmt.Sprintf("provider \"registrar\" {\n  api_token  = %q\n  account_id = %q\n  base_url   = %q\n}\n", token, account, w.url) +
			strings.Replace(oneDomain, "true", strconv.FormatBool(autoRenew), 1)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"registrar": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		Steps: []resource.TestStep{
			{
				Config: config(false),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(example, tfjsonpath.New("id"), knownvalue.StringExact(account+"/example.com")),
					statecheck.ExpectKnownValue(example, tfjsonpath.New("expires_at"), knownvalue.StringExact("2030-01-02T03:04:05Z")),
					statecheck.ExpectKnownValue(example, tfjsonpath.New("locked"), knownvalue.Bool(true)),
				},
			},
			{
				Config: config(true),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(example, plancheck.ResourceActionUpdate),
						plancheck.ExpectKnownValue(example, tfjsonpath.New("status"), knownvalue.StringExact("active")),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
			},
			{PreConfig: func() { w.fake.StartUpdate(account, "example.com", false) }, RefreshState: true, ExpectNonEmptyPlan: true},
			{
				Config: config(true),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(example, tfjsonpath.New("auto_renew"), knownvalue.Bool(true)),
				},
			},
			{ResourceName: example, ImportState: true, ImportStateVerify: true},
			{ResourceName: example, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
		},
	})
	w.wantPatches(2) // for the toggle and the drift
}
