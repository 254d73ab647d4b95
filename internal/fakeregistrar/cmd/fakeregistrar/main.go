// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command fakeregistrar serves the fake registrar on a loopback address, for the
// demo and for trying things by hand. See -help.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "fakeregistrar:", err)
		os.Exit(1)
	}
}

// run serves until the context ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	conf, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", conf.listen)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	fake := fakeregistrar.New(conf.options(time.Now(), stderr)...)
	if err := printWelcome(stdout, conf, "http://"+listener.Addr().String()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(ctx, listener, withControl(fake, conf.account))
}

// serve hands its context to every request, so that a PATCH that is being held
// does not delay the end.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
