// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// updateStatusModel is registrar_domain_update_status. Its zero value means no update.
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

// newUpdateStatusDataSource returns the data source registrar_domain_update_status.
func newUpdateStatusDataSource() datasource.DataSource {
	return &dataSource[updateStatusModel]{name: "domain_update_status", read: readUpdateStatus, schema: schema.Schema{
		MarkdownDescription: "The last update of a domain, even if it was started in the dashboard or by another client. Each read sends one request and does not wait. " +
			"A domain without an update is not an error: `found` is `false`.",
		Attributes: map[string]schema.Attribute{
			"domain_name": domainNameArgument(),
			"account_id":  accountArgument(holdingAccount),
			"found":       schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the registrar has an update. If not, all other attributes except `domain_name` and `account_id` are null."},
			"state": textResult("State of the update as the registrar reports it: `pending`, `in_progress`, `action_required`, `blocked`, `succeeded`, `failed`, " +
				"or a state added later."),
			"completed":  schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the registrar reports the update as finished, successfully or not."},
			"created_at": timeResult("When the update started (RFC 3339)."),
			"updated_at": timeResult("When its state last changed (RFC 3339)."),
			"error": schema.SingleNestedAttribute{
				Computed: true, MarkdownDescription: "Why the update failed. Null unless it failed.",
				Attributes: map[string]schema.Attribute{
					"code":    textResult("The registrar's code, such as `registry_rejected`."),
					"message": textResult("The registrar's explanation."),
				},
			},
			"context_json": textResult("The registrar's details of the update, as JSON for `jsondecode()`. For `action_required` they contain the `action` and, " +
				"if a confirmation was sent, `confirmation_sent_to`. Null if there are none."),
		},
	}}
}

func readUpdateStatus(ctx context.Context, d *providerData, model *updateStatusModel, diags *diag.Diagnostics) {
	id := d.address(model.AccountID, model.DomainName, diags)
	if diags.HasError() {
		return
	}
	ctx, cancel := readOperation.start(ctx)
	defer cancel()
	update, err := d.updateStatus(ctx, id)
	if err != nil {
		diags.Append(errorDiagnostic(readOperation, err, id, d.product)...)
		return
	}
	model.AccountID, model.Found = types.StringValue(id.Account), types.BoolValue(update != nil)
	if update != nil {
		model.fromAPI(*update)
	}
}

// fromAPI sets the attributes from an update.
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

// contextJSON returns the context of an update with its control characters escaped. JSON allows most
// of them unescaped, but people read this text in a terminal.
func contextJSON(raw json.RawMessage) string {
	var text strings.Builder
	for _, r := range string(raw) {
		if r == '\n' || r == '\t' || !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			text.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&text, `\u%04x`, unit)
		}
	}
	return text.String()
}
