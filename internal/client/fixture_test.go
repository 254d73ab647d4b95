// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	fake "github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	account = "023e105f4ecef8ad9ca31a8372d0c353"
	domain  = "example.com"

	listPath   = "/accounts/" + account + "/registrar/registrations"
	domainPath = listPath + "/" + domain
	statusPath = domainPath + "/update-status"

	html = "<!DOCTYPE html><html><body><h1>Error</h1></body></html>"

	// The examples in Cloudflare's reference.
	token = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY" //nolint:gosec // a published example
	key   = "144c9defac04969c7bfad8efaa8ea194"
	email = "user@example.com"
)

func exampleID() client.DomainID { return client.DomainID{Account: account, Name: domain} }

// newClient returns a client with this transport.
func newClient(t *testing.T, transport http.RoundTripper, changes ...func(*client.Config)) *client.Client {
	t.Helper()
	base, err := client.ParseBaseURL("https://api.example.net/client/v4")
	if err != nil {
		t.Fatal(err)
	}
	config := client.Config{
		BaseURL:     base,
		Credentials: client.Credentials{Token: token},
		Transport:   transport,
	}
	for _, change := range changes {
		change(&config)
	}
	return client.New(config)
}

// newServer returns a registrar with one domain, auto-renew off.
func newServer(options ...fake.Option) *fake.Server {
	return fake.New(append(options, fake.WithDomain(fake.Domain{Name: domain, Account: account}))...)
}

// answering returns a registrar that gives every request this response.
func answering(status int, body string, header http.Header) *fake.Server {
	server := newServer()
	server.Inject(fake.Fault{Times: -1, Status: status, Body: body, Header: header})
	return server
}

// succeeding returns a registrar that gives every request this result.
func succeeding(result string) *fake.Server {
	return answering(http.StatusOK, `{"success":true,"errors":[],"messages":[],"result":`+result+`}`, nil)
}

// clientError returns the *Error in err. Every error of the client has one.
func clientError(t *testing.T, err error) *client.Error {
	t.Helper()
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		t.Fatalf("error = %v (%T), want an *Error", err, err)
	}
	return e
}

// listError returns the error of the first page of an account's list.
func listError(t *testing.T, c *client.Client, account string) error {
	t.Helper()
	for _, err := range c.Registrations(t.Context(), account) {
		return err
	}
	return nil
}

// wantError fails unless err is an *Error of this kind and status that contains the text.
func wantError(t *testing.T, err error, kind client.Kind, status int, text string) {
	t.Helper()
	_ = matchError(t, err, kind, status, text)
}

// matchError does the same as wantError, and returns the *Error.
func matchError(t *testing.T, err error, kind client.Kind, status int, text string) *client.Error {
	t.Helper()
	e := clientError(t, err)
	if e.Kind != kind || e.Status != status || !strings.Contains(err.Error(), text) {
		t.Errorf("error = %v (kind %d, status %d), want kind %d, status %d and %q", err, e.Kind, e.Status, kind, status, text)
	}
	return e
}

func wantRequests(t *testing.T, server *fake.Server, want int) {
	t.Helper()
	if got := len(server.Requests()); got != want {
		t.Errorf("%d requests, want %d", got, want)
	}
}

// transportFunc adapts a function to http.RoundTripper.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }
