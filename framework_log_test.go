// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestFrameworkLogged(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		environment []string
		want        bool
	}{
		"no variable":                {[]string{"PATH=/bin"}, false},
		"only a file":                {[]string{"TF_LOG_PATH=trace.log"}, false},
		"an empty variable":          {[]string{"TF_LOG="}, false},
		"all logs":                   {[]string{"TF_LOG=TRACE"}, true},
		"logs of providers":          {[]string{"PATH=/bin", "TF_LOG_PROVIDER=debug"}, true},
		"logs of this provider":      {[]string{"TF_LOG_PROVIDER_REGISTRAR=debug"}, true},
		"the level of the framework": {[]string{"TF_LOG_SDK=warn"}, true},
		"the level of a subsystem":   {[]string{"TF_LOG_SDK_PROTO=trace"}, true},
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
