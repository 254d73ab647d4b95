// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import "context"

func measureWaiting(_ context.Context, _ *bed) (section, error) {
	return section{Title: "Waiting"}, nil
}
