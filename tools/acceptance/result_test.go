// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"strings"
	"testing"
)

const cli = "Terraform v1.11.4 (/bin/terraform)"

// report plays events and returns the screen, the summary at its end included.
func report(t *testing.T, goTest error, events ...string) (screen string, err error) {
	t.Helper()
	var out strings.Builder
	seen, err := follow(strings.NewReader(strings.Join(events, "\n")), &out)
	if err != nil {
		t.Fatal(err)
	}
	err = goTest
	if err == nil {
		err = seen.verdict()
	}
	return out.String() + seen.summary(err, cli), err
}

func TestARunIsJudgedByWhatReallyRan(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		goTest error
		events []string
		screen string
		failed string
	}{
		"a pass beside a skip that says why": {
			events: []string{
				`{"Action":"output","Package":"p","Test":"TestAccQuery","Output":"=== RUN   TestAccQuery\n"}`,
				`{"Action":"output","Package":"p","Test":"TestAccQuery","Output":"    a_test.go:49: from 1.14.0 on\n"}`,
				`{"Action":"output","Package":"p","Test":"TestAccQuery","Output":"--- SKIP: TestAccQuery (0.00s)\n"}`,
				`{"Action":"skip","Package":"p","Test":"TestAccQuery","Elapsed":0}`,
				`{"Action":"pass","Package":"p","Test":"TestAccMove","Elapsed":1.25}`,
				`{"Action":"pass","Package":"p","Elapsed":2}`,
			},
			screen: `SKIP  TestAccQuery (0s)
PASS  TestAccMove (1.3s)
Skipped TestAccQuery: from 1.14.0 on
Acceptance tests passed: 1 passed, 0 failed, 1 skipped, with Terraform v1.11.4 (/bin/terraform)`,
		},
		"a failed subtest shows what it said, once": {
			goTest: errors.New("exit status 1"),
			events: []string{
				`{"Action":"output","Package":"p","Test":"TestAccImport/by_id","Output":"    a_test.go:7: no such domain\n"}`,
				`{"Action":"fail","Package":"p","Test":"TestAccImport/by_id","Elapsed":0.5}`,
				`{"Action":"pass","Package":"p","Test":"TestAccImport/by_name","Elapsed":0.5}`,
				`{"Action":"fail","Package":"p","Test":"TestAccImport","Elapsed":1}`,
			},
			screen: `FAIL  TestAccImport/by_id (500ms)
    a_test.go:7: no such domain
FAIL  TestAccImport (1s)
Acceptance tests FAILED: 1 passed, 1 failed, 0 skipped, with Terraform v1.11.4 (/bin/terraform)`,
			failed: "exit status 1",
		},
		"a package that does not build": {
			goTest: errors.New("exit status 1"),
			events: []string{
				`{"ImportPath":"p","Action":"build-output","Output":"a.go:1:1: expected 'package'\n"}`,
				`{"ImportPath":"p","Action":"build-fail"}`,
				`{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}`,
				`{"Action":"fail","Package":"p","Elapsed":0}`,
			},
			screen: `a.go:1:1: expected 'package'
FAIL  p (0s)
FAIL	p [build failed]
Acceptance tests FAILED: 0 passed, 0 failed, 0 skipped, with Terraform v1.11.4 (/bin/terraform)`,
			failed: "exit status 1",
		},
		"no test at all": {
			screen: "Acceptance tests FAILED: 0 passed, 0 failed, 0 skipped, with Terraform v1.11.4 (/bin/terraform)",
			failed: "no acceptance test ran",
		},
		"a parent whose subtests were all skipped": {
			events: []string{
				`{"Action":"output","Package":"p","Test":"TestAccImport/by_identity","Output":"    a_test.go:7: from 1.12.0 on\n"}`,
				`{"Action":"skip","Package":"p","Test":"TestAccImport/by_identity","Elapsed":0}`,
				`{"Action":"pass","Package":"p","Test":"TestAccImport","Elapsed":0}`,
			},
			screen: `PASS  TestAccImport (0s)
Skipped TestAccImport/by_identity: from 1.12.0 on
Acceptance tests FAILED: 0 passed, 0 failed, 1 skipped, with Terraform v1.11.4 (/bin/terraform)`,
			failed: "no acceptance test ran",
		},
		"a test that was not told to run": {
			events: []string{
				`{"Action":"pass","Package":"p","Test":"TestAccMove","Elapsed":1}`,
				`{"Action":"output","Package":"q","Test":"TestAccMove","Output":"    a.go:9: Acceptance tests skipped unless env 'TF_ACC' set\n"}`,
				`{"Action":"skip","Package":"q","Test":"TestAccMove","Elapsed":0}`,
			},
			screen: `PASS  TestAccMove (1s)
SKIP  TestAccMove (0s)
Skipped TestAccMove: Acceptance tests skipped unless env 'TF_ACC' set
Acceptance tests FAILED: 1 passed, 0 failed, 1 skipped, with Terraform v1.11.4 (/bin/terraform)`,
			failed: "TestAccMove did not see TF_ACC",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			screen, err := report(t, test.goTest, test.events...)
			if screen != test.screen {
				t.Errorf("got:\n%s\nwant:\n%s", screen, test.screen)
			}
			failed := ""
			if err != nil {
				failed = err.Error()
			}
			if failed != test.failed {
				t.Errorf("got error %q, want %q", failed, test.failed)
			}
		})
	}
}
