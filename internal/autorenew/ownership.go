// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
)

// resolution is by how much two of the server's answers can differ in one and the same time: one
// may show it to the second, and may have rounded it either way.
const resolution = time.Second

// stale reports whether a status seen while waiting is about an earlier update than the one
// that was accepted. The API gives updates no id, and a status read right after a PATCH can be
// the one from before it: an old success taken for ours would report a change that was not
// made. Only the server's times are held against each other, never against our clock.
func stale(seen, accepted client.Update, before *client.Update) bool {
	return same(before, seen) ||
		!seen.CreatedAt.IsZero() && accepted.CreatedAt.Sub(seen.CreatedAt) >= resolution
}

// same reports whether two looks show one update in one condition.
func same(a *client.Update, b client.Update) bool {
	return a != nil && a.State == b.State && a.CreatedAt.Equal(b.CreatedAt) && a.UpdatedAt.Equal(b.UpdatedAt)
}
