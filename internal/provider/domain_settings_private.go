// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The keys of a resource's private state. Terraform keeps it beside the attributes.
const (
	apiKey    = "api"              // the API that manages the domain, as a JSON string
	updateKey = "update_in_flight" // an inFlightUpdate
)

// privateState is the private state in the framework's requests and responses.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// keepAPI records the API that manages the domain.
func (d *providerData) keepAPI(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, apiKey, []byte(strconv.Quote(apiName(d.product))))
}

// checkAPI returns an error if the other API manages the domain. A 404 from this API would remove the
// resource from state. A state without the key passes.
func (d *providerData) checkAPI(ctx context.Context, private privateState, state domainSettingsModel) diag.Diagnostics {
	api, diags := private.GetKey(ctx, apiKey)
	if name, err := strconv.Unquote(string(api)); err == nil && name != apiName(d.product) {
		diags.Append(otherAPIError(state, name, d.product)...)
	}
	return diags
}

// inFlightUpdate is an update that an apply started or joined, and that had not finished when the
// apply ended. It can still take effect.
type inFlightUpdate struct {
	// AutoRenew is the value that the apply wanted.
	AutoRenew bool `json:"auto_renew"`
	// LeftAt is when the apply ended, by its own clock.
	LeftAt time.Time `json:"left_at,omitzero"`
}

// updateInFlight returns the update that an earlier apply left in flight, or nil.
func updateInFlight(ctx context.Context, private privateState) (*inFlightUpdate, diag.Diagnostics) {
	kept, diags := private.GetKey(ctx, updateKey)
	if len(kept) == 0 {
		return nil, diags
	}
	update := &inFlightUpdate{}
	_ = json.Unmarshal(kept, update) // an unreadable record counts as an update in flight, with zero values
	return update, diags
}

// keepInFlight records the update that an apply left in flight when it failed with err: the earlier
// update if the apply joined it. Other errors leave the record as it is.
func keepInFlight(ctx context.Context, private privateState, want bool, before *inFlightUpdate, err error) diag.Diagnostics {
	if !autorenew.InFlight(err) {
		return nil
	}
	left := inFlightUpdate{AutoRenew: want, LeftAt: time.Now()}
	if before != nil && autorenew.Joined(err) {
		left.AutoRenew = before.AutoRenew
	}
	kept, _ := json.Marshal(left) // a boolean and a time
	return private.SetKey(ctx, updateKey, kept)
}

func clearInFlight(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, updateKey, nil)
}

// over reports whether the update can no longer change the registration. It does not compare the
// update with the one that update-status shows: updates have no ID, and a PATCH and update-status can
// give different times for the same update.
func (u *inFlightUpdate) over(status *client.Update, shows bool) bool {
	switch {
	case inProgress(status):
		return false
	case shows == u.AutoRenew:
		return true
	case time.Since(u.LeftAt) < autorenew.Lag: // the status may be an older update's
		return false
	}
	return status == nil || status.State != client.Succeeded || status.ServerTime.Sub(status.UpdatedAt) > autorenew.Lag
}

// inProgress reports whether the registrar shows an update that has not finished.
func inProgress(status *client.Update) bool {
	return status != nil && autorenew.Pending(*status)
}
