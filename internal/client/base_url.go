// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// DefaultBaseURL is the address of Cloudflare's API.
// Source: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/.
const DefaultBaseURL = "https://api.cloudflare.com/client/v4"

// ParseBaseURL parses the address of an API. It must be https, or
// http to a loopback host, because the client sends credentials to it. ParseBaseURL drops trailing slashes.
// Its errors complete "base_url …" and leave out the value, which can contain a password.
func ParseBaseURL(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	switch {
	case err != nil || base.Host == "" || base.Hostname() == "":
		return nil, errors.New("must be a URL with a host, such as " + DefaultBaseURL)
	case base.User != nil:
		return nil, errors.New("must not contain a user name or password; use api_token, or api_key and email")
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, errors.New("must not contain a query or a fragment")
	case base.Scheme == "http" && !loopback(base.Hostname()):
		return nil, errors.New("must start with https://: plain http would show the credentials to the network")
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, errors.New("must start with https://")
	}
	escaped := strings.TrimRight(base.EscapedPath(), "/")
	base.Path, err = url.PathUnescape(escaped)
	base.RawPath = escaped // so that an escaped slash stays one
	return base, err
}

// loopback reports whether a host is this machine. Of all names only localhost counts, because DNS
// could return any address for the others.
func loopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
