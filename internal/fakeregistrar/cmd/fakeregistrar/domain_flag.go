// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

const defaultExpiry = 200 * 24 * time.Hour

// domainFlag is the value of a -domain flag.
type domainFlag struct {
	fakeregistrar.Domain

	spec string // the scenario as text, for printWelcome
}

func parseDomain(text string) (domainFlag, error) {
	name, rest, more := strings.Cut(text, ",")
	if name == "" || strings.ContainsAny(name, "=/ ") {
		return domainFlag{}, fmt.Errorf("%q doesn't begin with a domain name", text)
	}
	d := domainFlag{fakeregistrar.Domain{Name: strings.ToLower(name), Locked: true, ExpiresAt: time.Now().Add(defaultExpiry)}, "immediate"}
	if !more {
		return d, nil
	}
	for setting := range strings.SplitSeq(rest, ",") {
		if err := d.set(setting); err != nil {
			return domainFlag{}, fmt.Errorf("%s: %w", name, err)
		}
	}
	return d, nil
}

// set parses one setting. It splits at the first "=" only, because a scenario can have another.
func (d *domainFlag) set(setting string) (err error) {
	key, value, _ := strings.Cut(setting, "=")
	switch key {
	case "auto_renew":
		d.AutoRenew, err = strconv.ParseBool(value)
	case "scenario":
		d.spec = value
		d.Scenario, err = fakeregistrar.ParseScenario(value)
	case "expires":
		var left time.Duration
		left, err = parseDays(value)
		d.ExpiresAt = time.Now().Add(left)
	case "status":
		d.Status = value
	case "sandbox":
		d.Sandbox = true
	default:
		return fmt.Errorf("unknown setting %q, want auto_renew, scenario, expires, status or sandbox", key)
	}
	return err
}

// parseDays parses "30d" or any duration that time.ParseDuration accepts.
func parseDays(text string) (time.Duration, error) {
	hours := text
	if days, is := strings.CutSuffix(text, "d"); is {
		if n, err := strconv.Atoi(days); err == nil {
			hours = strconv.Itoa(24*n) + "h"
		}
	}
	d, err := time.ParseDuration(hours)
	if err != nil || d == 0 {
		return 0, fmt.Errorf("want a duration such as 30d or 12h, got %q", text)
	}
	return d, nil
}

// defaultDomains returns domains for the common scenarios and some unusual registrations.
func defaultDomains() []string {
	return []string{
		"example.com",
		"renewing.com,auto_renew=true",
		"held.com,scenario=held=4s",
		"slow.com,scenario=slow=30s",
		"blocked.com,scenario=blocked=20s",
		"action.com,scenario=action_required=registrant_email_confirmation_pending:owner@example.com",
		"failing.com,scenario=failed=registry_rejected:5s",
		"stuck.com,scenario=stuck",
		"never.com,scenario=never",
		"unknown.com,scenario=unknown=verifying:5s",
		"conflict.com,scenario=conflict=3s",
		"late.com,scenario=late_registration=5s",
		"expiring.com,auto_renew=true,expires=20d",
		"expired.com,status=expired,expires=-3d",
		"arriving.com,status=transfer_pending",
		"example.net,sandbox",
	}
}
