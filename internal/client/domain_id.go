// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// DomainID identifies a registration: a domain in the account that holds it.
type DomainID struct {
	// Account is Cloudflare's account ID; see CheckAccount.
	Account string
	// Name is the domain as domainname.Parse returns it.
	Name domainname.Name
}

// String returns "<account>/<domain>".
func (id DomainID) String() string { return id.Account + "/" + string(id.Name) }

// accountPattern matches account IDs that need no escaping in a path. Cloudflare's have 32 hexadecimal
// digits, but the reference only limits the length to 32.
var accountPattern = regexp.MustCompile(`^[0-9A-Za-z_-]{1,32}$`)

// CheckAccount returns an error if account can't be an account ID.
// Source: "account_id" in
// https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/get/.
func CheckAccount(account string) error {
	if accountPattern.MatchString(account) {
		return nil
	}
	return errors.New("an account ID has 1 to 32 letters, digits, hyphens or underscores" +
		" (copy it from the dashboard's URL, after dash.cloudflare.com/)")
}

// check returns an error if the ID isn't safe in a URL.
func (id DomainID) check() error {
	if err := CheckAccount(id.Account); err != nil {
		return fmt.Errorf("account %q: %w", id.Account, err)
	}
	name, err := domainname.Parse(string(id.Name))
	if err != nil {
		return err
	}
	if name != id.Name {
		return fmt.Errorf("the name %q is not in lowercase ASCII form", id.Name)
	}
	return nil
}
