// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client_test

import (
	"bytes"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// errorsBody returns an envelope with these errors.
func errorsBody(entries string) string {
	return `{"success":false,"errors":[` + entries + `],"messages":[],"result":null}`
}

func TestMeaningOfRefusals(t *testing.T) {
	// The bodies are from public reports about Cloudflare's API and tools.
	t.Parallel()
	const get, patch = http.MethodGet, http.MethodPatch
	malformed := errorsBody(`{"code":6003,"message":"Invalid request headers","error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}`)
	authentication := errorsBody(`{"code":10000,"message":"Authentication error"}`)
	type row struct {
		method string
		status int
		body   string
		means  client.Meaning
		shows  string
	}
	client.Each(t, map[string]row{
		"a truncated token":                    {get, 400, malformed, client.MeansMalformedCredentials, `code 6003 "Invalid request headers", code 6111 "Invalid format for Authorization header"`},
		"a truncated token, in Chinese":        {get, 400, errorsBody(`{"code":6003,"message":"请求头无效","error_chain":[{"code":6111,"message":"授权头格式无效"}]}`), client.MeansMalformedCredentials, `"授权头格式无效"`},
		"a token sent as a key":                {get, 400, errorsBody(`{"code":6003,"message":"Invalid request headers","error_chain":[{"code":6103,"message":"Invalid format for X-Auth-Key header"}]}`), client.MeansMalformedCredentials, "code 6103"},
		"an invalid email":                     {get, 400, errorsBody(`{"code":6003,"message":"Invalid request headers","error_chain":[{"code":6102,"message":"a"},{"code":6103,"message":"b"}]}`), client.MeansMalformedCredentials, `code 6102 "a", code 6103 "b"`},
		"a missing header":                     {get, 400, errorsBody(`{"code":9106,"message":"Missing X-Auth-Key, X-Auth-Email or Authorization headers"}`), client.MeansMalformedCredentials, "code 9106"},
		"a revoked token":                      {get, 403, errorsBody(`{"code":9109,"message":"Invalid access token"}`), client.MeansBadCredentials, `code 9109 "Invalid access token"`},
		"a token without the permission":       {get, 403, errorsBody(`{"code":9109,"message":"Unauthorized to access requested resource"}`), client.MeansBadCredentials, "Unauthorized"},
		"an unknown key":                       {get, 400, errorsBody(`{"code":9103,"message":"Unknown X-Auth-Key or X-Auth-Email"}`), client.MeansBadCredentials, "code 9103"},
		"an expired session":                   {get, 401, errorsBody(`{"code":9300,"message":"User session has expired. Please log in again"}`), client.MeansBadCredentials, "code 9300"},
		"a failed authentication":              {get, 400, errorsBody(`{"code":10001,"message":"Unable to authenticate request"}`), client.MeansBadCredentials, "code 10001"},
		"a 401 without a code":                 {get, 401, `{"success":false}`, client.MeansBadCredentials, "401 Unauthorized"},
		"another client address":               {get, 403, errorsBody(`{"code":9109,"message":"Cannot use the access token from location: 203.0.113.7"}`), client.MeansForbiddenAddress, "203.0.113.7"},
		"a wrong account, 400":                 {get, 400, errorsBody(`{"code":9109,"message":"Invalid account identifier"}`), client.MeansWrongAccount, "code 9109"},
		"a wrong account, 403":                 {get, 403, errorsBody(`{"code":9109,"message":"Invalid account identifier"}`), client.MeansWrongAccount, "code 9109"},
		"no permission":                        {get, 403, authentication, client.MeansNoPermission, `code 10000 "Authentication error"`},
		"a missing permission, by name":        {get, 403, errorsBody(`{"code":0,"message":"Actor 'com.cloudflare.api.token.x' requires permission 'com.cloudflare.api.account.zone.read' to list zones"}`), client.MeansNoPermission, "requires permission"},
		"a read-only token":                    {patch, 403, authentication, client.MeansReadOnly, "code 10000"},
		"a token revoked between two requests": {patch, 403, errorsBody(`{"code":9109,"message":"Invalid access token"}`), client.MeansBadCredentials, "code 9109"},
		"no route":                             {get, 404, errorsBody(`{"code":7003,"message":"Could not route to /accounts/x, perhaps your object identifier is invalid?"}`), client.MeansNoRoute, "code 7003"},
		"no route, two codes":                  {get, 400, errorsBody(`{"code":7003,"message":"Could not route to \/accounts\/x"},{"code":7000,"message":"No route for that URI"}`), client.MeansNoRoute, `"Could not route to /accounts/x", code 7000`},
		"no route, only code 7000":             {get, 400, errorsBody(`{"code":7000,"message":"No route for that URI"}`), client.MeansNoRoute, "code 7000"},
		"no such domain":                       {get, 404, errorsBody(`{"code":10000,"message":"Domain not found"}`), client.MeansNotFound, "code 10000"},
		"no route, and 10000":                  {get, 404, errorsBody(`{"code":10000},{"code":7003}`), client.MeansNoRoute, "code 7003"},
		"an endpoint for user tokens":          {get, 400, errorsBody(`{"code":1001,"message":"List accounts endpoint does not support account owned tokens."}`), 0, "code 1001"},
		"a refused value":                      {patch, 400, errorsBody(`{"code":10000,"message":"Must be a boolean if present","source":{"pointer":"/auto_renew"}}`), 0, `"Must be a boolean if present" at /auto_renew`},

		"strings":                         {get, 422, `{"success":false,"errors":["contact must be verified"]}`, 0, `Unprocessable Entity, "contact must be verified"`},
		"a string":                        {get, 422, `{"success":false,"errors":"contact must be verified"}`, 0, `"contact must be verified"`},
		"an object":                       {get, 422, `{"success":false,"errors":{"code":1,"message":"m"}}`, 0, `code 1 "m"`},
		"messages by field":               {get, 422, `{"success":false,"errors":{"contact":["must be verified"]}}`, 0, `Entity, "{\"contact\":[\"must be verified\"]}"`},
		"an empty reason":                 {get, 422, `{"success":false,"errors":[{},{"message":"m"}]}`, 0, `Entity, "m"`},
		"\"error\" instead of \"errors\"": {get, 400, `{"success":false,"error":"You cannot use this API for domains with a .cf TLD."}`, 0, `"You cannot use this API for domains with a .cf TLD."`},
		"an object in \"error\"":          {get, 400, `{"success":false,"error":{"message":"m"}}`, 0, `"m"`},
		"only a message":                  {get, 409, `{"success":false,"errors":[],"messages":[{"code":1,"message":"a transfer is pending"}]}`, 0, `"a transfer is pending"`},
		"only a message, as a string":     {get, 409, `{"success":false,"errors":null,"messages":["a transfer is pending"]}`, 0, `"a transfer is pending"`},
		"members of other types":          {get, 409, errorsBody(`"b",{"code":"1","message":["a"],"source":"x"},{"code":{},"message":"c"}`), 0, `"b", code 1 "[\"a\"]", "c"`},
		"no reasons":                      {get, 409, `{"success":false,"errors":[]}`, 0, `"{\"success\":false,\"errors\":[]}"`},
		"a problem document":              {get, 404, `{"type":"about:blank","title":"Not here","status":404,"detail":"moved away"}`, 0, `"moved away", the response isn't`},
		"the edge's rate limit":           {patch, 429, `{"title":"Error 1015: You are being rate limited","status":429,"detail":"Wait.","error_code":1015}`, 0, `code 1015 "Wait."`},
		"a gateway's page":                {patch, 502, "<html><head><title>502</title><style>p{}</style></head>\n<body>Bad &lt;gateway&gt;</body></html>", 0, `"502 Bad <gateway>"`},
		"a text at the limit":             {patch, 502, strings.Repeat("x", 200), 0, strings.Repeat("x", 200) + `"`},
		"a long text":                     {patch, 502, strings.Repeat("ab ", 200), 0, `"` + strings.Repeat("ab ", 66) + "ab…\""},
		"a proxy's 403":                   {get, 403, `{"message":"blocked"}`, 0, `"blocked"`},
		"another server's 403":            {get, 403, `<html>`, 0, "403 Forbidden"},
	}, func(t *testing.T, row row) {
		c := newClient(t, answering(row.status, row.body, nil).Transport())
		err := send(t.Context(), c, row.method)
		if e := clientError(t, err); e.Meaning() != row.means || !strings.Contains(err.Error(), row.shows) {
			t.Errorf("error = %v, meaning %d; want %d and %s", err, e.Meaning(), row.means, row.shows)
		}
	})
}

func TestDocumentationLinks(t *testing.T) {
	// A page on another host could be malicious.
	t.Parallel()
	const page = "https://developers.cloudflare.com/fundamentals/api/reference/permissions/"
	for body, want := range map[string]string{
		errorsBody(`{"code":10000,"message":"m","documentation_url":"` + page + `"}`):                                page,
		`{"success":false,"errors":[{"code":10000,"message":"m"}],"documentation_url":"` + page + `"}`:               page,
		errorsBody(`{"code":10000,"message":"m","documentation_url":"https://cloudflare.com/x"}`):                    "https://cloudflare.com/x",
		errorsBody(`{"code":10000,"message":"m","documentation_url":"http://developers.cloudflare.com/x"}`):          "",
		errorsBody(`{"code":10000,"message":"m","documentation_url":"https://evilcloudflare.com/x"}`):                "",
		errorsBody(`{"code":10000,"message":"m","documentation_url":"https://cloudflare.com.evil.example/x"}`):       "",
		errorsBody(`{"code":10000,"message":"m","documentation_url":"https://me:pass@developers.cloudflare.com/x"}`): "",
		errorsBody(`{"code":10000,"message":"m","documentation_url":7}`):                                             "",
	} {
		_, err := newClient(t, answering(403, body, nil).Transport()).PollUpdate(t.Context(), exampleID(), nil)
		if e := clientError(t, err); e.Errors[0].Documentation != want {
			t.Errorf("%s: documentation %q, want %q", body, e.Errors[0].Documentation, want)
		}
	}
}

func TestDecodeDocumentedUpdates(t *testing.T) {
	t.Parallel()
	at := time.Date(2019, time.December, 27, 18, 11, 19, 117_000_000, time.UTC)
	want := client.Update{
		State: client.InProgress, CreatedAt: at, UpdatedAt: at,
		ErrorCode: "registry_rejected", ErrorMessage: "Registry rejected the request.", Context: []byte(`{"foo":"bar"}`),
	}
	for file, method := range map[string]string{"patch_200.json": http.MethodPatch, "update_status_200.json": http.MethodGet} {
		c := newClient(t, answering(http.StatusOK, client.Documented(t)[file], nil).Transport())
		got, err := c.UpdateStatus(t.Context(), exampleID())
		if method == http.MethodPatch {
			got, err = c.SetAutoRenew(t.Context(), exampleID(), true)
		}
		got.ServerTime, got.Context = time.Time{}, bytes.Join(bytes.Fields(got.Context), nil)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: update = %+v, %v\nwant %+v", file, got, err, want)
		}
	}
}

func TestDecodeDocumentedErrors(t *testing.T) {
	// The reference has "4XX" without a number, so any 4xx status is valid.
	t.Parallel()
	for file, want := range map[string]client.APIError{
		"patch_domain_not_found.json":    {Code: 10000, Message: "Domain not found"},
		"patch_not_a_boolean.json":       {Code: 10000, Message: "Must be a boolean if present", Pointer: "/auto_renew"},
		"update_status_no_workflow.json": {Code: 10000, Message: "No workflow found for example.com"},
	} {
		_, err := newClient(t, answering(http.StatusBadRequest, client.Documented(t)[file], nil).Transport()).SetAutoRenew(t.Context(), exampleID(), true)
		if e := matchError(t, err, client.KindRefused, 400, ""); !slices.Equal(e.Errors, []client.APIError{want}) {
			t.Errorf("%s: error = %v, want %v", file, err, want)
		}
	}
}
