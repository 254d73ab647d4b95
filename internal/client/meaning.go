// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
)

// Meaning is what a refusal in the API's envelope means. Remedies and decisions depend on it.
type Meaning int

// The meanings. Zero is a refusal without a row in the table.
const (
	// MeansMalformedCredentials is a token or key that is truncated, quoted, or has a prefix.
	MeansMalformedCredentials Meaning = iota + 1
	// MeansBadCredentials is a token or key that is revoked, expired or mistyped.
	MeansBadCredentials
	// MeansForbiddenAddress is a token whose client IP address filter excludes this machine.
	MeansForbiddenAddress
	// MeansWrongAccount is an account identifier that the API doesn't know.
	MeansWrongAccount
	// MeansNoPermission is a token without the permission, or one for another account.
	MeansNoPermission
	// MeansReadOnly is a token that can't change the domain. A PATCH always follows a GET that succeeded.
	MeansReadOnly
	// MeansNoRoute is a path that the API doesn't know, nearly always because of its account.
	MeansNoRoute
	// MeansNotFound is a domain that the account doesn't hold.
	MeansNotFound
)

// codeNotFound is the code of every documented error of the registrar, including "Domain not found" and "No
// workflow found".
// Source: the examples of https://developers.cloudflare.com/api/resources/registrar/.
const codeNotFound = 10000

// These words only select one of two remedies. No decision depends on them.
var (
	aboutAddress = regexp.MustCompile(`(?i)\blocation\b|\bip\b`)
	aboutAccount = regexp.MustCompile(`(?i)\baccount identifier\b`)
)

// meanings is the table of refusals; the first row that matches applies. A row without codes matches any
// code, and a row without a method matches any method. Cloudflare documents only code 10000 for the
// registrar. The other codes are from public reports about its other products, which share a gateway.
var meanings = []struct {
	statuses []int
	codes    []int
	method   string
	words    *regexp.Regexp
	means    Meaning
}{
	{[]int{400, 401, 403}, []int{6003, 6102, 6103, 6111, 9106}, "", nil, MeansMalformedCredentials},
	{[]int{400, 401, 403}, []int{9109}, "", aboutAccount, MeansWrongAccount},
	{[]int{400}, []int{9109}, "", nil, MeansWrongAccount},
	{[]int{401, 403}, []int{9109}, "", aboutAddress, MeansForbiddenAddress},
	{[]int{400, 401, 403}, []int{9103, 9109, 9300, 10001}, "", nil, MeansBadCredentials},
	{[]int{400, 404}, []int{7000, 7003}, "", nil, MeansNoRoute},
	{[]int{401}, nil, "", nil, MeansBadCredentials},
	{[]int{403}, nil, http.MethodPatch, nil, MeansReadOnly},
	{[]int{403}, nil, "", nil, MeansNoPermission},
	{[]int{404}, []int{codeNotFound}, "", nil, MeansNotFound},
}

// Meaning returns what a refusal in the API's envelope means, zero for any other error.
func (e *Error) Meaning() Meaning {
	if e.Kind != KindRefused {
		return 0
	}
	for _, row := range meanings {
		if slices.Contains(row.statuses, e.Status) && (row.codes == nil || slices.ContainsFunc(row.codes, e.hasCode)) &&
			(row.method == "" || row.method == e.Method) && (row.words == nil || slices.ContainsFunc(e.Errors, func(a APIError) bool { return row.words.MatchString(a.Message) })) {
			return row.means
		}
	}
	return 0
}

// hasCode reports whether one of the API's reasons has the code.
func (e *Error) hasCode(code int) bool {
	return slices.ContainsFunc(e.Errors, func(a APIError) bool { return a.Code == code })
}

// refusesAll reports whether the API refuses every request of the account, not only this one.
func (m Meaning) refusesAll() bool {
	return m == MeansMalformedCredentials || m == MeansBadCredentials || m == MeansForbiddenAddress || m == MeansWrongAccount
}

// refusesCredentials reports whether a refusal is about the credentials, for the account or for one domain.
func (m Meaning) refusesCredentials() bool {
	return m.refusesAll() || m == MeansNoPermission || m == MeansReadOnly
}

// IsNotFound reports whether the API itself answered that the account doesn't hold the domain: status
// 404 with code 10000. A proxy's 404 or a routing error doesn't count.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Meaning() == MeansNotFound
}

// IsNoUpdate reports whether the API itself answered that a registration has no update: any status from
// 400 to 499 with code 10000, except 401, 403 and the transient ones (408, 425, 429). The reference has
// "No workflow found" under "4XX", without a number.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func IsNoUpdate(err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != KindRefused || !e.hasCode(codeNotFound) || IsTransient(e.Status) {
		return false
	}
	return e.Status >= 400 && e.Status <= 499 && (e.Meaning() == 0 || e.Meaning() == MeansNotFound)
}
