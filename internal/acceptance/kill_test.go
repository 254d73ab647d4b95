// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// rounds is how many applies are killed where KILLS names no number.
const rounds = 6

// What of an apply is killed.
const (
	theProvider = "the provider"
	theCLI      = "the CLI"
	both        = "both"
)

// TestAccAKilledApplyIsPickedUp kills an apply at a moment that depends on the round, with no
// chance to tidy up, and lets the next one finish the work.
func TestAccAKilledApplyIsPickedUp(t *testing.T) {
	t.Parallel()
	for round := range killRounds(t) {
		t.Run(fmt.Sprintf("round %d", round), func(t *testing.T) {
			t.Parallel()
			newKillRound(round).run(t)
		})
	}
}

func killRounds(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("KILLS")
	if text == "" {
		return rounds
	}
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("KILLS: %v", err)
	}
	return number
}

// killRound is one round, all of it from its number.
type killRound struct {
	options []fakeregistrar.Option
	config  string
	adopted bool          // the domains are in the state before the apply that is killed
	victim  string        // theProvider, theCLI or both
	request int           // the request of that apply after which the kill is due
	after   time.Duration // and how long after it
}

const killedDomains = 3

func newKillRound(round uint64) killRound {
	r := rand.New(rand.NewPCG(round, 0))
	k := killRound{
		adopted: r.IntN(2) == 0, victim: []string{theProvider, theCLI, both}[r.IntN(3)],
		request: 1 + r.IntN(4*killedDomains), after: time.Duration(r.IntN(1200)) * time.Millisecond,
	}
	if r.IntN(2) == 0 {
		k.after = time.Duration(r.IntN(20)) * time.Millisecond
	}
	for i := range killedDomains {
		scenario := []fakeregistrar.Scenario{
			fakeregistrar.Immediate(), fakeregistrar.Slow(1500 * time.Millisecond), fakeregistrar.Held(1200 * time.Millisecond),
			fakeregistrar.BlockedFor(time.Second),
		}[r.IntN(4)]
		name := fmt.Sprintf("domain%d.com", i)
		k.options = append(k.options, domain(name, false, scenario))
		k.config += fmt.Sprintf("resource \"registrar_domain_settings\" \"d%d\" {\n  domain_name = %q\n  auto_renew  = AUTO_RENEW\n}\n", i, name)
	}
	return k
}

func (k killRound) wanting(autoRenew bool) string {
	return strings.ReplaceAll(k.config, "AUTO_RENEW", strconv.FormatBool(autoRenew))
}

func (k killRound) String() string {
	return fmt.Sprintf("%s, %s after request %d, with a state before: %t", k.victim, k.after, k.request, k.adopted)
}

func (k killRound) run(t *testing.T) {
	t.Helper()
	w := open(t, k.wanting(false), k.options...)
	if k.adopted {
		w.apply(0)
	}
	w.write("main.tf", k.wanting(true))
	defer w.kill(k)()
	torn := k.victim != theProvider && w.dropTornState()
	left := w.resources()
	if strings.Contains(left, "tainted") || k.adopted && !torn && strings.Count(left, "registrar_domain_settings") != killedDomains {
		t.Errorf("killing %s left the state with %q", k, left)
	}
	w.apply(0)
	w.plan(0)
	for i := range killedDomains {
		name := fmt.Sprintf("domain%d.com", i)
		if got := w.fake.Count(http.MethodPatch, "/registrations/"+name); got != 1 {
			t.Errorf("killing %s: both applies sent %d PATCH for %s; want one", k, got, name)
		}
	}
}

// dropTornState removes a state file that the CLI left without a whole state, and tells whether it
// was. The CLIs write it in place, so that an empty one is left, or half of one, which no
// provider can prevent. Here a lost state costs nothing: the next apply adopts the domains anew.
func (w *workspace) dropTornState() bool {
	w.t.Helper()
	file := filepath.Join(w.dir, "terraform.tfstate")
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) || json.Valid(content) {
		return false
	}
	if err := errors.Join(err, os.Remove(file)); err != nil {
		w.t.Error(err)
	}
	w.t.Log("the CLI left no whole state")
	return true
}

// kill begins an apply and kills it. It gives what kills the rest: a provider whose CLI was
// killed goes on, and would for good.
func (w *workspace) kill(k killRound) (rest func()) {
	w.t.Helper()
	w.fake.ResetLog()
	pids := w.t.TempDir()
	w.env = append(w.env, pidsEnv+"="+pids)
	cmd, screen := w.command(w.t.Context(), "apply", "-auto-approve", "-input=false")
	cmd.SysProcAttr, cmd.WaitDelay = &syscall.SysProcAttr{Setpgid: true}, time.Second
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	group := cmd.Process.Pid
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	w.await(k, ended)
	if k.victim != theCLI {
		killAll(w.t, group, pids)
	}
	if k.victim != theProvider {
		sendKill(w.t, group)
	}
	ended <- <-ended // it is dead, or finishes without its provider
	w.t.Logf("killed %s, after %d requests:\n%s", k, len(w.fake.Requests()), flat(screen.String()))
	return func() { sendKill(w.t, -group) }
}

// await waits for the moment to sendKill: the request, or the end of an apply that sends fewer.
func (w *workspace) await(k killRound, ended chan error) {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); len(w.fake.Requests()) < k.request; {
		select {
		case err := <-ended:
			ended <- err
			return
		case <-time.After(time.Millisecond):
		}
		if time.Now().After(deadline) {
			w.t.Errorf("no request %d within a minute", k.request)
			return
		}
	}
	time.Sleep(k.after)
}

// killAll kills the provider processes of a CLI. That an id is still one of its process group
// tells that it has not been given to somebody else.
func killAll(t *testing.T, group int, pids string) {
	t.Helper()
	entries, err := os.ReadDir(pids)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(filepath.Base(entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if of, err := syscall.Getpgid(pid); err == nil && of == group {
			sendKill(t, pid)
		}
	}
}

// sendKill kills a process, or with a negative id a process group. That it is gone already is fine.
func sendKill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Errorf("killing %d: %v", pid, err)
	}
}
