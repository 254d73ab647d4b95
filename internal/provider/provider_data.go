// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"log/slog"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
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
	plans         *plannedDomains
	accounts      *accountChecks
}

func (p *registrarProvider) data(s settings, terraformVersion string) *providerData {
	logger := slog.New(tflogHandler{})
	c := client.New(client.Config{
		BaseURL: s.baseURL, Credentials: s.credentials, Product: s.product, RespondAsync: s.respondAsync,
		UserAgent: p.userAgent(terraformVersion), Transport: p.transport, Logger: logger, Limiter: p.limiter,
	})
	cache := registrations.New(c, logger)
	return &providerData{
		accountID: s.accountID, product: s.product, client: c, registrations: cache,
		setter: autorenew.NewSetter(c, cache, logger), plans: newPlannedDomains(), accounts: &accountChecks{},
	}
}

// userAgent names the CLI, us, and whoever the user adds, in the customary form.
func (p *registrarProvider) userAgent(terraformVersion string) string {
	agent := fmt.Sprintf("Terraform/%s (+https://www.terraform.io) terraform-provider-registrar/%s",
		cmp.Or(terraformVersion, "unknown"), cmp.Or(p.version, "dev"))
	if more := oneLine(p.getenv("TF_APPEND_USER_AGENT")); more != "" {
		agent += " " + more
	}
	return agent
}

// configured takes the provider's data out of a Configure request. Terraform calls Configure
// before the provider is configured too, with nil: that is no error.
func configured(data any, diags *diag.Diagnostics) *providerData {
	if data == nil {
		return nil
	}
	d, ok := data.(*providerData)
	if !ok {
		diags.AddError("The provider handed over something unexpected",
			fmt.Sprintf("%T came where the provider's own data should be. Please report this to the developers of the provider.", data))
	}
	return d
}
