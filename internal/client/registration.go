// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// Registration is a domain that an account holds, as the API reports it.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/.
type Registration struct {
	// Name is the domain in lowercase ASCII form.
	Name domainname.Name
	// AutoRenew means that Cloudflare renews the domain, and charges for it, before it expires.
	AutoRenew bool
	// Status is "active", "registration_pending", "transfer_pending", "expired", "suspended",
	// "redemption_period" or "pending_delete". It can have other values.
	Status string
	// CreatedAt and ExpiresAt are RFC 3339 as sent; a date without a time becomes midnight UTC. They are empty
	// if the API sends null, as it does for an expiry while the registration or its transfer is pending.
	CreatedAt, ExpiresAt string
	// Locked is the transfer lock; nil if the API returns none.
	Locked *bool
	// PrivacyMode is "redaction" or "off"; empty if the API returns none.
	PrivacyMode string
}

// Complete reports whether every field is known. ExpiresAt can be null while a registration or transfer is
// pending. An update's context can have a registration with fewer fields.
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

// Page is one page of an account's registrations.
type Page struct {
	// Registrations are the decoded entries, at most 50, in the API's order.
	Registrations []Registration
	// Unreadable is an *Error for each entry that can't be decoded.
	Unreadable []error

	next string // the cursor of the next page, empty on the last
}

// pageSize is the maximum of per_page. The default is 20.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/list/.
const pageSize = 50

// pageLimit stops an endless list at 50,000 domains. An account has at most 500
// (https://developers.cloudflare.com/api/resources/registrar/), which is 10 pages.
const pageLimit = 1000

var errEndless = errors.New("the list never ends: its cursor repeats, or it has too many pages")

// Registrations lists an account's registrations page by page, in the API's order. It requests a page
// only when the caller asks for it, and retries as Registration does. If a page fails, the last element is
// an *Error and an empty Page.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/list/.
func (c *Client) Registrations(ctx context.Context, account string) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		seen := map[string]bool{"": true}
		for cursor := ""; ; {
			req := c.pageCall(account, cursor)
			got, err := c.get(ctx, req)
			var page Page
			if err == nil {
				page, err = decodeResponse(c, req, got, decodePage)
			}
			for i, unreadable := range page.Unreadable {
				page.Unreadable[i] = c.responseError(KindMalformed, req, got, unreadable)
			}
			if !yield(page, err) || err != nil || page.next == "" {
				return
			}
			if seen[page.next] || len(seen) == pageLimit {
				yield(Page{}, c.responseError(KindMalformed, req, got, errEndless))
				return
			}
			seen[page.next], cursor = true, page.next
		}
	}
}

func (c *Client) pageCall(account, cursor string) request {
	u := c.registrationsURL(account)
	query := url.Values{"per_page": {strconv.Itoa(pageSize)}}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	u.RawQuery = query.Encode()
	return request{
		op: "list the registrations of account " + account, id: DomainID{Account: account},
		invalid: CheckAccount(account), method: http.MethodGet, url: u,
	}
}

func decodePage(env envelope) (Page, error) {
	var entries []json.RawMessage
	if err := json.Unmarshal(env.Result, &entries); err != nil || entries == nil {
		return Page{}, errors.New(`"result" is not a list of registrations`)
	}
	info, err := fieldsOf(env.ResultInfo, `"result_info"`)
	if err != nil {
		return Page{}, err
	}
	next, err := nextCursor(info, len(entries))
	if err != nil {
		return Page{}, fmt.Errorf("in \"result_info\": %w", err)
	}
	page := Page{Registrations: make([]Registration, 0, len(entries)), next: next}
	for _, entry := range entries {
		if registration, err := decodeRegistration(entry); err != nil {
			page.Unreadable = append(page.Unreadable, err)
		} else {
			page.Registrations = append(page.Registrations, registration)
		}
	}
	return page, nil
}

// nextCursor returns the cursor of the next page, empty on the last. A full page must have a cursor.
// Otherwise, a missing cursor would hide domains.
func nextCursor(info fields, entries int) (string, error) {
	if raw := info["cursor"]; entries < pageSize && (raw == nil || string(raw) == "null") {
		return "", nil
	}
	return required[string](info, "cursor")
}
