// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package simulated_test

// operation is a command of daily life, as the walks that Terraform makes for it.
type operation struct {
	name string
	play func(w *world, parallelism int)
	// walks is how many of its walks have to read the registrar, and writes whether one writes.
	walks  int
	writes bool
	// least is the fewest requests that can do it for so many domains, whose accounts have so many
	// pages: reading costs one page for fifty domains in each walk that needs to, writing one look at
	// whether an update is in flight, because the API lists no updates, and one PATCH for each domain.
	least func(domains, pages int) int
	// single is what a provider sends that asks for each domain by itself: one GET to read, one
	// PATCH to write, and nothing to look before writing.
	single func(domains int) int
}

// operations are in the order in which one world can play them all.
func operations() []operation {
	pages := func(_, pages int) int { return pages }
	each := func(domains int) int { return domains }
	return []operation{
		{"adopt, already as wanted", adopt(true), 2, true, func(domains, pages int) int { return domains + 2*pages }, each},
		{"refresh", refresh, 1, false, pages, each},
		{"no-op apply", replan(true), 1, false, pages, each},
		{"toggle", toggle(false), 1, true, func(domains, pages int) int { return 2*domains + 2*pages }, func(domains int) int { return 2 * domains }},
		{"destroy", destroy, 1, false, pages, each},
		{"adopt and switch", adopt(true), 2, true, func(domains, pages int) int { return 2*domains + 2*pages }, each},
		{"import", importAll, 1, false, pages, each},
		{"data source, each", eachData, 1, false, pages, each},
		{"data source, all", allData, 1, false, pages, each},
		{"query", query, 1, false, pages, each},
	}
}

// refresh is `terraform plan -refresh-only`.
func refresh(w *world, parallelism int) {
	w.walk(parallelism, func(s *session, p place) { w.keep(p, s.read(w.kept(p))) })
}

// replan is the first half of an apply: it reads and plans. With nothing to do it is the whole.
func replan(autoRenew bool) func(w *world, parallelism int) {
	return func(w *world, parallelism int) {
		w.walk(parallelism, func(s *session, p place) {
			w.keep(p, s.read(w.kept(p)))
			s.plan(w.kept(p), p.config(autoRenew))
		})
	}
}

// adopt is the first apply.
func adopt(autoRenew bool) func(w *world, parallelism int) {
	return func(w *world, parallelism int) {
		w.walk(parallelism, func(s *session, p place) { s.plan(nil, p.config(autoRenew)) })
		w.walk(parallelism, func(s *session, p place) { w.keep(p, s.apply(nil, p.config(autoRenew))) })
	}
}

// toggle is an apply after auto_renew changed in the configuration of every domain.
func toggle(autoRenew bool) func(w *world, parallelism int) {
	return func(w *world, parallelism int) {
		replan(autoRenew)(w, parallelism)
		w.walk(parallelism, func(s *session, p place) { w.keep(p, s.apply(w.kept(p), p.config(autoRenew))) })
	}
}

// importAll is an apply with an import block for each domain. There is nothing to do after the
// plan of it.
func importAll(w *world, parallelism int) {
	w.walk(parallelism, func(s *session, p place) {
		w.keep(p, s.imported(p.id()))
		s.plan(w.kept(p), p.config(true))
	})
}

// destroy is `terraform destroy`, which reads before it plans.
func destroy(w *world, parallelism int) {
	w.walk(parallelism, func(s *session, p place) {
		w.keep(p, s.read(w.kept(p)))
		s.plan(w.kept(p), nil)
	})
	w.walk(parallelism, func(s *session, p place) { s.apply(w.kept(p), nil) })
}

// eachData reads registrar_domain for each domain.
func eachData(w *world, parallelism int) {
	w.walk(parallelism, func(s *session, p place) {
		s.data(domainType, object{"account_id": text(p.account()), "domain_name": text(p.domain())})
	})
}

// allData reads registrar_domains for each account.
func allData(w *world, _ int) {
	w.accounts(func(s *session, account string) { s.data(domainListType, object{"account_id": text(account)}) })
}

// query is `terraform query`.
func query(w *world, _ int) {
	found := 0
	w.accounts(func(s *session, account string) { found += s.query(account) })
	if found != w.domains {
		w.t.Errorf("query found %d domains; want %d", found, w.domains)
	}
}
