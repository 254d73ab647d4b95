// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// lookOperation is the read of a domain that a plan adopts. People shouldn't wait long for its warning:
// with the tenth that the client adds in an outage, reads of one account end within 10 s in all.
var lookOperation = operation{name: "look", timeout: 9 * time.Second}

// look reads the registration of a domain to adopt.
func (d *providerData) look(ctx context.Context, id client.DomainID) (client.Registration, error) {
	ctx, cancel := lookOperation.start(ctx)
	defer cancel()
	return d.registrations.Get(ctx, id)
}
