// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// prologue is said before anything happens.
const prologue = "Nothing here needs an account or the network. A fake registrar on this machine holds four domains: " +
	fast + " (changes at once), " + slow + " (takes 8 seconds), " + failing + " (the registry rejects the change) and " +
	existing + " (auto-renew is on already). The provider is being built and put where the CLI looks for it; " +
	"then the CLI runs as it would in your terminal."

// The resources of examples/demo, as the CLI names them.
const (
	fastResource     = "registrar_domain_settings.fast"
	slowResource     = "registrar_domain_settings.slow"
	failingResource  = "registrar_domain_settings.failing"
	existingResource = "registrar_domain_settings.existing"
)

// everyDomain is sorted by name, as the registrar lists them.
func everyDomain() []string { return []string{fast, existing, slow, failing} }

// threeResources are those of main.tf, sorted as the CLI lists them.
func threeResources() []string { return []string{failingResource, fastResource, slowResource} }

// story is the demo from beginning to end. Whatever a chapter says, its expectation checks.
func story() []chapter {
	return slices.Concat(failureAndRecovery(), driftAndRepair(), importAndFarewell())
}

func failureAndRecovery() []chapter {
	return []chapter{
		{
			title:   "Install the provider",
			intro:   "The configuration is examples/demo/main.tf: three domains, each with auto_renew = true. init takes the provider from a local mirror, as on a machine without network. The warning about the lock file goes with every local mirror.",
			before:  bring("main.tf"),
			command: []string{"init"},
			want: expectation{
				says:     []string{"Installed " + address + " v" + version, "successfully initialized"},
				renewing: []string{existing},
			},
		},
		{
			title:   "Apply: one domain is fast, one slow, one fails",
			intro:   "The plan warns that turning auto-renew on authorises charges. The apply then waits for each update to end, and believes it only when the registration shows the new value. One domain fails on purpose, so the exit code will be 1.",
			command: []string{"apply", "-auto-approve"},
			want: expectation{
				exit: 1,
				says: []string{
					"Turning auto-renew on authorises charges",
					"The registrar could not update " + failing, "registry_rejected",
					"Now: auto_renew = false", "The next apply sends a new update",
				},
				patched:  []string{fast, slow, failing},
				renewing: []string{fast, existing, slow},
				managed:  []string{fastResource, slowResource},
			},
			after: "Exit code 1 is right: one domain of three is not as wanted, and a pipeline must know. The error gives the registrar's own reason and says what to do. (202 means accepted, not done: only the looks that followed told success from failure.)",
		},
		{
			title:   "What is remembered",
			intro:   "The two good domains are in state. The rejected one is not: had it been saved as half done, the next apply would replace it.",
			command: []string{"state", "list"},
			want: expectation{
				says:     []string{fastResource, slowResource},
				renewing: []string{fast, existing, slow},
				managed:  []string{fastResource, slowResource},
			},
		},
		{
			title:   "The cause is fixed: the next apply finishes the work",
			intro:   "The owner has settled the dispute over " + failing + ". The same command takes up what is left, and touches nothing else.",
			before:  settleDispute,
			command: []string{"apply", "-auto-approve"},
			want: expectation{
				says:     []string{"1 to add, 0 to change, 0 to destroy", "1 added, 0 changed, 0 destroyed"},
				patched:  []string{failing},
				renewing: everyDomain(),
				managed:  threeResources(),
			},
		},
	}
}

func driftAndRepair() []chapter {
	return []chapter{
		{
			title:   "Somebody changes a domain behind Terraform's back",
			intro:   "A colleague has just turned auto-renew of " + fast + " off in the dashboard. A plan shows it.",
			before:  turnOff(fast),
			command: []string{"plan", "-detailed-exitcode"},
			want: expectation{
				exit:     2,
				says:     []string{fastResource + " will be updated in-place", "~ auto_renew = false -> true", "0 to add, 1 to change, 0 to destroy"},
				renewing: []string{existing, slow, failing},
				managed:  threeResources(),
			},
			after: "With -detailed-exitcode, 2 means that there is something to change. A nightly plan finds such drift long before the domain expires.",
		},
		{
			title:   "Apply repairs it",
			intro:   "Nobody has to remember what the setting was: the configuration says it.",
			command: []string{"apply", "-auto-approve"},
			want: expectation{
				says:     []string{"0 added, 1 changed, 0 destroyed"},
				patched:  []string{fast},
				renewing: everyDomain(),
				managed:  threeResources(),
			},
		},
	}
}

func importAndFarewell() []chapter {
	return []chapter{
		{
			title:   "Import a domain that was there before",
			intro:   "examples/demo/import.tf joins the configuration: an import block for " + existing + ", which renews already. An import only looks.",
			before:  bring("import.tf"),
			command: []string{"apply", "-auto-approve"},
			want: expectation{
				says:     []string{"1 to import, 0 to add, 0 to change, 0 to destroy", "1 imported, 0 added, 0 changed, 0 destroyed"},
				renewing: everyDomain(),
				managed:  append([]string{existingResource}, threeResources()...),
			},
		},
		{
			title:   "Everything is as written",
			intro:   "The last plan has nothing to do.",
			command: []string{"plan", "-detailed-exitcode"},
			want: expectation{
				says:     []string{"No changes."},
				renewing: everyDomain(),
				managed:  append([]string{existingResource}, threeResources()...),
			},
			after: "Exit code 0 means that code and registrar agree.",
		},
		{
			title:   "Destroy lets go, and changes nothing",
			intro:   "A destroy that turned auto-renew off could lose a domain. So it only ends Terraform's care, and the plan says so.",
			command: []string{"destroy", "-auto-approve"},
			want: expectation{
				says:     []string{"The domain keeps its auto-renew setting", "Destroy complete! Resources: 4 destroyed."},
				renewing: everyDomain(),
			},
			after: "All four domains still renew.",
		},
	}
}

// bring adds a file of examples/demo to the configuration.
func bring(file string) func(*stage) error {
	return func(s *stage) error {
		return copyFile(file, filepath.Join(s.source, "examples", "demo"), s.folder)
	}
}

func settleDispute(s *stage) error {
	return known(s.registrar.SetScenario(account, failing, fakeregistrar.Immediate()))
}

func turnOff(domain string) func(*stage) error {
	return func(s *stage) error { return known(s.registrar.SetAutoRenew(account, domain, false)) }
}

// known turns the fake's answer into an error. It would mean that the story speaks of a domain that
// newRegistrar does not seed.
func known(held bool) error {
	if !held {
		return errors.New("the fake registrar does not hold the domain of this chapter")
	}
	return nil
}
