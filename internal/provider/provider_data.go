// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/registrations"
)

// providerData is what a configured provider hands to its resources and data sources. It lives
// for one walk of Terraform's graph.
type providerData struct {
	accountID     types.String // the default account: null where there is none, unknown until it is created
	product       client.Product
	client        *client.Client
	registrations *registrations.Cache
	setter        *autorenew.Setter

	// planned holds the wanted auto_renew of what is planned and not yet applied, by client.DomainID:
	// Terraform shows a provider one resource at a time. It cannot hold those of another provider
	// block, an alias, because Terraform runs a process for each.
	planned sync.Map
}

func (p *registrarProvider) data(s settings, terraformVersion string) *providerData {
	logger := slog.New(tflogHandler{})
	c := client.New(client.Config{
		BaseURL: s.baseURL, Credentials: s.credentials, Product: s.product, RespondAsync: s.respondAsync,
		UserAgent: p.userAgent(terraformVersion), Transport: p.transport, Logger: logger, Limiter: p.limiter,
		DefaultAccount: s.accountID.ValueString(), AccountFrom: s.accountFrom,
	})
	cache := registrations.New(c, logger)
	return &providerData{
		accountID: s.accountID, product: s.product, client: c, registrations: cache, setter: autorenew.NewSetter(c, cache, logger),
	}
}

// userAgent names the CLI, us, and whoever the user adds, in the customary form.
func (p *registrarProvider) userAgent(terraformVersion string) string {
	return oneLine(fmt.Sprintf("Terraform/%s (+https://www.terraform.io) terraform-provider-registrar/%s %s",
		cmp.Or(terraformVersion, "unknown"), cmp.Or(p.version, "dev"), p.getenv("TF_APPEND_USER_AGENT")))
}

// address returns the ID of the registration that an account and a domain name mean; the account
// falls back to the provider's.
func (d *providerData) address(account, domain types.String, diags *diag.Diagnostics) client.DomainID {
	return client.DomainID{Account: d.knownAccount(account, diags), Name: parseName(domain.ValueString(), diags)}
}

// account falls back to the provider's account. It is unknown while the account that counts is.
func (d *providerData) account(configured types.String, diags *diag.Diagnostics) types.String {
	if !configured.IsNull() {
		return configured
	}
	if d.accountID.IsNull() {
		diags.AddAttributeError(path.Root("account_id"), "No account",
			"account_id is not set here, nor in the provider block, nor in "+envAccountID+". Set one of them to the account that holds the domain.")
	}
	return d.accountID
}

// knownAccount is account for requests, which cannot be sent while the account is unknown.
func (d *providerData) knownAccount(configured types.String, diags *diag.Diagnostics) string {
	account := d.account(configured, diags)
	if account.IsUnknown() {
		diags.AddAttributeError(path.Root("account_id"), "Account is not known yet",
			"account_id is not set here, and the provider's account_id is only known after apply. Set account_id here as well "+
				"(a data source is then read during the apply; an import takes <account_id>/<domain>), or apply what it depends on first (terraform apply -target=…).")
	}
	return account.ValueString()
}

func parseName(text string, diags *diag.Diagnostics) domainname.Name {
	name, err := domainname.Parse(text)
	if err != nil {
		diags.AddAttributeError(path.Root("domain_name"), "Invalid domain name", "domain_name: "+err.Error())
	}
	return name
}

// updateStatus reads the last update of a registration; nil where the registrar knows of none.
func (d *providerData) updateStatus(ctx context.Context, id client.DomainID) (*client.Update, error) {
	update, err := d.client.UpdateStatus(ctx, id)
	if client.IsNoUpdate(err) {
		return nil, nil //nolint:nilnil // none is an answer
	}
	return &update, err
}
