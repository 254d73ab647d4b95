// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"
	"time"
)

func TestWhichFailedReadIsTriedAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		kind   Kind
		status int
		tried  time.Duration
		want   bool
	}{
		"a wrong address stays wrong":                                 {kind: KindInvalid},
		"a place behind the deadline stays behind it":                 {kind: KindRateLimited},
		"an answer that cannot be read will be the same next time":    {kind: KindMalformed, status: 200},
		"a redirect points elsewhere the next time as well":           {kind: KindRedirect, status: 302},
		"a host that does not exist was mistyped":                     {kind: KindUnknownHost},
		"a certificate does not mend itself":                          {kind: KindTLS},
		"who stopped us does not want another try":                    {kind: KindCanceled},
		"a kind that nobody knows is not guessed at":                  {kind: Kind(99)},
		"a reset may have been the network's, also after a long time": {kind: KindConnectionLost, tried: time.Hour, want: true},
		"a slow answer may be faster next time":                       {kind: KindAttemptTimeout, tried: time.Hour, want: true},
		"a server may be starting":                                    {kind: KindUnreachable, tried: 29 * time.Second, want: true},
		"a server that does not start was never there":                {kind: KindUnreachable, tried: 30 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := shouldRetry(&Error{Kind: test.kind, Status: test.status}, test.tried); got != test.want {
				t.Errorf("tried again = %t, want %t", got, test.want)
			}
		})
	}
}

func TestWhichStatusPasses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		want   bool
	}{
		"400: the request will be as wrong the next time":                 {400, false},
		"401: the credentials will be the same":                           {401, false},
		"403: the permissions will be the same":                           {403, false},
		"404: what is not there does not come by asking":                  {404, false},
		"405: the method will be the same":                                {405, false},
		"408: the server gave up waiting for us":                          {408, true},
		"409: for the caller, who joins the update that is in the way":    {409, false},
		"410: gone for good":                                              {410, false},
		"412: nothing we send is conditional":                             {412, false},
		"422: understood and refused":                                     {422, false},
		"425: the server asks for it":                                     {425, true},
		"429: the quota fills up again":                                   {429, true},
		"451: a law does not change within minutes":                       {451, false},
		"500: something broke, perhaps once":                              {500, true},
		"501: a method that is not implemented will not be in a minute":   {501, false},
		"502: the gateway's server may be starting":                       {502, true},
		"503: the server says itself that it is for now":                  {503, true},
		"504: the gateway's server may be faster next time":               {504, true},
		"505: a version that is not supported will not be in a minute":    {505, false},
		"520: Cloudflare's edge got an answer it did not understand":      {520, true},
		"521: Cloudflare's edge was refused":                              {521, true},
		"522: Cloudflare's edge could not connect in time":                {522, true},
		"523: Cloudflare's edge found no way":                             {523, true},
		"524: Cloudflare's edge waited in vain":                           {524, true},
		"599: a server's failure that nobody knows is a server's failure": {599, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := IsTransient(test.status); got != test.want {
				t.Errorf("IsTransient(%d) = %t, want %t", test.status, got, test.want)
			}
			for _, kind := range []Kind{KindRefused, KindNotAPI} {
				if got := shouldRetry(&Error{Kind: kind, Status: test.status}, 0); got != test.want {
					t.Errorf("a read of kind %d is tried again = %t, want %t", kind, got, test.want)
				}
			}
		})
	}
}

func TestJitterStaysWithinAFifthAndReachesBothSides(t *testing.T) {
	t.Parallel()
	const pause = 10 * time.Second
	shortest, longest := time.Hour, time.Duration(0)
	for range 1000 {
		got := jitter(pause)
		shortest, longest = min(shortest, got), max(longest, got)
	}
	if shortest < 8*time.Second || longest > 12*time.Second {
		t.Errorf("pauses from %s to %s, want them within 8s and 12s", shortest, longest)
	}
	if shortest > 9*time.Second || longest < 11*time.Second {
		t.Errorf("a thousand pauses only from %s to %s, want them spread", shortest, longest)
	}
}
