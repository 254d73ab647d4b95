// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// defaultAccount is the account in the examples of the API reference.
const defaultAccount = "023e105f4ecef8ad9ca31a8372d0c353"

//go:embed help.txt
var helpText string

// config has the values of the flags.
type config struct {
	listen      string
	account     string
	domains     []domainFlag
	latency     time.Duration
	quota       int
	hideHeaders bool
	token       string
	faults      []fakeregistrar.Fault
}

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var conf config
	flags := flag.NewFlagSet("fakeregistrar", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		_, _ = strings.NewReplacer("SCENARIOS\n", fakeregistrar.ScenarioHelp()+"\n", "ANSWERS\n", fakeregistrar.AnswerHelp()+"\n").WriteString(stderr, helpText)
		flags.PrintDefaults()
	}
	flags.StringVar(&conf.listen, "listen", "127.0.0.1:8787", "loopback `address` to listen on; port 0 picks a free one")
	flags.StringVar(&conf.account, "account", defaultAccount, "`ID` of the account that holds the domains")
	flags.Func("domain", "add a `domain`; can be repeated", conf.addDomain)
	flags.DurationVar(&conf.latency, "latency", 0, "delay before the fake acts on a request")
	flags.IntVar(&conf.quota, "rate-limit", 1200, "requests per five minutes; 0 means no limit")
	flags.BoolVar(&conf.hideHeaders, "no-rate-limit-headers", false, "don't send rate-limit headers")
	flags.StringVar(&conf.token, "token", "", "the only API `token` to accept; any token by default")
	flags.Func("answer", "an `answer` that makes requests fail, such as revoked_token", func(name string) error {
		fault, err := fakeregistrar.ParseAnswer(name)
		conf.faults = append(conf.faults, fault)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	if len(conf.domains) == 0 {
		for _, text := range defaultDomains() {
			if err := conf.addDomain(text); err != nil {
				return config{}, err
			}
		}
	}
	return conf, conf.check(flags.Args())
}

func (conf *config) addDomain(text string) error {
	d, err := parseDomain(text)
	conf.domains = append(conf.domains, d)
	return err
}

func (conf *config) check(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected argument %q", rest[0])
	}
	if conf.account == "" || len(conf.account) > 32 || strings.Contains(conf.account, "/") {
		return fmt.Errorf("-account: %q is not an ID of 1 to 32 characters", conf.account)
	}
	if conf.latency < 0 || conf.quota < 0 {
		return errors.New("-latency and -rate-limit can't be negative")
	}
	return checkLoopback(conf.listen)
}

// checkLoopback returns an error unless the address is loopback, because the fake accepts any credentials.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-listen: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-listen: %q is not a loopback address such as 127.0.0.1:8787", address)
	}
	return nil
}

// options returns the server's options for the flags.
func (conf *config) options(log io.Writer) []fakeregistrar.Option {
	opts := []fakeregistrar.Option{
		fakeregistrar.WithAccount(conf.account),
		fakeregistrar.WithLatency(conf.latency),
		fakeregistrar.WithObserver(func(r fakeregistrar.Request) { _, _ = fmt.Fprintln(log, requestLine(r)) }),
	}
	if conf.quota > 0 {
		limit := fakeregistrar.PublishedRateLimit()
		limit.Quota, limit.Headers = conf.quota, !conf.hideHeaders
		opts = append(opts, fakeregistrar.WithRateLimit(limit))
	}
	if conf.token != "" {
		opts = append(opts, fakeregistrar.WithToken(conf.token))
	}
	for _, d := range conf.domains {
		d.Account = conf.account
		opts = append(opts, fakeregistrar.WithDomain(d.Domain))
	}
	return opts
}
