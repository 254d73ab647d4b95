// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"net/http"
	"testing"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestViolationsByMethodAndPath(t *testing.T) {
	t.Parallel()
	const notASCII = "domain name that isn't in lowercase ASCII: GET " + listPath
	type test struct {
		method, path string
		status       int
		want         string
	}
	each(t, map[string]test{
		"a POST":                            {http.MethodPost, listPath, 405, "method other than GET and PATCH: POST " + listPath},
		"a name in upper case":              {http.MethodGet, listPath + "/EXAMPLE.com", 200, notASCII + "/EXAMPLE.com"},
		"a name in Unicode":                 {http.MethodGet, listPath + "/m%C3%BCnchen.de", 400, notASCII + "/m%C3%BCnchen.de"},
		"a name with an unnecessary escape": {http.MethodGet, listPath + "/example%2Ecom", 200, notASCII + "/example%2Ecom"},
		"an unknown account":                {http.MethodGet, "/accounts/third/registrar/registrations", 403, "request for an unknown account: third/"},
	}, func(t *testing.T, test test) {
		c := withScenario(t, fake.Immediate())
		wantStatus(t, c.do(test.method, test.path, ""), test.status)
		c.wantViolations(test.want)
	})
}

func TestReportSuccess(t *testing.T) {
	t.Parallel()
	c := withScenario(t, fake.Immediate())
	c.server.ReportSuccess(account, domain, false)
	c.wantViolations()
	c.server.ReportSuccess(account, domain, true)
	c.server.ReportSuccess(account, "other.com", true)
	c.wantViolations(
		"success reported with auto_renew true, the registration shows false: "+account+"/example.com",
		"success reported for a domain that the account doesn't hold: "+account+"/other.com",
	)
}
