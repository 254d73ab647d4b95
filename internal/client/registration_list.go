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
)

// Page is one page of an account's registrations.
type Page struct {
	// Registrations are the decoded entries, at most 50, in the API's order.
	Registrations []Registration
	// Unreadable has an *Error for each entry that can't be decoded.
	Unreadable []error

	next string // the cursor of the next page, empty on the last
}

// pageSize is the largest per_page: 1 to 50, default 20.
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

// nextCursor returns the cursor of the next page, empty on the last. A full page must have a cursor;
// without this rule, a missing cursor would hide domains.
func nextCursor(info fields, entries int) (string, error) {
	if raw := info["cursor"]; entries < pageSize && (raw == nil || string(raw) == "null") {
		return "", nil
	}
	return required[string](info, "cursor")
}
