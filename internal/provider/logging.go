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
type tflogHandler struct{ attrs []slog.Attr }

// Enabled is always true: only Terraform knows its level.
func (h tflogHandler) Enabled(context.Context, slog.Level) bool { return true }

// Handle passes a record on.
func (h tflogHandler) Handle(ctx context.Context, record slog.Record) error {
	fields := map[string]any{}
	for _, attr := range h.attrs {
		fields[attr.Key] = attr.Value.String()
	}
	record.Attrs(func(attr slog.Attr) bool {
		fields[attr.Key] = attr.Value.String()
		return true
	})
	switch {
	case record.Level >= slog.LevelError:
		tflog.Error(ctx, record.Message, fields)
	case record.Level >= slog.LevelWarn:
		tflog.Warn(ctx, record.Message, fields)
	case record.Level >= slog.LevelInfo:
		tflog.Info(ctx, record.Message, fields)
	default:
		tflog.Debug(ctx, record.Message, fields)
	}
	return nil
}

// WithAttrs gives a handler that adds attributes to every record.
func (h tflogHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return tflogHandler{attrs: append(append([]slog.Attr(nil), h.attrs...), attrs...)}
}

// WithGroup gives the same handler: nothing here groups.
func (h tflogHandler) WithGroup(string) slog.Handler { return h }
