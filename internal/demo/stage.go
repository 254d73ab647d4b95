// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// chapter is one command of the story and what it is to show.
type chapter struct {
	title   string
	intro   string
	before  func(*stage) error // what somebody else does first; nil for nothing
	command []string
	want    expectation
	after   string // what to make of it; empty where it speaks for itself
}

// stage is what a chapter plays on.
type stage struct {
	screen    *screen
	registrar *fakeregistrar.Server
	cli       cli
	source    string // this module
	folder    string // where the CLI runs
}

// tell plays the chapters in their order and then draws the balance. It stops at the first chapter
// that went another way than written: those after it rest on it.
func (s *stage) tell(ctx context.Context, chapters []chapter) error {
	for i, c := range chapters {
		s.screen.headline(fmt.Sprintf("%d of %d: %s", i+1, len(chapters), c.title))
		if err := s.play(ctx, c); err != nil {
			return fmt.Errorf("chapter %d (%s): %w", i+1, c.title, err)
		}
	}
	return s.balance(chapters)
}

// play shows a chapter and compares what came with what was to come.
func (s *stage) play(ctx context.Context, c chapter) error {
	s.screen.say(c.intro)
	if c.before != nil {
		if err := c.before(s); err != nil {
			return err
		}
	}
	seen, err := s.perform(ctx, c.command)
	if err != nil {
		return err
	}
	if missed := c.want.missed(seen); len(missed) > 0 {
		return fmt.Errorf("this is not what the demo is to show:\n  - %s", strings.Join(missed, "\n  - "))
	}
	if c.after != "" {
		s.screen.remark(c.after)
	}
	return nil
}

// perform runs a command for all to see and gathers what came of it.
func (s *stage) perform(ctx context.Context, command []string) (sight, error) {
	asked := len(s.registrar.Requests())
	var output bytes.Buffer
	indented := s.screen.indented()
	s.screen.command(s.cli.name(), command)
	exit, err := s.cli.run(ctx, io.MultiWriter(indented, &output), command...)
	indented.end()
	if err != nil {
		return sight{}, fmt.Errorf("running %s: %w", s.cli.name(), err)
	}
	requests := s.registrar.Requests()[asked:]
	s.screen.result(exit, folded(requests))
	managed, err := s.managed(ctx)
	return sight{exit: exit, output: output.String(), patched: patched(requests), renewing: renewing(s.registrar), managed: managed}, err
}

// managed are the resources in state. Before the first apply there is no file of it, which the CLI
// reports as an error.
func (s *stage) managed(ctx context.Context) ([]string, error) {
	if _, err := os.Stat(filepath.Join(s.folder, "terraform.tfstate")); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var list bytes.Buffer
	exit, err := s.cli.run(ctx, &list, "state", "list")
	switch {
	case err != nil:
		return nil, fmt.Errorf("listing the state: %w", err)
	case exit != 0:
		return nil, fmt.Errorf("listing the state: exit code %d: %s", exit, plain(list.String()))
	}
	return strings.Fields(plain(list.String())), nil
}

// balance holds the whole story against what was asked of the registrar.
func (s *stage) balance(chapters []chapter) error {
	s.screen.headline("The balance")
	want, got := 0, s.registrar.Count("PATCH", "")
	for _, c := range chapters {
		want += len(c.want.patched)
	}
	if got != want {
		return fmt.Errorf("the registrar got %d PATCHes, want %d", got, want)
	}
	if wrong := s.registrar.Violations(); len(wrong) > 0 {
		return fmt.Errorf("the registrar objects to what it was asked:\n  - %s", strings.Join(wrong, "\n  - "))
	}
	s.screen.say(fmt.Sprintf("%d PATCHes were sent in all, exactly one for each change: three for the first apply, one after the fixed cause, "+
		"one for the repair, none for the import, the plans and the destroy. The registrar objects to none of %d requests.",
		got, s.registrar.Count("", "")))
	return nil
}
