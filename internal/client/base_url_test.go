// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestBaseURLsThatCredentialsMayGoTo(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"Cloudflare's own":               {client.DefaultBaseURL, "https://api.cloudflare.com/client/v4"},
		"a trailing slash is dropped":    {"https://api.example.net/client/v4/", "https://api.example.net/client/v4"},
		"several are dropped":            {"https://api.example.net/client/v4///", "https://api.example.net/client/v4"},
		"a host alone":                   {"https://api.example.net", "https://api.example.net"},
		"a host and a slash":             {"https://api.example.net/", "https://api.example.net"},
		"a port":                         {"https://api.example.net:8443/v4", "https://api.example.net:8443/v4"},
		"the scheme in any case":         {"HTTPS://api.example.net/v4", "https://api.example.net/v4"},
		"plain http to localhost":        {"http://localhost:8080/client/v4", "http://localhost:8080/client/v4"},
		"plain http to LOCALHOST":        {"http://LOCALHOST:8080", "http://LOCALHOST:8080"},
		"plain http to 127.0.0.1":        {"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		"plain http to another loopback": {"http://127.8.9.10:8080", "http://127.8.9.10:8080"},
		"plain http to ::1":              {"http://[::1]:8080/client/v4", "http://[::1]:8080/client/v4"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := client.ParseBaseURL(test.text)
			if err != nil {
				t.Fatalf("ParseBaseURL(%q): %v", test.text, err)
			}
			if got.String() != test.want {
				t.Errorf("ParseBaseURL(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestBaseURLsThatCredentialsMustNotGoTo(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"nothing":                               {"", "is not a URL with a host"},
		"a path":                                {"/client/v4", "is not a URL with a host"},
		"a host without a scheme":               {"api.cloudflare.com/client/v4", "is not a URL with a host"},
		"a scheme without a host":               {"https:///client/v4", "is not a URL with a host"},
		"a port without a host":                 {"https://:8443/client/v4", "is not a URL with a host"},
		"an opaque URL":                         {"https:api.cloudflare.com", "is not a URL with a host"},
		"a control character":                   {"https://api.example.net/\x00", "is not a URL with a host"},
		"an escape that is none":                {"https://api.example.net/%zz", "is not a URL with a host"},
		"a user":                                {"https://someone@api.example.net", "holds a user name or password"},
		"a password":                            {"https://someone:hunter22@api.example.net", "holds a user name or password"},
		"a password in a URL that is none":      {"https://someone:hunter22@api.example.net/%zz", "is not a URL with a host"},
		"a query":                               {"https://api.example.net/?a=b", "holds a query or a fragment"},
		"an empty query":                        {"https://api.example.net/?", "holds a query or a fragment"},
		"a fragment":                            {"https://api.example.net/#a", "holds a query or a fragment"},
		"plain http to another machine":         {"http://api.example.net", "is plain http to another machine"},
		"plain http to a name that looks local": {"http://localhost.example.net", "is plain http to another machine"},
		"plain http to a private address":       {"http://192.168.0.1", "is plain http to another machine"},
		"plain http to every address":           {"http://0.0.0.0", "is plain http to another machine"},
		"another scheme":                        {"ftp://api.example.net", "has a scheme other than https"},
		"a file":                                {"file://localhost/etc", "has a scheme other than https"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := client.ParseBaseURL(test.text)
			if err == nil {
				t.Fatalf("ParseBaseURL(%q) = %q, want an error", test.text, got)
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error = %q, want it to begin with %q", err, test.want)
			}
			if strings.Contains(err.Error(), "hunter22") {
				t.Errorf("the error shows the password: %q", err)
			}
		})
	}
}
