// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"errors"
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

// providerData is shared by resources and data sources. It lasts for one walk of Terraform's graph.
type providerData struct {
	accountID     types.String // the default account: null if none is set, unknown until it is created
	accountFrom   string       // the source of accountID: envAccountID or providerBlock
	product       client.Product
	client        *client.Client
	registrations *registrations.Cache
	setter        *autorenew.Setter

	// planned holds the claim of each planned resource until its apply, by client.DomainID. A provider
	// alias is another process, so its resources are missing.
	planned sync.Map
	// reportedAccounts holds the accounts in state that an error reported as different from the provider's.
	reportedAccounts sync.Map
}

func (p *registrarProvider) data(s settings, terraformVersion string) *providerData {
	s.UserAgent, s.Transport, s.Limiter, s.Logger = p.userAgent(terraformVersion), p.transport, p.limiter, slog.New(tflogHandler{})
	c := client.New(s.Config)
	cache := registrations.New(c, s.Logger)
	return &providerData{
		accountID: s.accountID, accountFrom: s.AccountFrom, product: s.Product, client: c, registrations: cache, setter: autorenew.NewSetter(c, cache, s.Logger),
	}
}

// userAgent returns the User-Agent header: the CLI, this provider and the user's suffix.
func (p *registrarProvider) userAgent(terraformVersion string) string {
	return oneLine(fmt.Sprintf("Terraform/%s (+https://www.terraform.io) terraform-provider-registrar/%s %s",
		cmp.Or(terraformVersion, "unknown"), cmp.Or(p.version, "dev"), p.getenv("TF_APPEND_USER_AGENT")))
}

// address returns the ID of a registration. The default account is the provider's.
func (d *providerData) address(account, domain types.String, diags *diag.Diagnostics) client.DomainID {
	id := client.DomainID{Account: d.knownAccount(account, diags)}
	var err error
	if id.Name, err = domainname.Parse(domain.ValueString()); err != nil {
		diags.AddAttributeError(path.Root("domain_name"), "Invalid domain name", "domain_name: "+err.Error())
	}
	return id
}

// account returns the configured account, or else the provider's, which can be unknown.
func (d *providerData) account(configured types.String, diags *diag.Diagnostics) types.String {
	if !configured.IsNull() {
		return configured
	}
	if d.accountID.IsNull() {
		diags.AddAttributeError(path.Root("account_id"), "No account ID",
			"Set account_id here or in the provider block, or set "+envAccountID+", to the ID of the account that holds the domain. "+
				"For an import, you can use the ID <account_id>/<domain>.")
	}
	return d.accountID
}

// knownAccount returns the account for a request, and an error if it is unknown or invalid.
func (d *providerData) knownAccount(configured types.String, diags *diag.Diagnostics) string {
	account := d.account(configured, diags)
	if account.IsUnknown() {
		diags.AddAttributeError(path.Root("account_id"), "Account is not known yet",
			"The provider's account_id is only known after apply. Set account_id here (for an import, use the ID <account_id>/<domain>), "+
				"or first apply the resource that it depends on: terraform apply -target=…")
	} else if problem := accountProblem("account_id", account.ValueString()); problem != "" && !account.IsNull() {
		diags.AddAttributeError(path.Root("account_id"), "Invalid account ID", problem)
	}
	return account.ValueString()
}

// updateStatus returns the last update of a registration, or nil if there is none.
func (d *providerData) updateStatus(ctx context.Context, id client.DomainID) (*client.Update, error) {
	update, err := d.client.UpdateStatus(ctx, id)
	if client.IsNoUpdate(err) {
		return nil, nil //nolint:nilnil // no update is a valid result
	}
	return &update, err
}

// list returns the account of a filter and the registrations that match. An unreadable entry is an error,
// or a warning if skip is set and another entry matches. The limit is the number of matches; 0 means no limit.
func (d *providerData) list(
	ctx context.Context, filter registrationFilter, limit int64, skip bool, diags *diag.Diagnostics,
) (account string, matches []client.Registration) {
	if account = d.knownAccount(filter.AccountID, diags); diags.HasError() {
		return "", nil
	}
	ctx, cancel := readOperation.start(ctx)
	defer cancel()
	matches, unreadable, err := d.matches(ctx, account, filter, limit)
	if !skip || len(matches) == 0 {
		err = cmp.Or(err, errors.Join(unreadable...))
	}
	if err != nil {
		diags.Append(errorDiagnostic(readOperation, err, client.DomainID{Account: account}, d.product)...)
		return "", nil
	}
	for _, unread := range unreadable {
		diags.AddWarning("Skipped an unreadable entry in the list", "The results do not include this entry: "+reason(unread)+". They include all others.")
	}
	return account, matches
}

// matches returns the registrations of an account that match the filter, and the errors of unreadable
// entries. It returns a registration once even if it moves between pages. It requests no page after the
// limit is reached.
func (d *providerData) matches(ctx context.Context, account string, filter registrationFilter, limit int64) (matches []client.Registration, unreadable []error, err error) {
	seen := map[domainname.Name]bool{}
	for page, err := range d.registrations.List(ctx, account) {
		if err != nil {
			return nil, nil, err
		}
		unreadable = append(unreadable, page.Unreadable...)
		for _, registration := range page.Registrations {
			if seen[registration.Name] || !filter.matches(registration) {
				continue
			}
			seen[registration.Name] = true
			if matches = append(matches, registration); int64(len(matches)) == limit {
				return matches, unreadable, nil
			}
		}
	}
	return matches, unreadable, nil
}
