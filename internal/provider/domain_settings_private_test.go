// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// leftInFlight returns the state after a failed apply that left its update to auto_renew = true in flight. The
// error must contain the texts.
func leftInFlight(t *testing.T, fake *fakeregistrar.Server, texts ...string) object {
	t.Helper()
	s := start(t, fake)
	state, diags := s.change(s.must(s.importID("example.com")), settings("example.com", true).With(timeouts("update", "30s")))
	if !failed(diags) || !state["auto_renew"].Equal(boolean(false)) {
		t.Fatalf("state %v, %s; want the prior state and an error", state, show(diags))
	}
	wantText(t, diags, append(texts, "Restoring the old value in the configuration does not cancel the change")...)
	fake.ResetLog()
	return state
}

func TestPlanIsNeverEmptyWhileUpdateIsInFlight(t *testing.T) {
	t.Parallel()
	type row struct {
		scenario fakeregistrar.Scenario
		fails    string // in the apply's error
		warns    string // in the refresh's warning
	}
	cases := map[string]row{
		"a timeout": {fakeregistrar.Slow(2 * time.Minute), "Timed out after 30s (timeouts.update).", "State:         in_progress"},
		"an action": {fakeregistrar.ActionRequired("confirm_contact", "owner@example.net"), "needs your action", "Action:        confirm_contact"},
	}
	each(t, cases, func(c row) options { return options{held("example.com", false, c.scenario)} }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		unrefreshed := leftInFlight(t, fake, c.fails)
		reverted := settings("example.com", false)
		s := start(t, fake)
		state, diags := s.read(unrefreshed)
		if got := fake.Requests(); len(got) != 2 || !strings.HasSuffix(got[0].Path, "/update-status") {
			t.Errorf("the refresh sent %v; want a read of the update, then one of the registration", got)
		}
		wantText(t, diags, "An update of example.com is pending", c.warns, "auto_renew = true")
		for _, prior := range []object{state, unrefreshed} {
			plan, diags := s.plan(prior, reverted)
			wantChanges(t, plan, "status")
			wantText(t, diags, "The apply waits for an update")
			plan, _ = s.plan(prior, settings("example.com", true)) // resumes
			wantChanges(t, plan, "auto_renew")
			plan, _ = s.plan(prior, object{"domain_name": text("example.com"), "auto_renew": unknown(tftypes.Bool)})
			wantChanges(t, plan, "auto_renew", "status")
		}
		fake.CompleteAction(testAccount, "example.com") // if there is one
		fake.SetScenario(testAccount, "example.com", fakeregistrar.Immediate())
		fake.SetStatus(testAccount, "example.com", "transfer_pending")
		state = s.must(s.change(state, reverted))
		wantValues(t, state, object{"status": text("transfer_pending")})
		wantPatches(t, fake, false)
		fake.ResetLog()
		next := start(t, fake)
		if state, diags = next.read(state); len(diags) > 0 {
			t.Errorf("the refresh after the apply returns %s; want no diagnostics", show(diags))
		}
		next.wantNoChange(state, reverted)
		wantRequests(t, fake, 1)
	})
}

// Only an error about a later update replaces the recorded update.
func TestErrorWhileUpdateIsInFlight(t *testing.T) {
	t.Parallel()
	type row struct {
		fault fakeregistrar.Fault
		text  string
	}
	cases := map[string]row{
		"about another request": {fakeregistrar.Fault{Path: "/update-status", Status: 403, Body: refusal}, "its update to auto_renew = true finished."},
		"about a later update":  {fakeregistrar.Fault{Method: "PATCH", ResetBefore: true, Times: -1}, "its update to auto_renew = false finished."},
	}
	slow := func(row) options { return options{held("example.com", false, fakeregistrar.Slow(time.Minute))} }
	each(t, cases, slow, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		state, s := leftInFlight(t, fake), start(t, fake)
		fake.Inject(c.fault)
		state, diags := s.change(state, settings("example.com", false))
		if !failed(diags) {
			t.Fatalf("%s; want an error", show(diags))
		}
		_, diags = start(t, fake).read(state)
		wantText(t, diags, c.text)
	})
}

func TestHiddenUpdateCanBeInFlight(t *testing.T) {
	t.Parallel()
	hidden := fakeregistrar.Slow(2 * time.Minute)
	hidden.HiddenFor = 40 * time.Second
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		_, diags := start(t, fake).read(leftInFlight(t, fake))
		wantText(t, diags, "An update of example.com may be pending")
	}, held("example.com", false, hidden))
}

