// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEveryChapterCanBeRead(t *testing.T) {
	t.Parallel()
	for _, c := range story() {
		t.Run(c.title, func(t *testing.T) {
			t.Parallel()
			if c.intro == "" || len(c.command) == 0 || len(c.want.says) == 0 {
				t.Errorf("a chapter needs an intro, a command and something to see: %+v", c)
			}
			for _, sentence := range append([]string{c.intro, c.after}, c.title) {
				if strings.TrimSpace(sentence) != sentence {
					t.Errorf("%q has space around it", sentence)
				}
			}
		})
	}
}

// The balance compares the registrar's count with what the chapters add up to; this holds the sum
// itself in place.
func TestTheStorySendsFivePatches(t *testing.T) {
	t.Parallel()
	var sent []string
	for _, c := range story() {
		sent = append(sent, c.want.patched...)
	}
	want := []string{"example.com", "example.net", "example.org", "example.org", "example.com"}
	if !slices.Equal(sent, want) {
		t.Errorf("the story sends %v, want %v", sent, want)
	}
}

func TestTheStoryBeginsWithOneDomainThatRenews(t *testing.T) {
	t.Parallel()
	fake := newRegistrar(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	if got := renewing(fake); !slices.Equal(got, []string{"example.edu"}) {
		t.Errorf("renewing = %v", got)
	}
	if got := len(fake.Domains("0123456789abcdef0123456789abcdef")); got != 4 {
		t.Errorf("the account holds %d domains, want 4", got)
	}
}

func TestSomebodyElseActsAtTheRegistrar(t *testing.T) {
	t.Parallel()
	s := &stage{registrar: newRegistrar(time.Now())}
	if err := turnOff("example.edu")(s); err != nil {
		t.Error(err)
	}
	if got := renewing(s.registrar); len(got) != 0 {
		t.Errorf("renewing = %v, want none", got)
	}
	if err := turnOff("example.invalid")(s); err == nil {
		t.Error("turning off a domain that the account does not hold gave no error")
	}
}
