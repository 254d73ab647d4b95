// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

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
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "fakeregistrar:", err)
		os.Exit(1)
	}
}

// run serves until the context ends, or sends one request to a running fake.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) == 2 && (args[0] == http.MethodGet || args[0] == http.MethodPost) {
		return command(ctx, args[0], args[1], stdout)
	}
	conf, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", conf.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w; another fakeregistrar may be running: choose another port, or -listen 127.0.0.1:0 for a free one", err)
	}
	if err != nil {
		return err
	}
	fake := fakeregistrar.New(conf.options(stderr)...)
	for _, fault := range conf.faults {
		fake.Inject(fault)
	}
	if err := printWelcome(stdout, conf, "http://"+listener.Addr().String()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(ctx, listener, withControl(fake, conf.account))
}

// serve stops when the context ends, even while it holds a PATCH.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
