// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"net/http"
	"strings"
)

// Kinds of credentials in the request log.
const (
	credentialToken = "token"
	credentialKey   = "key"
	credentialBoth  = "both"
	credentialNone  = "none"
)

// credentialOf returns the caller's credential and its scheme. An email without a
// key counts as a second scheme, because no client has a reason to send it.
func credentialOf(header http.Header) (id, kind string) {
	token := strings.TrimPrefix(header.Get("Authorization"), "Bearer ")
	email, key := header.Get("X-Auth-Email"), header.Get("X-Auth-Key")
	switch {
	case token != "" && (email != "" || key != ""):
		return "", credentialBoth
	case token != "":
		return "token " + token, credentialToken
	case email != "" && key != "":
		return "key " + email + " " + key, credentialKey
	default:
		return "", credentialNone
	}
}

// authorize refuses unknown credentials, and records requests that no client should send.
func (s *Server) authorize(c *call, t target, id, kind string) (answer, bool) {
	s.checkRequest(c, t, kind)
	switch kind {
	case credentialBoth:
		return refuseWith(http.StatusBadRequest, codeGeneral, "Only one authentication scheme may be used"), true
	case credentialNone:
		return refuseWith(http.StatusUnauthorized, codeGeneral, "Authentication error"), true
	}
	known := len(s.settings.credentials) == 0 || s.settings.credentials[id]
	if known && s.knownAccount(t) {
		return answer{}, false
	}
	return refuseWith(http.StatusForbidden, codeGeneral, "Authentication error"), true
}

// knownAccount reports whether the server has the account, and records a violation if
// not. A server without accounts accepts all.
func (s *Server) knownAccount(t target) bool {
	production, none := s.hasAccount(t.account)
	sandbox, alsoNone := s.sandbox.hasAccount(t.account)
	if production || sandbox || none && alsoNone {
		return true
	}
	s.violations.add("request for an unknown account: %s", t)
	return false
}
