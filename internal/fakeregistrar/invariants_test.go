// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"net/http"
	"testing"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestViolationsOfMethodsAndNames(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		method, path string
		status       int
		want         []string
	}{
		"reading is none":           {http.MethodGet, domainPath, 200, nil},
		"deleting":                  {http.MethodDelete, domainPath, 405, []string{"method that changes more than a setting: DELETE " + domainPath}},
		"buying":                    {http.MethodPost, listPath, 405, []string{"method that changes more than a setting: POST " + listPath}},
		"patching a status":         {http.MethodPatch, statusPath, 405, nil},
		"a name in upper case":      {http.MethodGet, listPath + "/EXAMPLE.com", 200, []string{"domain name that is not in lower-case ASCII form: GET " + listPath + "/EXAMPLE.com"}},
		"a name in Unicode":         {http.MethodGet, listPath + "/m%C3%BCnchen.de", 400, []string{"domain name that is not in lower-case ASCII form: GET " + listPath + "/m%C3%BCnchen.de"}},
		"a name escaped needlessly": {http.MethodGet, listPath + "/example%2Ecom", 200, []string{"domain name that is not in lower-case ASCII form: GET " + listPath + "/example%2Ecom"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			wantStatus(t, c.do(test.method, test.path, ""), test.status)
			c.wantViolations(test.want...)
		})
	}
}

func TestPatchWithoutItsContentType(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.header.Del("Content-Type")
	wantStatus(t, c.turnOn(), http.StatusOK)
	c.wantViolations(`PATCH with content type "": ` + account + "/example.com")
}

func TestReportSuccess(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		domain string
		value  bool
		want   []string
	}{
		"that is one":         {domain, false, nil},
		"of another value":    {domain, true, []string{"success reported with auto_renew true, the registration shows false: " + account + "/example.com"}},
		"of a missing domain": {"other.com", true, []string{"success reported for a domain that the account does not hold: " + account + "/other.com"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withScenario(t, fake.Immediate())
			c.server.ReportSuccess(account, test.domain, test.value)
			c.wantViolations(test.want...)
		})
	}
}
