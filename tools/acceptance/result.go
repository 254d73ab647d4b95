// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// result is what a run of tests came to.
type result struct {
	verdicts map[id]string   // "pass", "fail" or "skip"
	output   map[id][]string // what each test said
}

// unset is what the test framework says where TF_ACC did not reach it.
const unset = "Acceptance tests skipped unless env"

// verdict is an error where go test was content and nothing is proved all the same.
func (r *result) verdict() error {
	for _, test := range r.leaves("skip") {
		if strings.Contains(r.reason(test), unset) {
			return fmt.Errorf("%s did not see TF_ACC", test.test)
		}
	}
	if len(r.leaves("pass")) == 0 {
		return errors.New("no acceptance test ran")
	}
	return nil
}

// leaves are the tests with this verdict that have no subtests: a parent passes also when everything
// beneath it was skipped.
func (r *result) leaves(verdict string) []id {
	parents := map[id]bool{}
	for test := range r.verdicts {
		for i, c := range test.test {
			if c == '/' {
				parents[id{test.pkg, test.test[:i]}] = true
			}
		}
	}
	var found []id
	for test, is := range r.verdicts {
		if is == verdict && !parents[test] {
			found = append(found, test)
		}
	}
	slices.SortFunc(found, func(a, b id) int {
		return cmp.Or(strings.Compare(a.pkg, b.pkg), strings.Compare(a.test, b.test))
	})
	return found
}

// reason is what a test said of itself, on one line and without the place in the source.
func (r *result) reason(test id) string {
	said := strings.Join(strings.Fields(strings.Join(r.output[test], " ")), " ")
	if _, after, found := strings.Cut(said, ".go:"); found {
		_, said, _ = strings.Cut(after, ": ")
	}
	return said
}

// summary names what was skipped and why, and ends with the line that a reader looks for.
func (r *result) summary(err error, cli string) string {
	var text strings.Builder
	skipped := r.leaves("skip")
	for _, test := range skipped {
		fmt.Fprintf(&text, "Skipped %s: %s\n", test.test, r.reason(test))
	}
	verdict := "passed"
	if err != nil {
		verdict = "FAILED"
	}
	fmt.Fprintf(&text, "Acceptance tests %s: %d passed, %d failed, %d skipped, with %s",
		verdict, len(r.leaves("pass")), len(r.leaves("fail")), len(skipped), cli)
	return text.String()
}
