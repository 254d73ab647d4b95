// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// printWelcome prints the domains, and the variables to export as shell commands.
func printWelcome(out io.Writer, conf config, url string) error {
	var text strings.Builder
	fmt.Fprintf(&text, "The fake registrar is listening on %s\n\n", url)
	fmt.Fprintf(&text, "export CLOUDFLARE_BASE_URL=%s%s\n", url, fakeregistrar.BasePath)
	fmt.Fprintf(&text, "export CLOUDFLARE_API_TOKEN=%s\n", cmp.Or(conf.token, "any-token-will-do"))
	fmt.Fprintf(&text, "export CLOUDFLARE_ACCOUNT_ID=%s\n\n", conf.account)
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "DOMAIN\tAUTO-RENEW\tUPDATE")
	for _, d := range conf.domains {
		if d.Sandbox {
			d.spec += " (only with sandbox = true)"
		}
		_, _ = fmt.Fprintf(table, "%s\t%t\t%s\n", d.Name, d.AutoRenew, d.spec)
	}
	_ = table.Flush()
	_, err := io.WriteString(out, text.String())
	return err
}

// requestLine describes a request in one line.
func requestLine(r fakeregistrar.Request) string {
	parts := []string{r.Time.Format(time.TimeOnly), r.Method, r.Path}
	if r.Query != "" {
		parts[2] += "?" + r.Query
	}
	if r.Body != "" {
		parts = append(parts, r.Body)
	}
	status := "no-answer"
	if r.Status != 0 {
		status = strconv.Itoa(r.Status)
	}
	return strings.Join(append(parts, status, r.Duration.Round(time.Millisecond).String()), " ")
}
