// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestTheFrameworkLogsWhereSomebodyAsked(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		environment []string
		want        bool
	}{
		"nothing is set":               {[]string{"PATH=/bin"}, false},
		"only a file is named":         {[]string{"TF_LOG_PATH=trace.log"}, false},
		"a variable is set to nothing": {[]string{"TF_LOG="}, false},
		"everything is to be logged":   {[]string{"TF_LOG=TRACE"}, true},
		"providers are to be logged":   {[]string{"PATH=/bin", "TF_LOG_PROVIDER=debug"}, true},
		"one provider is to be logged": {[]string{"TF_LOG_PROVIDER_REGISTRAR=debug"}, true},
		"a level is set already":       {[]string{"TF_LOG_SDK=warn"}, true},
		"a part of the framework is":   {[]string{"TF_LOG_SDK_PROTO=trace"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := frameworkLogged(test.environment); got != test.want {
				t.Errorf("logged = %t; want %t", got, test.want)
			}
		})
	}
}
