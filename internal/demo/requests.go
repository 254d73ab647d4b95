// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// patched are the domains that were changed over the API, sorted, each as often as it was.
func patched(requests []fakeregistrar.Request) []string {
	var domains []string
	for _, r := range requests {
		if r.Method == http.MethodPatch {
			domains = append(domains, path.Base(r.Path))
		}
	}
	slices.Sort(domains)
	return domains
}

// folded is a request log in one line: each change by its name and answer, the looks by their number.
func folded(requests []fakeregistrar.Request) string {
	if len(requests) == 0 {
		return "nothing was asked"
	}
	var changes []string
	looks := map[string]int{}
	for _, r := range requests {
		if r.Method == http.MethodPatch {
			changes = append(changes, fmt.Sprintf("PATCH %s (%d)", path.Base(r.Path), r.Status))
			continue
		}
		looks[lookedAt(r.Path)]++
	}
	if len(changes) == 0 {
		changes = []string{"no PATCH"}
	}
	slices.Sort(changes)
	for _, kind := range []string{updates, registrations, lists} {
		if n := looks[kind]; n > 0 {
			changes = append(changes, fmt.Sprintf("%d × GET %s", n, kind))
		}
	}
	return strings.Join(changes, ", ")
}

// What a GET can look at.
const (
	updates       = "update-status"
	registrations = "registration"
	lists         = "list of the account"
)

func lookedAt(p string) string {
	switch path.Base(p) {
	case "update-status":
		return updates
	case "registrations":
		return lists
	}
	return registrations
}
