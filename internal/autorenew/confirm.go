// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// An update can have succeeded a moment before the registration shows it. These are the times
// after which one of ours is reported as not shown, and after which one that was joined is taken
// to have been about something else.
const (
	patience       = time.Minute
	joinedPatience = 5 * time.Second
)

// confirm is step 5: nothing is done until the registration shows the wanted value, whatever
// the update's status says.
func (j *job) confirm(ctx context.Context, e end) (client.Registration, error) {
	if e.registration != nil {
		return *e.registration, nil
	}
	if r := e.update.Registration; r != nil && r.AutoRenew == j.want && r.Complete() && !same(j.before, e.update) {
		return *r, nil
	}
	registration, shown, err := j.await(ctx, patience)
	if err != nil || shown {
		return registration, err
	}
	return client.Registration{}, &NotShownError{ID: j.id, Want: j.want, Shows: registration.AutoRenew, Update: e.update}
}

// settle gives a joined update that succeeded the time to show, unless it says itself that it
// was toward the other value. Whether it did is for the next round to see.
func (j *job) settle(ctx context.Context, e end) error {
	if r := e.update.Registration; e.registration != nil || r != nil && r.AutoRenew != j.want {
		return nil
	}
	_, _, err := j.await(ctx, joinedPatience)
	return err
}

// await reads the registration until it shows the wanted value or the patience is over, or the
// deadline leaves no time for another look. The last look is at the end of the patience.
func (j *job) await(ctx context.Context, patience time.Duration) (client.Registration, bool, error) {
	began := time.Now()
	for {
		registration, err := j.registration(ctx)
		if err != nil || registration.AutoRenew == j.want {
			return registration, err == nil, err
		}
		waited := time.Since(began)
		pause := min(jittered(interval(goOn, waited)), patience-waited)
		if pause <= 0 || pause >= timeLeft(ctx) {
			return registration, false, nil
		}
		if err := client.Sleep(ctx, pause); err != nil {
			return client.Registration{}, false, err
		}
	}
}
