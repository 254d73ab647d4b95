// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The keys of a resource's private state, which Terraform keeps beside its attributes.
const (
	apiKey    = "api"              // the API that the domain is managed by, as JSON text
	updateKey = "update_in_flight" // an inFlightUpdate
)

// privateState is what the framework's requests and responses carry.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// keepAPI records by which API the domain is managed.
func (d *providerData) keepAPI(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, apiKey, []byte(strconv.Quote(apiName(d.product))))
}

// openPrivate returns the update that an apply left in flight, nil where there is none. It refuses
// a domain that is managed by the other API: taken for one of this API it would be missing here,
// and leave the state. A state without the key passes.
func (d *providerData) openPrivate(ctx context.Context, private privateState, state domainSettingsModel) (update *inFlightUpdate, diags diag.Diagnostics) {
	api, diags := private.GetKey(ctx, apiKey)
	if name, err := strconv.Unquote(string(api)); err == nil && name != apiName(d.product) {
		diags.Append(otherAPIError(state, name, d.product)...)
	}
	kept, more := private.GetKey(ctx, updateKey)
	diags.Append(more...)
	if len(kept) > 0 {
		update = &inFlightUpdate{}
		_ = json.Unmarshal(kept, update) // what keep wrote; anything else counts as in flight too
	}
	return update, diags
}

// inFlightUpdate is an update that an apply started or joined, and that had not ended when the
// apply did. It may still take effect, whatever the configuration says by then.
type inFlightUpdate struct {
	// AutoRenew is the value that the apply wanted.
	AutoRenew bool `json:"auto_renew"`
	// LeftAt is when the apply ended, by its own clock.
	LeftAt time.Time `json:"left_at,omitzero"`
}

// keep writes the update into private state; nil removes it.
func (u *inFlightUpdate) keep(ctx context.Context, private privateState) diag.Diagnostics {
	if u == nil {
		return private.SetKey(ctx, updateKey, nil)
	}
	kept, _ := json.Marshal(u) // a boolean and a time
	return private.SetKey(ctx, updateKey, kept)
}

// lag is how long update-status can take to show an update that was started, and a registration
// to show one that succeeded.
const lag = time.Minute

// over reports whether the update can no longer change the registration. It does not compare the
// update with what update-status shows: updates have no id, and the times that a PATCH and
// update-status give for one can differ.
func (u *inFlightUpdate) over(status *client.Update, shows bool) bool {
	switch {
	case inProgress(status):
		return false
	case shows == u.AutoRenew:
		return true
	case time.Since(u.LeftAt) < lag: // what is shown may be an older update
		return false
	}
	return status == nil || status.State == client.Failed || status.ServerTime.Sub(status.UpdatedAt) > lag
}

// inProgress reports whether the registrar knows of an update that has not ended.
func inProgress(status *client.Update) bool {
	return status != nil && status.State != client.Succeeded && status.State != client.Failed
}
