// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// workspace is the one temporary folder that everything is written to.
type workspace struct {
	root   string
	home   string // in place of the developer's home, with its settings and plugins
	work   string // where the CLI runs
	mirror string // where the CLI finds the provider
	config string // the CLI's configuration file
}

func newWorkspace() (workspace, error) {
	root, err := os.MkdirTemp("", "registrar-demo-")
	if err != nil {
		return workspace{}, fmt.Errorf("making a temporary folder: %w", err)
	}
	w := workspace{
		root:   root,
		home:   filepath.Join(root, "home"),
		work:   filepath.Join(root, "work"),
		mirror: filepath.Join(root, "mirror"),
		config: filepath.Join(root, "cli.tfrc"),
	}
	for _, folder := range []string{w.home, w.work, w.mirror} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			return workspace{}, errors.Join(fmt.Errorf("making a temporary folder: %w", err), w.remove())
		}
	}
	return w, nil
}

func (w workspace) remove() error {
	if err := os.RemoveAll(w.root); err != nil {
		return fmt.Errorf("removing the temporary files: %w", err)
	}
	return nil
}

// copyFile copies a file from one folder into another, under its own name.
func copyFile(name, from, to string) error {
	content, err := os.ReadFile(filepath.Join(from, name)) //nolint:gosec // a file of this repository
	if err != nil {
		return fmt.Errorf("reading the demo's configuration: %w", err)
	}
	if err := os.WriteFile(filepath.Join(to, name), content, 0o600); err != nil { //nolint:gosec // the temporary folder is our own
		return fmt.Errorf("copying the demo's configuration: %w", err)
	}
	return nil
}
