// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

var _ list.ListResourceWithConfigure = (*domainSettingsListResource)(nil)

// domainSettingsListResource lists what registrar_domain_settings could manage, for
// `terraform query`.
type domainSettingsListResource struct{ data *providerData }

func newDomainSettingsListResource() list.ListResource { return &domainSettingsListResource{} }

// Metadata gives the resource's name: the CLI pairs the two by it.
func (*domainSettingsListResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	newDomainSettingsResource().Metadata(ctx, req, resp)
}

func (r *domainSettingsListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (*domainSettingsListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the domains of an account that `registrar_domain_settings` can manage, at the cost of one request for each fifty domains of the account.",
		Attributes: map[string]schema.Attribute{
			"account_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: filterAccount, Validators: []validator.String{accountValidator},
			},
			"auto_renew": schema.BoolAttribute{Optional: true, MarkdownDescription: filterAutoRenew},
			"statuses": schema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: filterStatuses, Validators: []validator.List{statusesValidator{}},
			},
			"expires_before": schema.StringAttribute{Optional: true, MarkdownDescription: filterExpiresBefore, Validators: []validator.String{timeValidator}},
		},
	}
}

// List streams the registrations that match the filters, page by page. It requests a page only
// while the CLI wants more results.
func (r *domainSettingsListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filter registrationFilter
	diags := req.Config.Get(ctx, &filter)
	account := ""
	if !diags.HasError() {
		account = r.data.knownAccount(filter.AccountID, &diags)
	}
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		op := operation{name: "listing", timeout: defaultReadTimeout}
		s := &listing{req: req, account: account, filter: filter, seen: map[domainname.Name]bool{}}
		diags := r.data.run(ctx, op, client.DomainID{Account: account}, func(ctx context.Context) error {
			return s.push(ctx, r.data.registrations.List(ctx, account), push)
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
	pending diag.Diagnostics // warnings for the next result
	err     error            // why a page could not be read
}

// push sends results until the CLI has enough or the pages end. Warnings without a result are an
// error: an account of which nothing can be read must not look empty.
func (l *listing) push(ctx context.Context, pages iter.Seq2[client.Page, error], push func(list.ListResult) bool) error {
	var held *list.ListResult // the last result, held back in case a warning follows
	for result := range l.results(ctx, pages) {
		if held != nil && !push(*held) {
			return nil
		}
		held = &result
	}
	switch {
	case held != nil:
		held.Diagnostics.Append(l.pending...)
		if !push(*held) {
			return nil
		}
	case len(l.pending) > 0 && l.err == nil:
		return errors.New(l.pending[0].Detail())
	}
	return l.err
}

// results are the registrations that match, up to the CLI's limit. It requests no page beyond.
func (l *listing) results(ctx context.Context, pages iter.Seq2[client.Page, error]) iter.Seq[list.ListResult] {
	return func(yield func(list.ListResult) bool) {
		for page, err := range pages {
			if l.err = err; err != nil {
				return
			}
			l.warn(page.Unreadable)
			for _, registration := range page.Registrations {
				if l.seen[registration.Name] || !l.filter.matches(registration) {
					continue
				}
				l.seen[registration.Name] = true
				if !yield(l.result(ctx, registration)) || int64(len(l.seen)) == l.req.Limit {
					return
				}
			}
		}
	}
}

// warn keeps a warning for the next result: the CLI takes a result without an identity for an
// error, even if it carries only a warning.
func (l *listing) warn(unreadable []error) {
	for _, err := range unreadable {
		l.pending.AddWarning("An entry of the list cannot be read",
			fmt.Sprintf("An entry in the list of account %s is left out: %s. The others are not affected.", l.account, strings.TrimRight(err.Error(), ".")))
	}
}

// result is the result for one domain.
func (l *listing) result(ctx context.Context, registration client.Registration) list.ListResult {
	id := client.DomainID{Account: l.account, Name: registration.Name}
	result := l.req.NewListResult(ctx)
	result.DisplayName = string(id.Name)
	result.Diagnostics, l.pending = l.pending, nil
	result.Diagnostics.Append(result.Identity.Set(ctx, identityOf(id))...)
	if l.req.IncludeResource {
		model := settingsFromAPI(id, registration)
		result.Diagnostics.Append(result.Resource.Set(ctx, &model)...)
	}
	return result
}
