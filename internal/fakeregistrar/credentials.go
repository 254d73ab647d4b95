// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"slices"
	"strings"
)

// Permissions is what a credential may do.
type Permissions struct {
	// Read and Write are for the production API, "Registrar Domains Read" and
	// "Registrar Domains Admin"; with Sandbox they are for the sandbox as well.
	Read, Write, Sandbox bool
	// List permits listing beside reading one domain at a time.
	List bool
	// AllowedIP is false for a token bound to an address other than the caller's.
	AllowedIP bool
	// Accounts are those the credential is for; none means all.
	Accounts []string
}

// FullAccess permits everything.
func FullAccess() Permissions {
	return Permissions{Read: true, Write: true, Sandbox: true, List: true, AllowedIP: true}
}

// ReadOnly permits what a token with "Registrar Domains Read" may do.
func ReadOnly() Permissions {
	return Permissions{Read: true, Sandbox: true, List: true, AllowedIP: true}
}

// Kinds of credentials as the request log names them.
const (
	credentialToken = "token"
	credentialKey   = "key"
	credentialBoth  = "both"
	credentialNone  = "none"
)

func tokenID(token string) string    { return "token " + token }
func keyID(email, key string) string { return "key " + email + " " + key }
func bearer(header http.Header) string {
	return strings.TrimPrefix(header.Get("Authorization"), "Bearer ")
}

// credentialOf returns what identifies the caller, and the scheme. An address
// without a key counts as a second scheme: no client has a reason to send it.
func credentialOf(header http.Header) (id, kind string) {
	token := header.Get("Authorization") != ""
	email, key := header.Get("X-Auth-Email"), header.Get("X-Auth-Key")
	switch {
	case token && (email != "" || key != ""):
		return "", credentialBoth
	case token && bearer(header) != "":
		return tokenID(bearer(header)), credentialToken
	case email != "" && key != "":
		return keyID(email, key), credentialKey
	default:
		return "", credentialNone
	}
}

// gate refuses who may not do what is asked, and notes what no careful client
// sends.
func (s *Server) gate(c *call, t target, id, kind string) (answer, bool) {
	s.checkRequest(c, t, kind)
	switch kind {
	case credentialBoth:
		return refuseWith(http.StatusBadRequest, codeGeneral, "Only one authentication scheme may be used"), true
	case credentialNone:
		return refuseWith(http.StatusUnauthorized, codeGeneral, messageAuth), true
	}
	may := FullAccess()
	if len(s.settings.credentials) > 0 {
		may = s.settings.credentials[id]
		if _, known := s.settings.credentials[id]; !known {
			return refuseWith(http.StatusForbidden, codeGeneral, messageAuth), true
		}
	}
	if !may.AllowedIP {
		return refuseWith(http.StatusForbidden, codeLocation, "Cannot use the access token from location: 203.0.113.7"), true
	}
	if !s.accountAllowed(t, may) || !may.permit(c.request.Method, t) {
		return refuseWith(http.StatusForbidden, codeGeneral, messageAuth), true
	}
	return answer{}, false
}

// accountAllowed notes credentials that are sent to an account they are not for.
func (s *Server) accountAllowed(t target, may Permissions) bool {
	bound := len(may.Accounts) == 0 || slices.Contains(may.Accounts, t.account)
	if bound && (s.holds(t.account) || s.sandbox.holds(t.account)) {
		return true
	}
	s.violations.add("credentials sent to an account they are not for: %s", t)
	return false
}

func (p Permissions) permit(method string, t target) bool {
	switch {
	case t.sandbox && !p.Sandbox:
		return false
	case method != http.MethodGet:
		return p.Write
	case t.domain == "":
		return p.Read && p.List
	default:
		return p.Read
	}
}
