// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// Each row has an update to auto_renew = true.
func TestInFlightUpdateSettled(t *testing.T) {
	t.Parallel()
	const now, long = time.Second, 2 * time.Minute
	cases := map[string]struct {
		left    time.Duration // since the apply ended
		state   client.State  // in update-status, empty for no update
		ended   time.Duration // since that update ended, by the server's clock
		shows   bool
		settled bool
	}{
		"in flight, value shown":           {long, client.Blocked, 0, true, false},
		"an undocumented state":            {long, "verifying", 0, false, false},
		"succeeded, value shown":           {now, client.Succeeded, now, true, true},
		"succeeded, value not shown yet":   {long, client.Succeeded, now, false, false},
		"succeeded, value changed back":    {long, client.Succeeded, long, false, true},
		"an undocumented state, completed": {long, "canceled", now, false, true},
		"failed":                           {long, client.Failed, now, false, true},
		"no update":                        {long, "", 0, false, true},
		"an older update failed":           {now, client.Failed, time.Hour, false, false},
		"no update shown yet":              {now, "", 0, false, false},
	}
	synctest.Test(t, func(t *testing.T) {
		for name, c := range cases {
			left := inFlightUpdate{AutoRenew: true, LeftAt: time.Now().Add(-c.left)}
			var status *client.Update
			if c.state != "" { // update-status can have an earlier time than the response to the PATCH
				status = &client.Update{State: c.state, Completed: c.state == "canceled", CreatedAt: left.LeftAt.Add(-time.Second), UpdatedAt: time.Now().Add(-c.ended), ServerTime: time.Now()}
			}
			if got := left.settled(status, c.shows); got != c.settled {
				t.Errorf("%s: settled is %t; want %t", name, got, c.settled)
			}
		}
	})
}
