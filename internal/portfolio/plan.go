// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

// knowledge is what is known of an account when a batch of reads is to be answered.
type knowledge struct {
	readBefore bool // something of the account was read or listed already
	pages      int  // pages that its list has, as far as seen; 0 if it was never listed
	unlistable bool // a listing failed; listing again would fail again, or cost what it saves
}

// way is how a batch is answered.
type way int

const (
	singly way = iota + 1
	byList
)

// wayFor is the table. Reads that may be answered from memory later list the account from the
// second one on, however they trickle in: what is listed serves the rest. Reads that must be
// fresh serve only their own batch, so they list where that is the fewer requests. The number of
// domains is that of those which a listing can be hoped to show.
func wayFor(k knowledge, domains int, fresh bool) way {
	switch {
	case k.unlistable, domains == 0:
		return singly
	case domains <= 1 && (fresh || !k.readBefore):
		return singly
	case fresh && domains <= k.pages:
		return singly
	}
	return byList
}
