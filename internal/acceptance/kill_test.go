// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"encoding/json"
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

// TestAccKilledApplyResumes kills applies at random moments. The next apply must finish the work. The variable
// KILLS sets the number of rounds.
func TestAccKilledApplyResumes(t *testing.T) {
	t.Parallel()
	rounds, err := strconv.ParseUint(cmp.Or(os.Getenv("KILLS"), "6"), 10, 64)
	if err != nil {
		t.Fatalf("KILLS: %v", err)
	}
	for round := range rounds {
		t.Run(fmt.Sprintf("round %d", round), func(t *testing.T) {
			t.Parallel()
			newKillRound(round).run(t)
		})
	}
}

// killRound is one round. The round's number seeds all fields.
type killRound struct {
	options []fakeregistrar.Option
	adopted bool          // an earlier apply put the domains in the state
	victim  string        // onlyProvider, onlyCLI or both
	request int           // the number of requests before the kill
	after   time.Duration // the time from that request to the kill
}

const (
	onlyProvider = "the provider"
	onlyCLI      = "the CLI"
	both         = "both"

	killedDomains = 3
	killedConfig  = `
variable "on" { type = bool }

resource "registrar_domain_settings" "all" {
  count       = 3
  domain_name = "domain${count.index}.com"
  auto_renew  = var.on
}
`
)

func newKillRound(round uint64) killRound {
	r := rand.New(rand.NewPCG(round, 0))
	k := killRound{
		adopted: r.IntN(2) == 0, victim: []string{onlyProvider, onlyCLI, both}[r.IntN(3)],
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
		k.options = append(k.options, domain(fmt.Sprintf("domain%d.com", i), false, scenario))
	}
	return k
}

func (k killRound) String() string {
	return fmt.Sprintf("%s, %s after request %d, with an earlier state: %t", k.victim, k.after, k.request, k.adopted)
}

func (k killRound) run(t *testing.T) {
	t.Helper()
	w := open(t, killedConfig, k.options...)
	if k.adopted {
		w.must(0, "apply", "-auto-approve", "-var=on=false")
	}
	w.env = append(w.env, "TF_VAR_on=true")
	w.kill(k)
	left := w.state()
	// CLIs write the state in place, so a kill can leave a missing, empty or truncated file. Then the next apply adopts
	// the domains again.
	torn := k.victim != onlyProvider && !json.Valid([]byte(left))
	if torn {
		_ = os.Remove(filepath.Join(w.dir, "terraform.tfstate")) // there may be none
	}
	if strings.Contains(left, `"tainted"`) || k.adopted && !torn && strings.Count(left, `"index_key"`) != killedDomains {
		t.Errorf("killing %s left the state\n%s", k, left)
	}
	w.apply(0)
	w.plan(0)
	for i := range killedDomains {
		name := fmt.Sprintf("domain%d.com", i)
		if got := w.fake.Count(http.MethodPatch, "/registrations/"+name); got != 1 {
			t.Errorf("killing %s: the two applies sent %d PATCH requests for %s; want one", k, got, name)
		}
	}
}

// kill starts an apply and kills it at the moment in k, unless it ends earlier. If k only kills the CLI, the provider
// continues until the end of the test.
func (w *workspace) kill(k killRound) {
	w.t.Helper()
	w.fake.ResetLog()
	pids := w.t.TempDir()
	w.env = append(w.env, pidsEnv+"="+pids)
	cmd, output := w.command(w.t.Context(), "apply", "-auto-approve", "-input=false")
	cmd.SysProcAttr, cmd.WaitDelay = &syscall.SysProcAttr{Setpgid: true}, time.Second
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	group, ended := cmd.Process.Pid, make(chan struct{})
	w.t.Cleanup(func() { _ = syscall.Kill(-group, syscall.SIGKILL) })
	go func() {
		_ = cmd.Wait() // it was killed
		close(ended)
	}()
	w.await(k, ended)
	if k.victim != onlyCLI {
		w.killProviders(group, pids)
	}
	if k.victim != onlyProvider {
		_ = syscall.Kill(group, syscall.SIGKILL) // it may have ended
	}
	<-ended
	w.checkSecrets("the output", output.Bytes())
}

func (w *workspace) await(k killRound, ended chan struct{}) {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); len(w.fake.Requests()) < k.request; {
		select {
		case <-ended:
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

// killProviders kills a CLI's provider processes. An ID outside the process group was reused.
func (w *workspace) killProviders(group int, pids string) {
	w.t.Helper()
	entries, err := os.ReadDir(pids)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if of, gone := syscall.Getpgid(pid); err == nil && gone == nil && of == group {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended
		}
	}
}
