// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

func TestUnsuccessfulResponses(t *testing.T) {
	t.Parallel()
	const (
		yes      = `{"domain_name":"example.com","auto_renew":true}`
		noJSON   = "the response isn't the API's JSON"
		notAPI   = "the response isn't from the Cloudflare API"
		redirect = "the response is a redirect, which the client doesn't follow"
	)
	type row struct {
		status        int
		body          string
		kind          client.Kind
		want, excerpt string
	}
	client.Each(t, map[string]row{
		"no success":                         {200, `{"result":` + yes + `}`, client.KindMalformed, `the response has no "success"`, ""},
		"success is a string":                {200, `{"success":"true","result":` + yes + `}`, client.KindMalformed, noJSON, ""},
		"success: false":                     {200, `{"success":false,"errors":[{"code":7,"message":"why"}],"result":` + yes + `}`, client.KindRefused, `code 7 "why", the response has "success": false`, ""},
		"success: false without errors":      {200, `{"success":false,"result":` + yes + `}`, client.KindRefused, `the response has "success": false`, `{"success":false,"result":` + yes + `}`},
		"a proxy's page":                     {200, html, client.KindMalformed, noJSON, "Error"},
		"two responses":                      {200, `{"success":true,"result":null}{}`, client.KindMalformed, noJSON, `{"success":true,"result":null}{}`},
		"an error status with success: true": {400, `{"success":true}`, client.KindRefused, "HTTP status 400 Bad Request", `{"success":true}`},
		"an error page":                      {404, html, client.KindNotAPI, notAPI + `, "Error"`, "Error"},
		"JSON that isn't an envelope":        {404, `{"message":"no Route matched with those values"}`, client.KindNotAPI, `"no Route matched with those values", ` + notAPI, ""},
		"a nonstandard status":               {499, html, client.KindNotAPI, "HTTP status 499, the response", "Error"},
		"status 300":                         {300, html, client.KindRedirect, redirect, ""},
		"a redirect with a result":           {302, `{"success":true,"result":` + yes + `}`, client.KindRedirect, redirect, ""},
	}, func(t *testing.T, row row) {
		server := answering(row.status, row.body, http.Header{"Location": {"/followed"}})
		c := newClient(t, server.Transport())
		_, reading := c.Registration(t.Context(), exampleID())
		_, setting := c.SetAutoRenew(t.Context(), exampleID(), true)
		for _, err := range []error{reading, setting} {
			if e := matchError(t, err, row.kind, row.status, row.want); e.Excerpt != row.excerpt {
				t.Errorf("excerpt %q, want %q", e.Excerpt, row.excerpt)
			}
		}
		wantRequests(t, server, 2) // a retry would fail the same way
	})
}

func TestIsNotFoundAndIsNoUpdate(t *testing.T) {
	// "No workflow found" has no documented status.
	t.Parallel()
	const gone = `{"success":false,"errors":[{"code":10000,"message":"No workflow found"}],"messages":[],"result":null}`
	type row struct {
		status             int
		body               string
		notFound, noUpdate bool
	}
	client.Each(t, map[string]row{
		"404":                     {404, gone, true, true},
		"400":                     {400, gone, false, true},
		"410":                     {410, gone, false, true},
		"499, with another error": {499, `{"success":false,"errors":[{"code":1},{"code":10000}]}`, false, true},
		"401":                     {401, gone, false, false},
		"403":                     {403, gone, false, false},
		"success: false":          {200, gone, false, false},
		"408, which is transient": {408, gone, false, false},
		"500":                     {500, gone, false, false},
		"400, with another cause": {400, `{"success":false,"errors":[{"code":10000},{"code":6003}]}`, false, false},
		"only a message":          {404, `{"success":false,"errors":[],"messages":[{"code":10000,"message":"x"}]}`, false, false},
		"a routing error":         {404, `{"success":false,"errors":[{"code":7003,"message":"Could not route to /x"}]}`, false, false},
		"a proxy's 404":           {404, html, false, false},
		"a proxy's JSON":          {404, `{"errors":[{"code":10000}]}`, false, false},
	}, func(t *testing.T, row row) {
		server := answering(row.status, row.body, nil)
		_, err := newClient(t, server.Transport()).PollUpdate(t.Context(), exampleID(), nil)
		if notFound, noUpdate := client.IsNotFound(err), client.IsNoUpdate(err); notFound != row.notFound || noUpdate != row.noUpdate {
			t.Errorf("%v: not found %t, no update %t; want %t and %t", err, notFound, noUpdate, row.notFound, row.noUpdate)
		}
	})
}

