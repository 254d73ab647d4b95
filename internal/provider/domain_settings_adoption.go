// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// lookOperation is the read of a domain that a plan adopts. People shouldn't wait long for its warning:
// with the tenth that the client adds in an outage, reads of one account end within 10 s in all.
var lookOperation = operation{name: "look", timeout: 9 * time.Second}

// adoptionDiagnostics says what adopting a domain means, and fails the plan where the
// credentials are refused. It asks also under -refresh=false, which no request tells: what a
// plan says of charges, and of credentials, is worth a request.
func (r *domainSettingsResource) adoptionDiagnostics(ctx context.Context, id client.DomainID, autoRenew types.Bool) diag.Diagnostics {
	diags := r.data.duplicateWarning(id, autoRenew)
	registration, err := r.data.look(ctx, id)
	switch {
	case err == nil:
		return append(diags, changeWarning(id, registrationFromAPI(id, registration), autoRenew, r.data.product)...)
	case client.IsNotFound(err):
		return append(diags, notHeldWarning(id, r.data.product)...)
	}
	return append(diags, lookDiagnostics(id, err, r.data.product)...)
}

// lookDiagnostics fail the plan if the API refuses the credentials for the account. A refusal for one
// domain of an account that can be listed is a warning: no page documents the answer for a domain of
// another account.
func lookDiagnostics(id client.DomainID, err error, product client.Product) diag.Diagnostics {
	if e, ok := errors.AsType[*client.Error](err); ok && e.AccountWide {
		return errorDiagnostic(lookOperation, err, id, product)
	}
	return unreadWarning(id, err, product)
}

// look reads the registration of a domain to adopt.
func (d *providerData) look(ctx context.Context, id client.DomainID) (client.Registration, error) {
	ctx, cancel := lookOperation.limit(ctx)
	defer cancel()
	return d.registrations.Get(ctx, id)
}
