// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/domainname"
)

// State is the state of an update.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
type State string

// The documented states. There can be others.
const (
	Pending        State = "pending"
	InProgress     State = "in_progress"
	ActionRequired State = "action_required"
	Blocked        State = "blocked"
	Succeeded      State = "succeeded"
	Failed         State = "failed"
)

// Update is the API's workflow for a change to a registration. It has no ID, because the API keeps only the
// last update of each registration.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
type Update struct {
	// State is never empty.
	State State
	// Completed is the API's own flag for a final state. It matters only for undocumented states.
	Completed bool
	// CreatedAt and UpdatedAt are the server's times, zero if missing or malformed.
	CreatedAt, UpdatedAt time.Time
	// ServerTime is the Date of the response, zero if it has none.
	ServerTime time.Time
	// Link is links.self if it is safe and differs from the documented address, or nil.
	Link *url.URL
	// Action is the user action that is required, and ConfirmationSentTo the recipient of its email, both
	// from context; often empty.
	Action, ConfirmationSentTo string
	// BlockedBy and Detail describe a third party that blocks the update, from context; often empty.
	BlockedBy, Detail string
	// Registration is context.registration, nil if it is missing, malformed or about another domain.
	Registration *Registration
	// ErrorCode and ErrorMessage are the reason why the update failed; often empty.
	ErrorCode, ErrorMessage string
	// Context is all of "context" as sent, nil if there is none.
	Context json.RawMessage
	// RetryAfter is the response's Retry-After, at most 24 h, zero if it has none.
	RetryAfter time.Duration
}

// SetAutoRenew turns a registration's auto-renew on or off and returns the update that it started.
// Turning it on authorizes Cloudflare to charge the account's default payment method up to 30 days before
// the domain expires.
//
// It sends one PATCH. Its error is an *Error; its Kind shows whether the server may have acted on it.
//
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/edit/.
func (c *Client) SetAutoRenew(ctx context.Context, id DomainID, on bool) (Update, error) {
	req := domainCall(fmt.Sprintf("set auto_renew of %s to %t", id.Name, on), http.MethodPatch, id, c.registrationURL(id))
	req.body = fmt.Sprintf(`{"auto_renew":%t}`, on)
	got, err := c.do(ctx, req, 1)
	return c.decodeUpdateResponse(req, got, err)
}

// UpdateStatus reads a registration's last update. It retries as Registration does. Its error is an
// *Error; IsNoUpdate reports that there is none.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
func (c *Client) UpdateStatus(ctx context.Context, id DomainID) (Update, error) {
	req := c.statusCall(id)
	got, err := c.get(ctx, req)
	return c.decodeUpdateResponse(req, got, err)
}

// PollUpdate reads a registration's last update once, at the Link of an earlier response or, if that is
// nil, at the documented address. It sends one GET: the caller's next poll is the retry. Its error is an
// *Error.
func (c *Client) PollUpdate(ctx context.Context, id DomainID, link *url.URL) (Update, error) {
	req := c.statusCall(id)
	if link != nil {
		req.url = link
	}
	got, err := c.do(ctx, req, 1)
	return c.decodeUpdateResponse(req, got, err)
}

func (c *Client) statusCall(id DomainID) request {
	return domainCall(fmt.Sprintf("read the update status of %s", id.Name), http.MethodGet, id, c.updateStatusURL(id))
}

// decodeUpdateResponse decodes the update in a response, and its headers.
func (c *Client) decodeUpdateResponse(req request, got response, err error) (Update, error) {
	if err != nil {
		return Update{}, err
	}
	return decodeResponse(c, req, got, func(env envelope) (Update, error) {
		update, err := decodeUpdate(env.Result, req.id.Name, func(self string) *url.URL { return c.pollLink(req.id, self) })
		update.RetryAfter = retryAfter(got.header, time.Now())
		update.ServerTime, _ = http.ParseTime(got.header.Get("Date")) // zero if it is malformed
		return update, err
	})
}

// decodeUpdate decodes an update. It is strict for the state, and for the domain if the update has one.
func decodeUpdate(raw json.RawMessage, name domainname.Name, safeLink func(self string) *url.URL) (Update, error) {
	f, err := fieldsOf(raw, "the update")
	if err != nil {
		return Update{}, err
	}
	state, err := required[string](f, "state")
	if err != nil {
		return Update{}, err
	}
	update := Update{State: State(printable(state)), CreatedAt: f.time("created_at"), UpdatedAt: f.time("updated_at")}
	if update.State == "" {
		return Update{}, errors.New(`"state" is empty`)
	}
	completed := optional[bool](f, "completed")
	update.Completed = completed != nil && *completed
	links, _ := fieldsOf(f["links"], "links") // without links, Link stays nil
	if self := optional[string](links, "self"); self != nil {
		update.Link = safeLink(*self)
	}
	failure, _ := fieldsOf(f["error"], "error") // null unless it failed
	update.ErrorCode, update.ErrorMessage = failure.message("code"), failure.message("message")
	return update, update.decodeContext(f, name)
}

// decodeContext decodes the free-form part of an update. In the reference, the domain is in
// context.domain_name. In the guide's examples, it is next to the state.
func (u *Update) decodeContext(f fields, name domainname.Name) error {
	context, err := fieldsOf(f["context"], "context")
	if err == nil {
		u.Context = f["context"]
	}
	for _, object := range []fields{f, context} {
		if about := optional[string](object, "domain_name"); about != nil && domainname.Fold(*about) != name {
			return fmt.Errorf("the response is about %q", printable(*about))
		}
	}
	u.Action, u.ConfirmationSentTo = context.message("action"), context.message("confirmation_sent_to")
	u.BlockedBy, u.Detail = context.message("blocked_by"), context.message("detail")
	if registration, err := decodeRegistration(context["registration"]); err == nil && registration.Name == name {
		u.Registration = &registration
	}
	return nil
}