func TestErrorsIncludeTheRequest(t *testing.T) {
	t.Parallel()
	server := answering(http.StatusOK, `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}`, http.Header{"Cf-Ray": {"8f00-FRA"}})
	c := newClient(t, server.Transport(), func(c *client.Config) {
		c.Product, c.DefaultAccount, c.AccountFrom = client.Sandbox, account, "CLOUDFLARE_ACCOUNT_ID"
	})
	const (
		path         = "/client/v4/accounts/" + account + "/registrar-sandbox/registrations"
		otherAccount = "0123456789abcdef0123456789abcdef"
	)
	_, reading := c.Registration(t.Context(), exampleID())
	_, setting := c.SetAutoRenew(t.Context(), exampleID(), true)
	_, checking := c.UpdateStatus(t.Context(), exampleID())
	for op, want := range map[string]struct {
		err                       error
		method, path, accountFrom string
		id                        client.DomainID
	}{
		"read the registration of example.com":              {reading, "GET", path + "/example.com", "CLOUDFLARE_ACCOUNT_ID", exampleID()},
		"set auto_renew of example.com to true":             {setting, "PATCH", path + "/example.com", "CLOUDFLARE_ACCOUNT_ID", exampleID()},
		"read the update status of example.com":             {checking, "GET", path + "/example.com/update-status", "CLOUDFLARE_ACCOUNT_ID", exampleID()},
		"list the registrations of account " + account:      {listError(t, c, account), "GET", path, "CLOUDFLARE_ACCOUNT_ID", client.DomainID{Account: account}},
		"list the registrations of account " + otherAccount: {listError(t, c, otherAccount), "GET", "/client/v4/accounts/" + otherAccount + "/registrar-sandbox/registrations", "", client.DomainID{Account: otherAccount}},
	} {
		e := matchError(t, want.err, client.KindRefused, 200, op+`: HTTP status 200 OK, code 10000 "Authentication error", the response has "success": false`)
		if e.Op != op || e.Method != want.method || e.Path != want.path || e.ID != want.id || e.Ray != "8f00-FRA" || e.Product != client.Sandbox || e.AccountFrom != want.accountFrom {
			t.Errorf("error = %+v, want %s %s and AccountFrom %q", e, want.method, want.path, want.accountFrom)
		}
	}
}

// endless is an endless body that counts the bytes read.
type endless int

func (e *endless) Read(p []byte) (int, error) {
	*e += endless(len(p))
	return len(p), nil
}

func TestOversizedBodyKeepsStatus(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]client.Kind{200: client.KindMalformed, 300: client.KindRedirect, 403: client.KindNotAPI} {
		body := new(endless)
		_, err := newClient(t, transportFunc(func(request *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{"Cf-Ray": {"8f00-FRA"}}, Body: io.NopCloser(body), Request: request}, nil
		})).Registration(t.Context(), exampleID())
		if e := matchError(t, err, kind, status, ""); e.Ray != "8f00-FRA" {
			t.Errorf("cf-ray = %q", e.Ray)
		}
		if *body != 4<<20+1 || kind == client.KindMalformed && !strings.Contains(err.Error(), "larger than the limit of 4194304 bytes") {
			t.Errorf("%d bytes read, error %v; want 4 MiB + 1", *body, err)
		}
	}
}

func TestHostileBodiesParseQuickly(t *testing.T) {
	// Each of these bodies once took minutes.
	t.Parallel()
	client.Each(t, map[string]string{
		"unclosed scripts":  strings.Repeat("<script>", 60_000),
		"a deep chain":      errorsBody(strings.Repeat(`{"error_chain":[`, 3000) + `"` + strings.Repeat("x", 1<<20) + `"` + strings.Repeat("]}", 3000)),
		"many short chains": errorsBody(strings.Repeat(`{"error_chain":[{},{},{}]},`, 40_000) + `{}`),
	}, func(t *testing.T, body string) {
		began := time.Now()
		err := send(t.Context(), newClient(t, answering(403, body, nil).Transport()), http.MethodGet)
		if took := time.Since(began); clientError(t, err).Status != 403 || took > 10*time.Second {
			t.Errorf("%.99v after %s", err, took)
		}
	})
}

func TestReadBodyAtLimit(t *testing.T) {
	t.Parallel()
	const body = `{"success":true,"result":{"domain_name":"example.com","auto_renew":true}}`
	server := answering(http.StatusOK, body+strings.Repeat(" ", 4<<20-len(body)), nil)
	if _, err := newClient(t, server.Transport()).Registration(t.Context(), exampleID()); err != nil {
		t.Error(err)
	}
}
