// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// Registration is a domain that an account holds, as the API reports it.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/.
type Registration struct {
	// Name is the domain in lower-case ASCII form.
	Name domainname.Name
	// AutoRenew means that Cloudflare renews the domain, and charges for it, before it expires.
	AutoRenew bool
	// Status is "active", "registration_pending", "transfer_pending", "expired", "suspended",
	// "redemption_period" or "pending_delete". It can have other values.
	Status string
	// CreatedAt and ExpiresAt are RFC 3339 as sent, or midnight UTC of a date as sent. They are empty if
	// the API sends null, as it does for an expiry while the registration or its transfer is pending.
	CreatedAt, ExpiresAt string
	// Locked is the transfer lock; nil if the API returns none.
	Locked *bool
	// PrivacyMode is "redaction" or "off"; empty if the API returns none.
	PrivacyMode string
}

// Complete reports whether every field is known. ExpiresAt may be null while a registration or transfer
// is pending. The registration in an update's context can lack some fields.
func (r Registration) Complete() bool {
	expires := r.ExpiresAt != "" || r.Status == "registration_pending" || r.Status == "transfer_pending"
	return r.Status != "" && r.CreatedAt != "" && expires && r.Locked != nil && r.PrivacyMode != ""
}

// domainCall returns a request about one registration.
func domainCall(op, method string, id DomainID, u *url.URL) request {
	return request{op: op, id: id, invalid: id.check(), method: method, url: u}
}

// Registration reads one registration. It retries transient failures until the context's deadline. Its
// error is an *Error; IsNotFound reports that the account doesn't hold the domain.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/get/.
func (c *Client) Registration(ctx context.Context, id DomainID) (Registration, error) {
	req := domainCall(fmt.Sprintf("read the registration of %s", id.Name), http.MethodGet, id, c.registrationURL(id))
	got, err := c.get(ctx, req)
	if err != nil {
		return Registration{}, err
	}
	return decodeResponse(c, req, got, func(env envelope) (Registration, error) {
		registration, err := decodeRegistration(env.Result)
		if err == nil && registration.Name != id.Name {
			err = fmt.Errorf("the response is about %q", registration.Name)
		}
		return registration, err
	})
}

// decodeRegistration decodes a registration: strictly its name and auto_renew, because state and charges
// depend on them, and the rest leniently.
func decodeRegistration(raw json.RawMessage) (Registration, error) {
	f, err := fieldsOf(raw, "the registration")
	if err != nil {
		return Registration{}, err
	}
	name, err := required[string](f, "domain_name")
	if err != nil {
		return Registration{}, err
	}
	autoRenew, err := required[bool](f, "auto_renew")
	if err != nil {
		return Registration{}, fmt.Errorf("%w (domain %q)", err, printable(name))
	}
	return Registration{
		// Fold before printable: a name can contain a joiner, which isn't printable.
		Name:        domainname.Name(printable(string(domainname.Fold(name)))),
		AutoRenew:   autoRenew,
		Status:      f.text("status"),
		CreatedAt:   f.instant("created_at"),
		ExpiresAt:   f.instant("expires_at"),
		Locked:      optional[bool](f, "locked"),
		PrivacyMode: privacyMode(f),
	}, nil
}

// privacyMode decodes the mode from a string or a boolean. The API's schema once had false for "off",
// because YAML parses an unquoted off as false.
func privacyMode(f fields) string {
	switch on := optional[bool](f, "privacy_mode"); {
	case on == nil:
		return f.text("privacy_mode")
	case *on:
		return "redaction"
	}
	return "off"
}
