// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

var _ list.ListResourceWithConfigure = (*domainSettingsListResource)(nil)

// domainSettingsListResource lists what registrar_domain_settings could manage, for
// `terraform query`. Its name and configuration are the resource's.
type domainSettingsListResource struct{ domainSettingsResource }

func newDomainSettingsListResource() list.ListResource { return &domainSettingsListResource{} }

func (*domainSettingsListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the domains of an account that `registrar_domain_settings` can manage, at the cost of one request for each fifty domains of the account.",
		Attributes: map[string]schema.Attribute{
			"account_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: filterAccount, Validators: []validator.String{accountValidator{}},
			},
			"auto_renew":     schema.BoolAttribute{Optional: true, MarkdownDescription: filterAutoRenew},
			"statuses":       schema.ListAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: filterStatuses},
			"expires_before": schema.StringAttribute{Optional: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: filterExpiresBefore},
		},
	}
}

// List streams the registrations that pass the filters, page by page. A page is asked for only
// while the CLI wants more results.
func (r *domainSettingsListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filter registrationFilter
	diags := req.Config.Get(ctx, &filter)
	account := ""
	if !diags.HasError() {
		account = r.data.account(filter.AccountID, &diags)
	}
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		op := operation{name: "listing", timeout: defaultReadTimeout}
		s := &listing{req: req, account: account, filter: filter, seen: map[domainname.Name]bool{}}
		diags := r.data.run(ctx, op, client.DomainID{Account: account}, func(ctx context.Context) error {
			return s.push(ctx, r.data.reader.Pages(ctx, account), push)
		})
		if diags.HasError() {
			push(list.ListResult{Diagnostics: diags})
		}
	}
}

// listing is one run of List.
type listing struct {
	req     list.ListRequest
	account string
	filter  registrationFilter
	seen    map[domainname.Name]bool
	ready   []list.ListResult // at most one: the last result, kept back for a warning behind it
	pending diag.Diagnostics  // warnings that wait for a result to go with
}

// push hands the results over until the CLI has enough or the pages end. A page that cannot be
// read is an error, given back.
func (l *listing) push(ctx context.Context, pages iter.Seq2[client.Page, error], push func(list.ListResult) bool) error {
	for page, err := range pages {
		if err != nil {
			return err
		}
		l.warn(page.Unreadable)
		if !l.take(ctx, page.Registrations, push) {
			return nil
		}
		if l.full() {
			break // before the next page is asked for, which nobody would see
		}
	}
	return l.finish(push)
}

// take makes results of a page, as many as the CLI wants, and reports whether it takes them.
func (l *listing) take(ctx context.Context, registrations []client.Registration, push func(list.ListResult) bool) bool {
	for _, registration := range registrations {
		if l.full() {
			break
		}
		if l.seen[registration.Name] || !l.filter.wants(registration) {
			continue
		}
		l.seen[registration.Name] = true
		if !l.flush(push) {
			return false
		}
		l.ready = append(l.ready, l.result(ctx, registration))
	}
	return true
}

// full reports whether the CLI's limit is reached.
func (l *listing) full() bool {
	return l.req.Limit > 0 && int64(len(l.seen)) >= l.req.Limit
}

// flush hands over the result kept back, and reports whether the CLI wants more.
func (l *listing) flush(push func(list.ListResult) bool) bool {
	for _, result := range l.ready {
		if !push(result) {
			return false
		}
	}
	l.ready = l.ready[:0]
	return true
}

// finish hands over the last result with the last warnings. Warnings without any result to go
// with are an error: an account of which nothing can be read must not look like an empty one.
func (l *listing) finish(push func(list.ListResult) bool) error {
	if len(l.ready) == 0 && len(l.pending) > 0 {
		return errors.New(l.pending[0].Detail())
	}
	for i := range l.ready {
		l.ready[i].Diagnostics.Append(l.pending...)
	}
	l.flush(push)
	return nil
}

// warn keeps a warning for the next result: one without an identity counts as an error, even
// if all it carries is a warning.
func (l *listing) warn(unreadable []error) {
	for _, err := range unreadable {
		l.pending.AddWarning("An entry of the list cannot be read",
			fmt.Sprintf("An entry in the list of account %s is left out: %s. The others are not affected.", l.account, strings.TrimRight(err.Error(), ".")))
	}
}

// result is one domain as a result.
func (l *listing) result(ctx context.Context, registration client.Registration) list.ListResult {
	id := client.DomainID{Account: l.account, Name: registration.Name}
	result := l.req.NewListResult(ctx)
	result.DisplayName = string(id.Name)
	result.Diagnostics, l.pending = l.pending, nil
	result.Diagnostics.Append(result.Identity.Set(ctx, identityOf(id))...)
	if l.req.IncludeResource {
		model := observed(id, registration)
		result.Diagnostics.Append(result.Resource.Set(ctx, &model)...)
	}
	return result
}
