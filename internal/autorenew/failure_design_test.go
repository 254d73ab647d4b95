// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/designdoc"
)

// TestDesignShowsWhatEachFailureMeans keeps in DESIGN.md how a failed PATCH and a failed look are
// read, since that is what decides whether a change can be made twice.
func TestDesignShowsWhatEachFailureMeans(t *testing.T) {
	t.Parallel()
	designdoc.Section(t, "failures", failureTable())
}

func failureTable() string {
	var table strings.Builder
	table.WriteString("| what came back | after a PATCH | after a look at the update |\n|---|---|---|\n")
	for _, row := range []struct {
		came string
		kind client.Kind
		code []int // the HTTP statuses; zero where there is no answer
	}{
		{"no connection could be made", client.KindUnreachable, []int{0}},
		{"the connection broke", client.KindConnectionLost, []int{0}},
		{"no answer within the attempt's time", client.KindAttemptTimeout, []int{0}},
		{"the host does not exist", client.KindUnknownHost, []int{0}},
		{"no secure connection was agreed on", client.KindTLS, []int{0}},
		{"a redirect", client.KindRedirect, []int{301, 302, 303, 307, 308}},
		{"a success that cannot be read, or is about another domain", client.KindMalformed, []int{200, 202, 204}},
		{"a success that says `\"success\": false`", client.KindRefused, []int{200, 202}},
		{"400, 401, 403, 405, 410, 422", client.KindRefused, []int{400, 401, 403, 405, 410, 422}},
		{"404", client.KindRefused, []int{404}},
		{"409", client.KindRefused, []int{409}},
		{"425, 429", client.KindRefused, []int{425, 429}},
		{"408, 500, 502, 503, 504, 520 to 524", client.KindRefused, []int{408, 500, 502, 503, 504, 520, 521, 522, 523, 524}},
		{"501, 505", client.KindRefused, []int{501, 505}},
		{"nothing was sent: the rate limit leaves no time", client.KindRateLimited, []int{0}},
	} {
		fmt.Fprintf(&table, "| %s | %s | %s |\n", row.came, afterPatch(row.kind, row.code), afterLook(row.kind, row.code))
	}
	return table.String()
}

// afterPatch is the one meaning that all rows of a group have.
func afterPatch(kind client.Kind, statuses []int) string {
	words := map[meaning]string{
		refused:  "stop with this error",
		notActed: "not acted on: PATCH again after a pause and a look",
		busy:     "another update is under way: find it and join",
		unsure:   "**perhaps acted on**: look first, no PATCH for 12 s, four at most",
		denied:   "contradictory: look, and never PATCH again",
	}
	means := meaningOf(&client.Error{Kind: kind, Status: statuses[0]})
	for _, status := range statuses {
		if other := meaningOf(&client.Error{Kind: kind, Status: status}); other != means {
			return fmt.Sprintf("%d and %d differ: part this row", statuses[0], status)
		}
	}
	return words[means]
}

// afterLook is the same for a look, the first and the last that may fail so in a row.
func afterLook(kind client.Kind, statuses []int) string {
	words := map[step]string{
		pollAgain:          "look again",
		lookAtRegistration: "see whether the registration shows the value, and look again",
		giveUp:             "stop: the update cannot be watched",
	}
	said := ""
	for i, status := range statuses {
		failure := &client.Error{Kind: kind, Status: status}
		text := words[afterPoll(failure, 1)]
		if last := words[afterPoll(failure, malformedLimit)]; last != text {
			text += fmt.Sprintf("; after %d in a row: %s", malformedLimit, last)
		}
		if i > 0 && said != text {
			return fmt.Sprintf("%d and %d differ: part this row", statuses[0], status)
		}
		said = text
	}
	return said
}
