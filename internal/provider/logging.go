// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"log/slog"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// tflogHandler carries the log of the packages below, which know nothing of Terraform, into
// Terraform's. Terraform decides what is shown; the logger comes with the context.
type tflogHandler struct{}

// Enabled is always true: only Terraform knows its level.
func (tflogHandler) Enabled(context.Context, slog.Level) bool { return true }

// Handle passes a record on.
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

// WithAttrs gives the same handler: the packages below add attributes to records only.
func (h tflogHandler) WithAttrs([]slog.Attr) slog.Handler { return h }

// WithGroup gives the same handler: nothing here groups.
func (h tflogHandler) WithGroup(string) slog.Handler { return h }
