// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestCommand(t *testing.T) {
	t.Parallel()
	fake := fakeregistrar.New(fakeregistrar.WithDomain(fakeregistrar.Domain{Name: "example.com", Account: defaultAccount}))
	server := httptest.NewServer(withControl(fake, defaultAccount))
	defer server.Close()
	var out strings.Builder
	if err := run(t.Context(), []string{"POST", server.URL + "/_fake/domains/example.com/auto_renew/true"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	if d, _ := fake.Registration(defaultAccount, "example.com"); !d.AutoRenew || !strings.HasPrefix(out.String(), "example.com auto_renew=true") {
		t.Errorf("auto_renew is %t, and the answer %q; want true", d.AutoRenew, out.String())
	}
	out.Reset()
	err := run(t.Context(), []string{"POST", server.URL + "/_fake/domains/nowhere.com/auto_renew/true"}, &out, io.Discard)
	if err == nil || err.Error() != "404 Not Found" || !strings.Contains(out.String(), "no such domain") {
		t.Errorf("run = %v with %q; want 404 Not Found and the reason", err, out.String())
	}
}
