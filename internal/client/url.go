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

// ParseBaseURL parses the address of an API. Credentials are sent there, so it must be https, or plain
// http to a loopback host. It drops trailing slashes. Its errors complete "base_url …" and omit the
// value, which can contain a password.
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
		return nil, errors.New("must start with https://: plain http would expose the credentials")
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, errors.New("must start with https://")
	}
	escaped := strings.TrimRight(base.EscapedPath(), "/")
	base.Path, err = url.PathUnescape(escaped)
	base.RawPath = escaped // keeps an escaped slash escaped
	return base, err
}

// loopback reports whether a host is this machine. The only name it accepts is localhost, because DNS could
// return any address for another name.
func loopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}

// endpoint returns the base URL with path elements appended, each escaped.
func (c *Client) endpoint(elements ...string) *url.URL {
	escaped := make([]string, len(elements))
	for i, element := range elements {
		escaped[i] = url.PathEscape(element)
	}
	u := *c.config.BaseURL
	u.Path += "/" + strings.Join(elements, "/")
	u.RawPath = c.config.BaseURL.EscapedPath() + "/" + strings.Join(escaped, "/")
	return &u
}

// registrationsURL is …/accounts/{account_id}/registrar/registrations, followed by more elements.
func (c *Client) registrationsURL(account string, below ...string) *url.URL {
	return c.endpoint(append([]string{"accounts", account, string(c.config.Product), "registrations"}, below...)...)
}

// registrationURL is …/registrations/{domain_name}.
func (c *Client) registrationURL(id DomainID) *url.URL {
	return c.registrationsURL(id.Account, string(id.Name))
}

// updateStatusURL is …/registrations/{domain_name}/update-status.
func (c *Client) updateStatusURL(id DomainID) *url.URL {
	return c.registrationsURL(id.Account, string(id.Name), "update-status")
}
