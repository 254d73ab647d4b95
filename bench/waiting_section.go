// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"slices"
)

// waitRow is a row of bench/simulated.
type waitRow struct {
	Schedule string  `json:"schedule"`
	Took     float64 `json:"took_s"`
	Lag      float64 `json:"lag_s"`
	Polls    int     `json:"polls"`
}

// waits is how a schedule does over the whole spread of updates.
type waits struct {
	Schedule string  `json:"schedule"`
	Lag      float64 `json:"mean_lag_s"`
	Share    float64 `json:"mean_lag_share"`  // of the time the update took
	Worst    float64 `json:"worst_lag_share"` // of updates of ten seconds and more
	Polls    float64 `json:"mean_polls"`
	Most     int     `json:"most_polls"`
	rows     []waitRow
}

func measureWaiting(ctx context.Context, b *bed) (section, error) {
	rows, err := simulate[waitRow](ctx, b, "TestWaiting", "waiting.json")
	if err != nil {
		return section{}, err
	}
	var all []waits
	for _, row := range rows {
		if len(all) == 0 || all[len(all)-1].Schedule != row.Schedule {
			all = append(all, waits{Schedule: row.Schedule})
		}
		all[len(all)-1].rows = append(all[len(all)-1].rows, row)
	}
	for i := range all {
		all[i].sum()
	}
	return waitingSection(all), nil
}

func (w *waits) sum() {
	for _, r := range w.rows {
		count := float64(len(w.rows))
		w.Lag += r.Lag / count
		w.Share += r.Lag / r.Took / count
		w.Polls += float64(r.Polls) / count
		w.Most = max(w.Most, r.Polls)
		if r.Took >= 10 {
			w.Worst = max(w.Worst, r.Lag/r.Took)
		}
	}
}

func waitingSection(all []waits) section {
	ours := &all[0]
	s := section{
		Title: "Waiting",
		Text: []string{
			fmt.Sprintf("%d updates that take from 1 s to 20 min, as many of each order of magnitude, in fake time. *lag* is how long after its end an update is noticed, in seconds and as a share of what the update took; "+
				"*polls* are the requests that this takes. Ours is the provider's own code against the fake registrar, with its jitter; the peers are calculated from their schedules, without jitter and without requests that take time. The last two are nobody's in particular; how OVH's goes on after its first pause is the rule of the SDK that it uses, as we understand it.", len(ours.rows)),
			"A schedule that polls more can be quicker, and one that polls less can be slower: *better on both* says whether ours has the smaller lag, on average and as a share, and the fewer polls too.",
		},
		Figures: []figure{
			atMost("Worst lag of an update of 10 s and more, as a share of it", 100*ours.Worst, "%", 20, ""),
			atMost("Most polls in twenty minutes", float64(ours.Most), "", 75, ""),
		},
		Raw: all,
	}
	t := table{Head: []string{"pause between polls", "mean lag", "share", "worst share from 10 s on", "mean polls", "most polls", "better on both"}}
	for i := range all {
		w := &all[i]
		t.Rows = append(t.Rows, append(w.cells(), w.verdict(ours)))
		if w.Schedule != ours.Schedule {
			s.Figures = append(s.Figures, beside(ours, w))
		}
	}
	s.Tables = []table{t}
	s.Pictures = map[string]string{"waiting.svg": waitingPicture(all)}
	return s
}

// beside is whether ours is better on both axes: the largest of the ratios is below one. Lag counts in
// seconds and as a share, because which of the two one looks at decides who wins.
func beside(ours, peer *waits) figure {
	return atMost("Waiting, the worse of lag and polls, beside "+peer.Schedule, max(ours.Lag/peer.Lag, ours.Share/peer.Share, ours.Polls/peer.Polls), "×", 1, peer.verdict(ours))
}

func (w *waits) cells() []string {
	return []string{
		w.Schedule, fmt.Sprintf("%.1f s", w.Lag), fmt.Sprintf("%.0f %%", 100*w.Share), fmt.Sprintf("%.0f %%", 100*w.Worst), fmt.Sprintf("%.1f", w.Polls), fmt.Sprint(w.Most),
	}
}

func (w *waits) verdict(ours *waits) string {
	lag := fmt.Sprintf("%.2f × its lag, %.2f × as a share", ours.Lag/w.Lag, ours.Share/w.Share)
	switch {
	case w.Schedule == ours.Schedule:
		return "–"
	case ours.Polls > w.Polls:
		return fmt.Sprintf("%s, for %.1f × its polls", lag, ours.Polls/w.Polls)
	case ours.Share > w.Share || ours.Lag > w.Lag:
		return fmt.Sprintf("%.2f × its polls, for %s", ours.Polls/w.Polls, lag)
	}
	return "yes"
}

// waitingPicture draws means of neighbouring durations: single ones are a saw.
func waitingPicture(all []waits) string {
	const neighbours = 20
	lag, polls := panel{Title: "lag, s"}, panel{Title: "polls"}
	for _, w := range all {
		late, asked := curve{Name: w.Schedule}, curve{Name: w.Schedule}
		for group := range slices.Chunk(w.rows, neighbours) {
			var took, l, p float64
			for _, r := range group {
				took, l, p = took+r.Took, l+r.Lag, p+float64(r.Polls)
			}
			count := float64(len(group))
			late.add(took/count, l/count)
			asked.add(took/count, p/count)
		}
		lag.Curves, polls.Curves = append(lag.Curves, late), append(polls.Curves, asked)
	}
	return picture{Across: "the update takes, s", Panels: []panel{lag, polls}}.svg()
}
