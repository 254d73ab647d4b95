// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"maps"
	"time"
)

// registrationBody is the API's registration. All fields are required.
type registrationBody struct {
	DomainName  string  `json:"domain_name"`
	Status      string  `json:"status"`
	CreatedAt   string  `json:"created_at"`
	ExpiresAt   *string `json:"expires_at"`
	AutoRenew   bool    `json:"auto_renew"`
	PrivacyMode any     `json:"privacy_mode"`
	Locked      bool    `json:"locked"`
}

// workflowBody is the API's workflow status.
type workflowBody struct {
	Completed bool           `json:"completed"`
	CreatedAt string         `json:"created_at"`
	UpdatedAt string         `json:"updated_at"`
	State     string         `json:"state"`
	Links     linksBody      `json:"links"`
	Context   map[string]any `json:"context"`
	Error     *failureBody   `json:"error"`
}

type linksBody struct {
	Self     string `json:"self,omitempty"`
	Resource string `json:"resource"`
}

// failureBody is the reason for a failed workflow. Its code is a word; in an HTTP
// error, the code is a number.
type failureBody struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// timestamp formats a time with milliseconds, like the documented workflow example.
func timestamp(at time.Time) string {
	return at.UTC().Format("2006-01-02T15:04:05.000Z07:00")
}

func registrationFrom(d Domain) registrationBody {
	body := registrationBody{
		DomainName: d.Name, Status: d.Status, CreatedAt: d.CreatedAt.UTC().Format(time.RFC3339),
		AutoRenew: d.AutoRenew, PrivacyMode: d.PrivacyMode, Locked: d.Locked,
	}
	// The API's description only allows null in these two states.
	pending := d.Status == "registration_pending" || d.Status == "transfer_pending"
	if !pending && !d.ExpiresAt.IsZero() {
		body.ExpiresAt = new(d.ExpiresAt.UTC().Format(time.RFC3339))
	}
	return body
}

// workflowFrom returns the status of a workflow at the given time.
func workflowFrom(w *workflow, d Domain, now time.Time) workflowBody {
	step, began := w.at(now)
	if began.Before(w.createdAt) {
		began = w.createdAt
	}
	body := workflowBody{
		Completed: ended(step.State, false), State: step.State,
		CreatedAt: timestamp(w.createdAt), UpdatedAt: timestamp(began),
		Links: linksBody{
			Self:     w.scenario.linkFor(d.Account, d.Name),
			Resource: documentedLink(d.Account, d.Name),
		},
		Context: map[string]any{"domain_name": d.Name, "fields_updated": []string{"auto_renew"}},
	}
	maps.Copy(body.Context, step.Context)
	if step.Completed != nil {
		body.Completed = *step.Completed
	}
	if step.ErrorCode != "" || step.ErrorMessage != "" {
		body.Error = &failureBody{Code: step.ErrorCode, Message: step.ErrorMessage}
	}
	if step.State == StateSucceeded && !w.scenario.OmitRegistration {
		d.AutoRenew = w.want
		body.Context["registration"] = registrationFrom(d)
	}
	return body
}
