// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
)

// Page is one page of an account's registrations.
type Page struct {
	Registrations []Registration
	// Unreadable are the entries that could not be read, an error each. The others stand.
	Unreadable []error
}

// pageSize is the largest page the API gives; it refuses larger ones.
const pageSize = 50

// pageLimit ends a listing that does not end by itself, at 50,000 domains. Cloudflare allows
// 100 an account.
const pageLimit = 1000

var errEndless = errors.New("the list has no end: its cursor comes again, or pages without number follow")

// Registrations lists an account's registrations page by page, in the API's order. Each page is
// asked for when the one before was taken. The last element is an *Error and no page, if a page
// failed.
func (c *Client) Registrations(ctx context.Context, account string) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		seen := map[string]bool{"": true}
		for cursor := ""; ; {
			page, next, err := c.page(ctx, account, cursor)
			if !yield(page, err) || err != nil || next == "" {
				return
			}
			if seen[next] || len(seen) == pageLimit {
				yield(Page{}, c.failure(KindMalformed, c.pageCall(account, cursor), errEndless))
				return
			}
			seen[next], cursor = true, next
		}
	}
}

func (c *Client) pageCall(account, cursor string) call {
	u := c.registrationsURL(account)
	query := u.Query()
	query.Set("per_page", strconv.Itoa(pageSize))
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	u.RawQuery = query.Encode()
	return call{op: "listing the registrations of account " + account, id: DomainID{Account: account}, lists: true, url: u}
}

// page reads one page and the cursor of the next, which is empty on the last.
func (c *Client) page(ctx context.Context, account, cursor string) (Page, string, error) {
	call := c.pageCall(account, cursor)
	got, err := c.get(ctx, call)
	if err != nil {
		return Page{}, "", err
	}
	sealed, err := c.open(call, got)
	if err != nil {
		return Page{}, "", err
	}
	page, next, err := decodePage(sealed)
	if err != nil {
		return Page{}, "", c.describe(KindMalformed, call, got, err)
	}
	return page, next, nil
}

// decodePage reads a page.
func decodePage(sealed envelope) (Page, string, error) {
	var entries []json.RawMessage
	if err := json.Unmarshal(sealed.Result, &entries); err != nil || entries == nil {
		return Page{}, "", errors.New(`"result" is not a list of registrations`)
	}
	info, err := fieldsOf(sealed.ResultInfo, `"result_info"`)
	if err != nil {
		return Page{}, "", err
	}
	next, err := nextCursor(info, len(entries))
	if err != nil {
		return Page{}, "", fmt.Errorf("in \"result_info\": %w", err)
	}
	page := Page{Registrations: make([]Registration, 0, len(entries))}
	for _, entry := range entries {
		registration, err := decodeRegistration(entry)
		if err != nil {
			page.Unreadable = append(page.Unreadable, err)
			continue
		}
		page.Registrations = append(page.Registrations, registration)
	}
	return page, next, nil
}

// nextCursor is the cursor of the page that follows, empty behind the last. Only a page that is
// not full is believed to be the last without a word: behind a full one, a missing cursor would
// pass for the end of a list that goes on.
func nextCursor(info fields, entries int) (string, error) {
	if raw := info["cursor"]; entries < pageSize && (raw == nil || string(raw) == "null") {
		return "", nil
	}
	return required[string](info, "cursor")
}
