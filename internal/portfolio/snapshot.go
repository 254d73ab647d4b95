// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio

import (
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// lifetime is how long a read answers others. It outlasts the refresh of thousands of domains
// and is the age that Terraform's own plan of that size would have.
const lifetime = 5 * time.Minute

// entry is a registration, when the request that showed it was begun, and whether that was a
// listing.
type entry struct {
	registration client.Registration
	asOf         time.Time
	listed       bool
}

// listing is a whole listing of an account and when it was begun.
type listing struct {
	pages []client.Page
	asOf  time.Time
}

// snapshot is what was read of an account.
type snapshot struct {
	entries   map[domainname.Name]entry
	listing   *listing
	written   map[domainname.Name]time.Time // when a domain was last written to
	lastWrite time.Time
}

func newSnapshot() *snapshot {
	return &snapshot{entries: map[domainname.Name]entry{}, written: map[domainname.Name]time.Time{}}
}

// get gives what is remembered of a domain, if that still counts.
func (s *snapshot) get(name domainname.Name, now time.Time) (entry, bool) {
	e, ok := s.entries[name]
	return e, ok && now.Sub(e.asOf) < lifetime
}

// lacks reports whether a listing that still counts did not show the domain. Another would not
// either, and a configuration with twenty names that the account does not hold must not list it
// twenty times.
func (s *snapshot) lacks(name domainname.Name, now time.Time) bool {
	l := s.listing
	if l == nil || now.Sub(l.asOf) >= lifetime || !l.asOf.After(s.written[name]) {
		return false
	}
	e, shown := s.entries[name]
	return !shown || e.asOf.Before(l.asOf)
}

// put remembers a registration unless the domain was written to since it was asked for: the
// answer may be from before the write.
func (s *snapshot) put(e entry) {
	if written, ok := s.written[e.registration.Name]; ok && !e.asOf.After(written) {
		return
	}
	s.entries[e.registration.Name] = e
}

// forget drops a domain that is being written to.
func (s *snapshot) forget(name domainname.Name, now time.Time) {
	delete(s.entries, name)
	s.written[name], s.lastWrite = now, now
}

// whole gives the pages of a whole listing that nothing was written since.
func (s *snapshot) whole(now time.Time) ([]client.Page, bool) {
	l := s.listing
	if l == nil || now.Sub(l.asOf) >= lifetime || !l.asOf.After(s.lastWrite) {
		return nil, false
	}
	return l.pages, true
}
