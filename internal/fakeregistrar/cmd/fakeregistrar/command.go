// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"io"
	"net/http"
)

// command sends a request to a running fake and prints the answer, for scripts without curl. A status of
// 400 or above is an error.
func command(ctx context.Context, method, url string, stdout io.Writer) error {
	request, err := http.NewRequestWithContext(ctx, method, url, http.NoBody) //nolint:gosec // the address that the caller typed
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request) //nolint:gosec // as above
	if err != nil {
		return err
	}
	_, err = io.Copy(stdout, response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode >= http.StatusBadRequest {
		return errors.New(response.Status)
	}
	return nil
}
