// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

import (
	"log/slog"
	"math"
	"math/rand/v2"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/autorenew"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/registrations"
)

// waitRow is how one update was waited for. The update ends Took after the PATCH that began it.
type waitRow struct {
	Schedule string  `json:"schedule"`
	Took     float64 `json:"took_s"`
	Lag      float64 `json:"lag_s"`
	Polls    int     `json:"polls"`
}

// spread gives durations from a second to twenty minutes, as many of each order of magnitude.
func spread(count int) []time.Duration {
	random := rand.New(rand.NewPCG(20, 6))
	durations := make([]time.Duration, count)
	for i := range durations {
		share := (float64(i) + random.Float64()) / float64(count)
		durations[i] = time.Duration(float64(time.Second) * math.Pow(1200, share))
	}
	return durations
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	durations := spread(20)
	if *out != "" {
		durations = spread(400)
	}
	var rows rows[waitRow]
	t.Cleanup(func() { rows.write(t, "waiting.json") })
	at := 0
	synctest.Test(t, func(t *testing.T) {
		for _, took := range durations {
			row := waitFor(t, took)
			if most := min(max(2, took.Seconds()/5), 30); row.Lag > most {
				t.Errorf("an update of %s was noticed %.1f s late; at most %.1f s are promised", took, row.Lag, most)
			}
			if row.Polls > 75 {
				t.Errorf("an update of %s took %d polls; at most 75 are promised", took, row.Polls)
			}
			rows.add(at, row)
			at++
		}
	})
	for _, p := range peers() {
		for _, took := range durations {
			rows.add(at, p.waitFor(took))
			at++
		}
	}
}

// waitFor has the provider's own code switch a domain whose update takes so long.
func waitFor(t *testing.T, took time.Duration) waitRow {
	t.Helper()
	id := client.DomainID{Account: place(0).account(), Name: domainname.Name(place(0).domain())}
	fake := fakeregistrar.New(fakeregistrar.WithDomain(fakeregistrar.Domain{
		Name: string(id.Name), Account: id.Account, Scenario: fakeregistrar.Slow(took),
	}))
	api := client.New(client.Config{
		BaseURL:     &url.URL{Scheme: "https", Host: "api.example.net", Path: "/client/v4"},
		Credentials: client.Credentials{Token: "a-token-of-the-benchmark"}, Transport: fake.Transport(),
	})
	logger := slog.New(slog.DiscardHandler)
	setter := autorenew.NewSetter(api, registrations.New(api, logger), logger)
	if _, err := setter.Set(t.Context(), id, true); err != nil {
		t.Fatal(err)
	}
	row := waitRow{Schedule: "ours"}
	for _, request := range fake.Requests() {
		if request.Method == "PATCH" {
			row.Took, row.Lag = took.Seconds(), (time.Since(request.Time) - took).Seconds()
		}
	}
	row.Polls = fake.Count("GET", "/update-status") - 1 // the look before the PATCH is no poll
	return row
}
