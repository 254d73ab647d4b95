// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// What is looked for in screen, logs, plan and state after every test is looked for here with a key,
// beside errors that a server makes about it. The email is no secret: the API may name it as the address
// of a confirmation.
func TestAccAKeyStaysSecret(t *testing.T) {
	t.Parallel()
	refusal := `{"success":false,"errors":[{"code":10000,"message":"` + key + ` of ` + email + ` may not"}],"messages":[],"result":null}`
	cases := map[string]struct {
		fault fakeregistrar.Fault
		code  int
		says  string
	}{
		"in daily life":            {fakeregistrar.Fault{Times: 1, Path: "/nowhere"}, 0, "1 added"},
		"refused with both echoed": {fakeregistrar.Fault{Times: -1, Status: 403, Body: refusal}, 1, "(api_key redacted) of " + email + " may not"},
		"in a status":              {fakeregistrar.Fault{Times: -1, SetField: "status", Value: key + " " + email}, 0, "1 added"},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			w := open(t, oneDomain, domain("example.com", true, fakeregistrar.Immediate()))
			w.env = append(w.env, "CLOUDFLARE_API_TOKEN=", "CLOUDFLARE_API_KEY="+key, "CLOUDFLARE_EMAIL="+email)
			w.fake.Inject(c.fault)
			w.must(c.code, "plan", "-out=saved.tfplan")
			w.must(c.code, "apply", "-auto-approve").says(t, c.says)
			for _, request := range w.fake.Requests() {
				if request.Credential != "key" {
					t.Errorf("sent %s credentials", request.Credential)
				}
			}
		})
	}
}
