// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const healthyDomains = `
resource "registrar_domain_settings" "healthy" {
  for_each    = toset([for i in range(20) : format("domain%03d.com", i)])
  domain_name = each.key
  auto_renew  = true
}

resource "registrar_domain_settings" "sick" {
  domain_name = "sick.com"
  auto_renew  = true
  timeouts    = { read = "20s" }
}
`

// The account may not be listed, and the reads of one domain answer 503 for ever: the CLI waits
// for that one as long as its timeout says, and the twenty beside it are read meanwhile.
func TestAccASickDomainDoesNotDelayTheOthers(t *testing.T) {
	t.Parallel()
	options := []fakeregistrar.Option{domain("sick.com", true, fakeregistrar.Immediate())}
	w := open(t, healthyDomains, append(options, account100()[:20]...)...)
	w.apply(0)
	w.fake.Inject(fakeregistrar.Fault{
		Method: "GET", Path: "/registrations", Status: 403, Times: -1,
		Body: `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`,
	})
	w.fake.Inject(fakeregistrar.Fault{Method: "GET", Path: "/sick.com", Status: 503, Times: -1})
	w.fake.ResetLog()
	w.must(1, "plan", "-input=false").says(t, "sick.com", "503")
	var first, last time.Time
	healthy := 0
	for _, request := range w.fake.Requests() {
		switch {
		case strings.HasSuffix(request.Path, "/sick.com"):
			if first.IsZero() {
				first = request.Time
			}
		case strings.Contains(request.Path, "/registrations/"):
			healthy, last = healthy+1, request.Time
		}
	}
	if healthy != 20 || w.fake.Count("GET", "/registrations") != 1 {
		t.Errorf("%d reads of healthy domains and %d pages; want 20 and 1", healthy, w.fake.Count("GET", "/registrations"))
	}
	if late := last.Sub(first); late > 5*time.Second {
		t.Errorf("the last healthy domain was read %s after the sick one was asked for first; its timeout is 20s", late)
	}
}
