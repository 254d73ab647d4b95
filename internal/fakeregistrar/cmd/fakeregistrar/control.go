// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// control has the endpoints under /_fake/, which people use to act as the registrar.
type control struct {
	fake    *fakeregistrar.Server
	account string
}

// withControl serves the control endpoints next to the API.
func withControl(fake *fakeregistrar.Server, account string) http.Handler {
	c := control{fake, account}
	own := http.NewServeMux()
	own.HandleFunc("POST /_fake/domains/{name}/auto_renew/{value}", c.withValue((*fakeregistrar.Registrar).SetAutoRenew))
	own.HandleFunc("POST /_fake/domains/{name}/start-update/{value}", c.withValue((*fakeregistrar.Registrar).StartUpdate))
	own.HandleFunc("POST /_fake/domains/{name}/complete-action", c.completeAction)
	own.HandleFunc("POST /_fake/domains/{name}/scenario/{spec}", c.setScenario)
	own.HandleFunc("POST /_fake/answer/{name}", c.setAnswer)
	own.HandleFunc("GET /_fake/requests", func(w http.ResponseWriter, r *http.Request) {
		writeList(w, r, fake.Requests(), requestLine)
	})
	own.HandleFunc("GET /_fake/violations", func(w http.ResponseWriter, r *http.Request) {
		writeList(w, r, fake.Violations(), strings.Clone)
	})
	// The mux would redirect unclean paths, but the fake must get the API's paths unchanged.
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/_fake/") {
			own.ServeHTTP(w, r)
			return
		}
		fake.ServeHTTP(w, r)
	})
}

// registrar returns the registrar that holds the domain, production first.
func (c control) registrar(name string) *fakeregistrar.Registrar {
	if _, found := c.fake.Registration(c.account, name); !found {
		return c.fake.Sandbox()
	}
	return c.fake.Registrar
}

func (c control) withValue(change func(g *fakeregistrar.Registrar, account, name string, value bool) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		value, err := strconv.ParseBool(r.PathValue("value"))
		if err != nil {
			http.Error(w, "want true or false, got "+strconv.Quote(r.PathValue("value")), http.StatusBadRequest)
			return
		}
		name := r.PathValue("name")
		c.confirm(w, name, change(c.registrar(name), c.account, name, value), "no such domain")
	}
}

func (c control) completeAction(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	c.confirm(w, name, c.registrar(name).CompleteAction(c.account, name), "no update of this domain requires an action")
}

func (c control) setScenario(w http.ResponseWriter, r *http.Request) {
	sc, err := fakeregistrar.ParseScenario(r.PathValue("spec"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	name := r.PathValue("name")
	c.confirm(w, name, c.registrar(name).SetScenario(c.account, name, sc), "no such domain")
}

func (c control) setAnswer(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	fault, err := fakeregistrar.ParseAnswer(name)
	if err != nil && name != "none" {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.fake.ClearFaults()
	if err == nil {
		c.fake.Inject(fault)
	}
	writeText(w, "done\n")
}

// confirm responds with the domain's state or, if done is false, with an error.
func (c control) confirm(w http.ResponseWriter, name string, done bool, otherwise string) {
	d, found := c.registrar(name).Registration(c.account, name)
	if !done || !found {
		http.Error(w, otherwise+": "+strconv.Quote(name), http.StatusNotFound)
		return
	}
	writeText(w, fmt.Sprintf("%s auto_renew=%t status=%s\n", d.Name, d.AutoRenew, d.Status))
}

func writeText(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprint(w, text)
}

// writeList writes one line for each entry, or JSON with format=json.
func writeList[T any](w http.ResponseWriter, r *http.Request, all []T, line func(T) string) {
	if r.URL.Query().Get("format") == "json" {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(append([]T{}, all...))
		return
	}
	for _, one := range all {
		writeText(w, line(one)+"\n")
	}
}