// A later version may record an update in another form.
func TestUnreadableRecordCountsAsUpdateInFlight(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		state := leftInFlight(t, fake)
		var private map[string][]byte
		if err := json.Unmarshal(state.Private(), &private); err != nil {
			t.Fatal(err)
		}
		private["update_in_flight"] = []byte(`"another form"`)
		changed, _ := json.Marshal(private)
		_, diags := start(t, fake).read(state.WithPrivate(changed))
		wantText(t, diags, "An update of example.com is pending")
	}, held("example.com", false, fakeregistrar.Slow(2*time.Minute)))
}

func TestRefreshClearsFinishedUpdate(t *testing.T) {
	t.Parallel()
	type row struct {
		scenario fakeregistrar.Scenario
		shows    bool
		changes  []string // in the next plan, for auto_renew = false
	}
	cases := map[string]row{
		"succeeded":  {fakeregistrar.Slow(2 * time.Minute), true, []string{"auto_renew"}},
		"shown late": {shownLate(fakeregistrar.Slow(2*time.Minute), 100*time.Second), false, []string{"status"}},
		"failed":     {fakeregistrar.Failed("registry_rejected", "No.", 2*time.Minute), false, nil},
	}
	each(t, cases, func(c row) options { return options{held("example.com", false, c.scenario)} }, func(t *testing.T, fake *fakeregistrar.Server, c row) {
		state, s := leftInFlight(t, fake), start(t, fake)
		s.must(s.data("registrar_domain", object{"domain_name": text("example.com")})) // cache the old value
		time.Sleep(2 * time.Minute)
		state = s.must(s.read(state))
		wantValues(t, state, object{"auto_renew": boolean(c.shows)})
		plan, _ := s.plan(state, settings("example.com", false))
		wantChanges(t, plan, c.changes...)
	})
}

// An apply that restores the old value joins the pending update. Private state keeps that update's value.
func TestJoinedUpdateKeepsItsValue(t *testing.T) {
	t.Parallel()
	withFake(t, func(t *testing.T, fake *fakeregistrar.Server) {
		state, reverted := leftInFlight(t, fake), settings("example.com", false)
		s := start(t, fake)
		state, diags := s.change(state, reverted)
		wantText(t, diags, "needs your action")
		fake.CompleteAction(testAccount, "example.com")
		time.Sleep(5 * time.Second)
		state, diags = start(t, fake).read(state)
		wantText(t, diags, "its update to auto_renew = true finished.")
		plan, _ := s.plan(state, reverted) // before the registration shows the update
		wantChanges(t, plan, "status")
		wantPatches(t, fake)
	}, held("example.com", false, shownLate(fakeregistrar.ActionRequired("confirm_contact", ""), 30*time.Second)))
}

// shownLate returns a scenario in which the update succeeds before the registration shows it.
func shownLate(scenario fakeregistrar.Scenario, after time.Duration) fakeregistrar.Scenario {
	scenario = scenario.WithoutRegistration()
	scenario.ShownAfter = after
	return scenario
}

func TestEveryOperationFailsWithTheOtherAPI(t *testing.T) {
	t.Parallel()
	managed := map[string]func(s *session) object{
		"created":  func(s *session) object { return s.must(s.change(nil, settings("example.com", true))) },
		"imported": func(s *session) object { return s.must(s.importID("example.com")) },
		"from an older version": func(s *session) object {
			state := s.must(s.importID("example.com"))
			return s.must(s.read(state.WithoutPrivate()))
		},
	}
	each(t, managed, exampleOn, func(t *testing.T, fake *fakeregistrar.Server, manage func(s *session) object) {
		s := start(t, fake)
		state := manage(s)
		update, _ := s.plan(state, settings("example.com", false))
		destroy, _ := s.plan(state, nil)
		fake.ResetLog()
		s, _ = startWith(t, fake, object{"api_token": text(testToken), "account_id": text(testAccount), "sandbox": boolean(true)}, nil)
		after, refresh := s.read(state)
		if after == nil {
			t.Error("the refresh removed the resource")
		}
		for operation, diags := range map[string][]*tfprotov6.Diagnostic{
			"refresh":         refresh,
			"plan to update":  second(s.plan(state, settings("example.com", false))),
			"plan to replace": second(s.plan(state, settings("example.net", false))),
			"plan to destroy": second(s.plan(state, nil)),
			"update":          second(s.apply(t.Context(), update)),
			"destroy":         second(s.apply(t.Context(), destroy)),
		} {
			t.Log(operation)
			wantError(t, diags, "example.com is managed through the production registrar")
		}
		wantRequests(t, fake, 0)
	})
}
