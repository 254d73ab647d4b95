// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command demo plays the provider's main job in a terminal, with no account and no network: it
// builds the provider, serves a fake registrar, and runs a real Terraform or OpenTofu through an
// update that succeeds, one that takes its time, one that fails, drift, an import and a destroy.
// It ends with an error as soon as something is not as the story says. `make demo` starts it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, newScreen(os.Stdout, os.Getenv))
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

// run prepares the stage, tells the story on it and takes everything down again, however it ended.
func run(ctx context.Context, show *screen) (err error) {
	began := time.Now()
	program, err := findCLI(os.Getenv)
	if err != nil {
		return err
	}
	room, err := newWorkspace()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(interrupted(ctx, err), room.remove()) }()

	show.headline("The provider at work against a fake registrar")
	show.say(prologue)
	source, err := moduleFolder(ctx)
	if err != nil {
		return err
	}
	if err := buildMirror(ctx, source, room.mirror); err != nil {
		return err
	}
	desk, err := openRegistrar(ctx)
	if err != nil {
		return err
	}
	defer desk.close()

	play := &stage{screen: show, registrar: desk.fake, source: source, folder: room.work}
	play.cli, err = newCLI(program, room, desk.url, show.color)
	if err != nil {
		return err
	}
	if err := play.tell(ctx, story()); err != nil {
		return err
	}
	show.remark(fmt.Sprintf("The demo took %s. Its temporary files are removed.", time.Since(began).Round(time.Second)))
	return nil
}

// interrupted names a failure that the reader caused by Ctrl-C for what it is; what the CLI and the
// compiler say of it only looks like a fault of theirs.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.New("interrupted; the temporary files are removed")
	}
	return err
}
