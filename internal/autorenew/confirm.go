// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"context"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// An update can have succeeded a moment before the registration shows it. This is the time that
// it is given, and that of one which was joined and says itself that it changed nothing here.
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
	registration, shown, err := j.await(ctx, j.want, patience)
	if err != nil || shown {
		return registration, err
	}
	return client.Registration{}, &UnconfirmedError{ID: j.id, Want: j.want, Shows: registration.AutoRenew, Update: e.update}
}

// settle gives a joined update that succeeded the time to show. It is taken to have been for
// changing what the registration showed: were an update toward the other value, whose effect
// shows late, taken for a value that is as wanted, a success would be reported that is undone a
// moment later; and one toward the wanted value would be doubled. Which it was, and whether it
// did, is for the next round to see.
func (j *job) settle(ctx context.Context, e end, shown bool) error {
	if e.registration != nil {
		return nil
	}
	given := patience
	if r := e.update.Registration; r != nil && r.AutoRenew == shown {
		given = joinedPatience
	}
	_, _, err := j.await(ctx, !shown, given)
	return err
}

// await reads the registration until it shows a value or the patience is over, or the deadline
// leaves no time for another look. The last look is at the end of the patience.
func (j *job) await(ctx context.Context, value bool, patience time.Duration) (client.Registration, bool, error) {
	began := time.Now()
	for {
		registration, err := j.registration(ctx)
		if err != nil || registration.AutoRenew == value {
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
