// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package portfolio_test

import (
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/client"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/portfolio"
)

// Reads that come while a listing is under way are answered by it, not by another.
func TestReadsDuringAListingCostNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const account = "023e105f4ecef8ad9ca31a8372d0c353"
		options := []fakeregistrar.Option{fakeregistrar.WithLatency(100 * time.Millisecond)}
		for i := range 60 {
			options = append(options, fakeregistrar.WithDomain(fakeregistrar.Domain{Name: fmt.Sprintf("d%02d.com", i), Account: account}))
		}
		fake := fakeregistrar.New(options...)
		base, err := url.Parse("https://api.example" + fakeregistrar.BasePath)
		if err != nil {
			t.Fatal(err)
		}
		logger := slog.New(slog.DiscardHandler)
		api := client.New(client.Config{BaseURL: base, Credentials: client.Credentials{Token: "token"}, Transport: fake.Transport()})
		reader := portfolio.NewReader(api, logger)
		var reads sync.WaitGroup
		for i := range 60 {
			reads.Go(func() {
				time.Sleep(time.Duration(i) * 4 * time.Millisecond) // the last ones while the second page is asked for
				id := client.DomainID{Account: account, Name: domainname.Name(fmt.Sprintf("d%02d.com", i))}
				if _, err := reader.Registration(t.Context(), id); err != nil {
					t.Error(err)
				}
			})
		}
		reads.Wait()
		synctest.Wait()
		if got := len(fake.Requests()); got != 2 {
			t.Errorf("60 reads took %d requests; want the two pages of one listing", got)
		}
	})
}
