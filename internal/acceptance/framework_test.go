// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/provider"
)

const example = "registrar_domain_settings.example"

// steps runs the framework's own test steps, which look into plans and states as the CLI writes
// them, against a fake registrar. The provider is served from this very process.
func steps(t *testing.T, checks []tfversion.TerraformVersionCheck, story func(fake *fakeregistrar.Server, config func(autoRenew bool) string) []resource.TestStep, options ...fakeregistrar.Option) {
	t.Helper()
	fake := fakeregistrar.New(options...)
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	config := func(autoRenew bool) string {
		return fmt.Sprintf(`
provider "registrar" {
  api_token  = %q
  account_id = %q
  base_url   = %q
}

resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = %t
}
`, token, account, server.URL+fakeregistrar.BasePath, autoRenew)
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks: checks,
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"registrar": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		Steps: story(fake, config),
	})
	for _, violation := range fake.Violations() {
		t.Errorf("the fake registrar saw a violation: %s", violation)
	}
}

func TestAccFrameworkAdoptToggleAndDrift(t *testing.T) {
	t.Parallel()
	steps(t, nil, func(fake *fakeregistrar.Server, config func(bool) string) []resource.TestStep {
		return []resource.TestStep{
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
			{
				PreConfig:          func() { fake.SetAutoRenew(account, "example.com", false) },
				RefreshState:       true,
				ExpectNonEmptyPlan: true,
			},
			{
				Config: config(true),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(example, tfjsonpath.New("auto_renew"), knownvalue.Bool(true)),
				},
			},
			{ResourceName: example, ImportState: true, ImportStateVerify: true},
			{ResourceName: example, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
		}
	}, domain("example.com", false, fakeregistrar.Immediate()))
}

func TestAccFrameworkIdentity(t *testing.T) {
	t.Parallel()
	steps(t, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		func(_ *fakeregistrar.Server, config func(bool) string) []resource.TestStep {
			return []resource.TestStep{
				{
					Config: config(true),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectIdentity(example, map[string]knownvalue.Check{
							"account_id": knownvalue.StringExact(account), "domain_name": knownvalue.StringExact("example.com"),
						}),
					},
				},
				{ResourceName: example, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			}
		}, domain("example.com", true, fakeregistrar.Immediate()))
}

func TestAccFrameworkADomainThatLeavesTheAccount(t *testing.T) {
	t.Parallel()
	steps(t, nil, func(fake *fakeregistrar.Server, config func(bool) string) []resource.TestStep {
		return []resource.TestStep{
			{Config: config(true)},
			{
				PreConfig:          func() { fake.RemoveDomain(account, "example.com") },
				RefreshState:       true,
				ExpectNonEmptyPlan: true,
			},
		}
	}, domain("example.com", true, fakeregistrar.Immediate()))
}
