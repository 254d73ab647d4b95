// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck

import (
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const (
	listPath   = "/accounts/" + account + "/registrar/registrations"
	domainPath = listPath + "/" + domain
	statusPath = domainPath + "/update-status"
)

// findings returns the validation errors for a request or its answer.
func findings(t *testing.T, request, body string, sc fakeregistrar.Scenario, fault fakeregistrar.Fault) []string {
	t.Helper()
	fake := newFake(sc)
	fake.StartUpdate(account, domain, true)
	fake.Inject(fault)
	var found []string
	transport := newChecked(t, fake.Transport(), func(err error) { found = append(found, err.Error()) })
	method, path, _ := strings.Cut(request, " ")
	req, err := http.NewRequestWithContext(t.Context(), method, "https://api.cloudflare.com"+fakeregistrar.BasePath+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if !strings.Contains(path, "anonymous") {
		req.Header.Set("Authorization", "Bearer any-token-will-do")
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return found
}

func TestDescriptionRejectsMutants(t *testing.T) {
	// Each mutant differs in one way from a valid request or answer.
	t.Parallel()
	const on = `{"auto_renew":true}`
	succeeded, failed := fakeregistrar.Immediate(), fakeregistrar.Failed("registry_rejected", "no", 0)
	action := fakeregistrar.Scenario{Steps: fakeregistrar.ActionRequired("confirm", "").Steps[1:]}
	type fault = fakeregistrar.Fault
	tests := map[string]struct {
		request, body string
		scenario      fakeregistrar.Scenario
		fault         fault
		want          string // part of the finding
	}{
		"a page size of 0":                      {"GET " + listPath + "?per_page=0", "", succeeded, fault{}, "minimum: got 0, want 1"},
		"a page size of 51":                     {"GET " + listPath + "?per_page=51", "", succeeded, fault{}, "maximum: got 51, want 50"},
		"a cursor that is too long":             {"GET " + listPath + "?cursor=" + strings.Repeat("c", 257), "", succeeded, fault{}, "maxLength: got 257, want 256"},
		"an unknown parameter":                  {"GET " + listPath + "?page=2", "", succeeded, fault{}, "parameter \"page\" is not in the description"},
		"an account that is too long":           {"GET " + strings.Replace(domainPath, account, account+"0", 1), "", succeeded, fault{}, "maxLength: got 33, want 32"},
		"another product":                       {"GET " + strings.Replace(domainPath, "registrar", "registry", 1), "", succeeded, fault{}, "must be one of 'registrar', 'registrar-sandbox'"},
		"a name in upper case":                  {"GET " + listPath + "/EXAMPLE.com", "", succeeded, fault{}, "'EXAMPLE.com' does not match pattern"},
		"an unknown method":                     {"DELETE " + domainPath, "", succeeded, fault{}, "method not allowed"},
		"no credentials":                        {"GET " + strings.Replace(domainPath, account, "anonymous", 1), "", succeeded, fault{}, "no header Authorization"},
		"an update without fields":              {"PATCH " + domainPath, `{}`, succeeded, fault{}, "missing property 'auto_renew'"},
		"an update with a string":               {"PATCH " + domainPath, `{"auto_renew":"yes"}`, succeeded, fault{}, "'/auto_renew': got string, want boolean"},
		"an update with an unknown field":       {"PATCH " + domainPath, `{"auto_renew":true,"locked":true}`, succeeded, fault{}, "additional properties 'locked' not allowed"},
		"a read with a body":                    {"GET " + domainPath, on, succeeded, fault{}, "request body not allowed"},
		"an undocumented status":                {"GET " + domainPath, "", succeeded, fault{Status: 503, Body: "{}"}, "status is not supported"},
		"a refusal without its envelope":        {"GET " + domainPath, "", succeeded, fault{Status: 404, Body: `{"success":false}`}, "missing properties 'errors', 'messages', 'result'"},
		"a proxy's refusal":                     {"GET " + domainPath, "", succeeded, fault{Status: 403, Body: "<html>"}, "Content-Type has unexpected value"},
		"a 200 without success":                 {"GET " + domainPath, "", succeeded, fault{SetField: "$.success", Value: false}, "'/success': value must be true"},
		"a missing field":                       {"GET " + domainPath, "", succeeded, fault{OmitField: "locked"}, "'/result': missing property 'locked'"},
		"a wrong type":                          {"GET " + domainPath, "", succeeded, fault{SetField: "auto_renew", Value: "yes"}, "'/result/auto_renew': got string, want boolean"},
		"an unknown status":                     {"GET " + domainPath, "", succeeded, fault{SetField: "status", Value: "sold"}, "'/result/status': value must be one of 'active'"},
		"false for privacy_mode":                {"GET " + domainPath, "", succeeded, fault{SetField: "privacy_mode", Value: false}, "'/result/privacy_mode': value must be one of 'off', 'redaction'"},
		"an invented field":                     {"GET " + domainPath, "", succeeded, fault{SetField: "price", Value: 1}, "additional properties 'price' not allowed"},
		"an invalid date":                       {"GET " + domainPath, "", succeeded, fault{SetField: "created_at", Value: "soon"}, "'soon' is not valid date-time"},
		"an active domain without expiry":       {"GET " + domainPath, "", succeeded, fault{SetField: "expires_at", Value: nil}, "'/result/expires_at': got null, want string"},
		"an entry without a name":               {"GET " + listPath, "", succeeded, fault{OmitField: "0.domain_name"}, "'/result/0': missing property 'domain_name'"},
		"a page without a cursor":               {"GET " + listPath, "", succeeded, fault{OmitField: "$.result_info.cursor"}, "'/result_info': missing property 'cursor'"},
		"an unknown state":                      {"GET " + statusPath, "", succeeded, fault{SetField: "state", Value: "done"}, "'/result/state': value must be one of 'pending'"},
		"a success that is not completed":       {"GET " + statusPath, "", succeeded, fault{SetField: "completed", Value: false}, "'/result/completed': value must be true"},
		"a failure without an error":            {"GET " + statusPath, "", failed, fault{SetField: "error", Value: nil}, "'/result/error': got null, want object"},
		"an error with a numeric code":          {"GET " + statusPath, "", failed, fault{SetField: "error.code", Value: 1000}, "'/result/error/code': got number, want string"},
		"an action without its name":            {"GET " + statusPath, "", action, fault{OmitField: "context.action"}, "'/result/context': missing property 'action'"},
		"a context with a partial registration": {"GET " + statusPath, "", succeeded, fault{OmitField: "context.registration.locked"}, "'/result/context/registration': missing property 'locked'"},
		"a registration-status link":            {"GET " + statusPath, "", succeeded.WithLinkStyle(fakeregistrar.LinkRegistrationStatus), fault{}, "/registration-status' does not match pattern"},
		"a 200 for a pending update":            {"PATCH " + domainPath, on, succeeded, fault{SetField: "state", Value: "pending"}, "'/result/state': value must be one of 'succeeded', 'failed'"},
		"a 202 without a Location":              {"PATCH " + domainPath, on, succeeded, fault{Act: true, Status: 202, Body: `{}`}, "header \"Location\" missing"},
	}
	for name, test := range tests {
		found := findings(t, test.request, test.body, test.scenario, test.fault)
		if len(found) != 1 || !strings.Contains(found[0], test.want) {
			t.Errorf("%s: found %q, want one with %q", name, found, test.want)
		}
	}
}

func TestDescriptionAcceptsDocumentedRefusals(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"patch_domain_not_found.json", "patch_not_a_boolean.json", "update_status_no_workflow.json"} {
		body, err := fs.ReadFile(os.DirFS("../testdata"), file)
		if err != nil {
			t.Fatal(err)
		}
		if found := findings(t, "GET "+domainPath, "", fakeregistrar.Immediate(), fakeregistrar.Fault{Status: 404, Body: string(body)}); len(found) > 0 {
			t.Errorf("%s: %q", file, found)
		}
	}
}
