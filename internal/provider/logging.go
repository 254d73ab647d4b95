// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"log/slog"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// tflogHandler sends the log records of the other packages, which don't import Terraform, to tflog.
type tflogHandler struct{}

// Enabled returns true, because Terraform filters by level.
func (tflogHandler) Enabled(context.Context, slog.Level) bool { return true }

// Handle logs a record to the logger in the context.
func (tflogHandler) Handle(ctx context.Context, record slog.Record) error {
	fields := map[string]any{}
	record.Attrs(func(attr slog.Attr) bool {
		fields[attr.Key] = attr.Value.String()
		return true
	})
	switch {
	case record.Level >= slog.LevelWarn:
		tflog.Warn(ctx, record.Message, fields)
	case record.Level >= slog.LevelInfo:
		tflog.Info(ctx, record.Message, fields)
	default:
		tflog.Debug(ctx, record.Message, fields)
	}
	return nil
}

// WithAttrs returns the same handler: the other packages only add attributes to records.
func (h tflogHandler) WithAttrs([]slog.Attr) slog.Handler { return h }

// WithGroup returns the same handler: no package uses groups.
func (h tflogHandler) WithGroup(string) slog.Handler { return h }
