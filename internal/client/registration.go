// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// Registration is a domain that an account holds, as the API reports it.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/.
type Registration struct {
	// Name is the domain in lower-case ASCII form.
	Name domainname.Name
	// AutoRenew is whether Cloudflare renews the domain, and charges for it, before it expires.
	AutoRenew bool
	// Status is "active", "expired" and so on; unknown ones are passed on.
	Status string
	// CreatedAt and ExpiresAt are RFC 3339 as sent; empty where the API says null.
	CreatedAt, ExpiresAt string
	// Locked is the transfer lock; nil where the API does not say.
	Locked *bool
	// PrivacyMode is "redaction" or "off"; empty where the API does not say.
	PrivacyMode string
}

// Complete reports whether the API said all that a registration has. What comes along in an
// update's context may be less. (ExpiresAt is null while a registration is pending.)
func (r Registration) Complete() bool {
	return r.Status != "" && r.CreatedAt != "" && r.Locked != nil && r.PrivacyMode != ""
}

// Registration reads one registration. IsNotFound tells that the account does not hold the
// domain; every other failure is an *Error too.
func (c *Client) Registration(ctx context.Context, id DomainID) (Registration, error) {
	call := call{op: fmt.Sprintf("reading the registration of %s", id.Name), id: id, url: c.registrationURL(id)}
	got, err := c.get(ctx, call)
	if err != nil {
		return Registration{}, err
	}
	sealed, err := c.open(call, got)
	if err != nil {
		return Registration{}, err
	}
	registration, err := decodeRegistration(sealed.Result)
	if err == nil && registration.Name != id.Name {
		err = fmt.Errorf("the answer is about %q", registration.Name)
	}
	if err != nil {
		return Registration{}, c.describe(KindMalformed, call, got, err)
	}
	return registration, nil
}

// decodeRegistration reads a registration: its name and auto_renew strictly, because state and
// charges rest on them, the rest as far as it goes.
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
		Name:        domainname.Fold(printable(name)),
		AutoRenew:   autoRenew,
		Status:      f.text("status"),
		CreatedAt:   f.text("created_at"),
		ExpiresAt:   f.text("expires_at"),
		Locked:      optional[bool](f, "locked"),
		PrivacyMode: privacyMode(f),
	}, nil
}

// privacyMode folds the forms in which the mode is sent. The API's own schema says false where
// its prose says "off": a YAML reader took the word for a boolean.
func privacyMode(f fields) string {
	if on := optional[bool](f, "privacy_mode"); on != nil {
		if *on {
			return "redaction"
		}
		return "off"
	}
	return f.text("privacy_mode")
}
