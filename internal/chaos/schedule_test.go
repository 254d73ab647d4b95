// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package chaos_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const account = "023e105f4ecef8ad9ca31a8372d0c353"

// schedule is everything that is going to happen.
type schedule struct {
	seed      uint64
	registrar []trait  // what holds for the registrar throughout
	async     bool     // respond_async
	domains   []string // by name; the first resources manage one each
	managed   []string // the domain of each resource; a domain can have two
	walks     []walk
	endless   bool // an update may never end by itself
}

// trait is an option of the fake registrar, in words.
type trait struct {
	says   string
	option fakeregistrar.Option
}

// walk is one run of a CLI: refresh, plan, apply.
type walk struct {
	pause     time.Duration // since the walk before
	wants     []want        // of each resource
	faults    []fault
	outsiders []outsider
	repeats   []int         // which answers of update-status come as the one before once more
	interrupt time.Duration // since the walk began; zero for none
	processes int           // 2: the apply has a process of its own, as with a saved plan
}

// want is the configuration of a resource.
type want struct {
	autoRenew bool
	timeout   time.Duration // for creating and for changing; zero is the default
}

func (w want) String() string { return fmt.Sprintf("auto_renew=%t within %s", w.autoRenew, w.limit()) }

// limit is how long an apply may take.
func (w want) limit() time.Duration {
	if w.timeout == 0 {
		return 20 * time.Minute
	}
	return w.timeout
}

// String tells the whole schedule, for a person who replays it.
func (s schedule) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "seed %d, respond_async=%t\n", s.seed, s.async)
	for _, t := range s.registrar {
		fmt.Fprintf(&text, "  registrar: %s\n", t.says)
	}
	for i, w := range s.walks {
		fmt.Fprintf(&text, "walk %d, after a pause of %s, in %d processes, repeating answers %v, interrupted after %s (0s: not)\n",
			i+1, w.pause, w.processes, w.repeats, w.interrupt)
		for k, want := range w.wants {
			fmt.Fprintf(&text, "  resource %d: %s %s\n", k, s.managed[k], want)
		}
		for _, f := range w.faults {
			fmt.Fprintf(&text, "  fault: %s\n", f.says)
		}
		for _, o := range w.outsiders {
			fmt.Fprintf(&text, "  after %s: %s\n", o.after, o.says)
		}
	}
	return text.String()
}
