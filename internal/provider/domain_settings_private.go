// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// The keys of a resource's private state. Terraform keeps it beside the attributes.
const (
	apiKey    = "api"              // the API that the resource uses, as a JSON string
	updateKey = "update_in_flight" // an inFlightUpdate
)

// privateState is the private state in the framework's requests and responses.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// keepAPI records the API that the resource uses.
func (d *providerData) keepAPI(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, apiKey, []byte(strconv.Quote(apiName(d.product))))
}

// prior returns the prior state, and the update that an earlier apply left in flight, or nil. It adds an
// error if the resource uses the other API, because a 404 from this API would remove the resource. It
// accepts private state without an API.
func (d *providerData) prior(
	ctx context.Context, prior tfsdk.State, private privateState, diags *diag.Diagnostics,
) (state domainSettingsModel, inFlight *inFlightUpdate) {
	diags.Append(prior.Get(ctx, &state)...)
	api, more := private.GetKey(ctx, apiKey)
	diags.Append(more...)
	if name, err := strconv.Unquote(string(api)); err == nil && name != apiName(d.product) {
		diags.Append(otherAPIError(state, name, d.product)...)
	}
	update, more := private.GetKey(ctx, updateKey)
	diags.Append(more...)
	if len(update) > 0 {
		inFlight = &inFlightUpdate{}
		_ = json.Unmarshal(update, inFlight) // an unreadable record counts as an update in flight, with zero values
	}
	return state, inFlight
}

// inFlightUpdate is an update that an apply started or joined, and that had not finished when the
// apply ended. It can still take effect.
type inFlightUpdate struct {
	// AutoRenew is the value that the apply wanted.
	AutoRenew bool `json:"auto_renew"`
	// LeftAt is when the apply ended, by the local clock.
	LeftAt time.Time `json:"left_at,omitzero"`
}

// keepInFlight records the update that an apply left in flight when it failed with err: the earlier
// update if the apply joined it. For any other error, it keeps the existing record.
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

// settled reports whether the update can no longer change the registration. It does not compare the
// update with the one that update-status shows: updates have no ID, and a PATCH and update-status can
// give different times for the same update.
func (u *inFlightUpdate) settled(status *client.Update, shows bool) bool {
	switch {
	case inProgress(status):
		return false
	case shows == u.AutoRenew:
		return true
	case time.Since(u.LeftAt) < autorenew.Lag: // the status may be that of an older update
		return false
	}
	return status == nil || status.State != client.Succeeded || status.ServerTime.Sub(status.UpdatedAt) > autorenew.Lag
}

// inProgress reports whether the registrar shows an update that has not finished.
func inProgress(status *client.Update) bool {
	return status != nil && autorenew.Pending(*status)
}
