// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// updateStatusModel is the data source. Its zero value shows no update.
type updateStatusModel struct {
	DomainName  types.String      `tfsdk:"domain_name"`
	AccountID   types.String      `tfsdk:"account_id"`
	Found       types.Bool        `tfsdk:"found"`
	State       types.String      `tfsdk:"state"`
	Completed   types.Bool        `tfsdk:"completed"`
	CreatedAt   timetypes.RFC3339 `tfsdk:"created_at"`
	UpdatedAt   timetypes.RFC3339 `tfsdk:"updated_at"`
	Error       *updateErrorModel `tfsdk:"error"`
	ContextJSON types.String      `tfsdk:"context_json"`
}

type updateErrorModel struct {
	Code    types.String `tfsdk:"code"`
	Message types.String `tfsdk:"message"`
}

// fromAPI sets everything that is shown of an update.
func (m *updateStatusModel) fromAPI(update client.Update) {
	m.State = types.StringValue(string(update.State))
	m.Completed = types.BoolValue(update.Completed)
	m.CreatedAt = instant(update.CreatedAt)
	m.UpdatedAt = instant(update.UpdatedAt)
	m.ContextJSON = textOrNull(contextJSON(update.Context))
	if update.State == client.Failed {
		m.Error = &updateErrorModel{Code: textOrNull(update.ErrorCode), Message: textOrNull(update.ErrorMessage)}
	}
}

func instant(at time.Time) timetypes.RFC3339 {
	if at.IsZero() {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339TimeValue(at)
}
