// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar_test

import (
	"net/http"
	"testing"

	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestRefusesBadNamesAndParameters(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		listPath + "/no_name.com":     "Invalid domain name",
		listPath + "/a%2Fb.com":       "Invalid domain name",
		listPath + "?per_page=":       "Invalid query parameter",
		listPath + "?per_page=0":      "Invalid query parameter",
		listPath + "?per_page=51":     "Invalid query parameter",
		listPath + "?cursor=invented": "Invalid cursor",
	}
	for path, message := range tests {
		wantRefusal(t, withScenario(t, fake.Immediate()).get(path), http.StatusBadRequest, 10000, message)
	}
}

func TestRefusesUnknownPaths(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		domainPath + "/price",
		"/accounts/" + account + "/registrars/registrations",
		"/accounts//registrar/registrations",
		listPath + "//update-status",
	} {
		wantRefusal(t, withScenario(t, fake.Immediate()).get(path), http.StatusNotFound, 7003,
			"Could not route to /client/v4"+path+", perhaps your object identifier is invalid?")
	}
}
