// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func TestValidation(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		s := start(t, fake)
		wantError(t, s.validate(settings("www.example.com", true)), `Use "example.com".`)
		for _, source := range []string{"registrar_domain", "registrar_domain_update_status"} {
			wantError(t, s.validateData(source, object{"domain_name": text("www.example.com")}), `Use "example.com".`)
		}
		wantError(t, s.validate(settings("example.com", true).With(object{"account_id": text("a/b")})), `account_id is "a/b": an account ID has`)
		for _, duration := range []string{"0s", "1ns", "999ms", "-1.5h", "20", "soon", "", "1d", "99999999h", "721h"} {
			diags := s.validate(settings("example.com", true).With(timeouts("read", duration)))
			wantError(t, diags, `timeouts.read is "`+duration+`". It must be a duration from "1s" to "720h"`)
		}
		for _, duration := range []string{"1s", "720h", "1h30m"} {
			if diags := s.validate(settings("example.com", true).With(timeouts("read", duration))); len(diags) > 0 {
				t.Errorf("%q: %s; want no error", duration, show(diags))
			}
		}
	})
}
