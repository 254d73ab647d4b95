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

// State is where an update stands.
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/update_status/methods/get/.
type State string

// The documented states. Others may come and are passed on.
const (
	Pending        State = "pending"
	InProgress     State = "in_progress"
	ActionRequired State = "action_required"
	Blocked        State = "blocked"
	Succeeded      State = "succeeded"
	Failed         State = "failed"
)

// Update is the workflow that the API runs for a change of a registration. It has no id: there
// is one to a registration, the last.
type Update struct {
	State State
	// Completed is the API's own word on whether the state is final. Decisions rest on State.
	Completed bool
	// CreatedAt and UpdatedAt are the server's times, zero where it sent none that can be read.
	CreatedAt, UpdatedAt time.Time
	// ServerTime is the Date of the response that showed the update, zero where it has none.
	ServerTime time.Time
	// Link is links.self where it is safe to follow and leads elsewhere than the documented
	// address; nil otherwise.
	Link *url.URL
	// Action and ConfirmationSentTo are what context asks of a person; often empty.
	Action, ConfirmationSentTo string
	// BlockedBy and Detail are what context says of a third party in the way; often empty.
	BlockedBy, Detail string
	// Registration is context.registration, nil where it is missing or cannot be read.
	Registration *Registration
	// ErrorCode and ErrorMessage say why an update failed.
	ErrorCode, ErrorMessage string
	// Context is the whole of "context" as sent, nil where there is none.
	Context json.RawMessage
	// RetryAfter is how long the server asked to wait before the next look; zero if it did not.
	RetryAfter time.Duration
}

// SetAutoRenew asks for a registration's auto-renew to be switched, and gives the update that
// this started. Turning it on authorises Cloudflare to charge the account's default payment
// method up to 30 days before the domain expires.
//
// It sends one PATCH. Whether that may be sent again after an *Error is for the caller to find
// out; see Error.Kind.
//
// Source: https://developers.cloudflare.com/api/resources/registrar/subresources/registrations/methods/edit/.
func (c *Client) SetAutoRenew(ctx context.Context, id DomainID, on bool) (Update, error) {
	call := call{
		op: fmt.Sprintf("setting auto_renew of %s to %t", id.Name, on), id: id,
		url: c.registrationURL(id), body: fmt.Appendf(nil, `{"auto_renew":%t}`, on), header: http.Header{},
	}
	if c.respondAsync {
		call.header.Set("Prefer", "respond-async")
	}
	got, err := c.once(ctx, call, http.MethodPatch)
	if err != nil {
		return Update{}, err
	}
	return c.openUpdate(call, got)
}

// UpdateStatus looks at the last update of a registration. IsNotFound tells that there was
// none, or that the API no longer knows it.
func (c *Client) UpdateStatus(ctx context.Context, id DomainID) (Update, error) {
	call := c.statusCall(id)
	got, err := c.get(ctx, call)
	if err != nil {
		return Update{}, err
	}
	return c.openUpdate(call, got)
}

// PollUpdate looks once more at an update: at the Link of its last answer, or where that is nil at
// the documented address. It does not retry: its caller's next poll is the retry.
func (c *Client) PollUpdate(ctx context.Context, id DomainID, link *url.URL) (Update, error) {
	call := c.statusCall(id)
	if link != nil {
		call.url = link
	}
	got, err := c.once(ctx, call, http.MethodGet)
	if err != nil {
		return Update{}, err
	}
	return c.openUpdate(call, got)
}

func (c *Client) statusCall(id DomainID) call {
	return call{op: fmt.Sprintf("looking at the update of %s", id.Name), id: id, url: c.updateStatusURL(id)}
}

// openUpdate reads the update out of an answer.
func (c *Client) openUpdate(call call, got answer) (Update, error) {
	sealed, err := c.open(call, got)
	if err != nil {
		return Update{}, err
	}
	update, err := decodeUpdate(sealed.Result, call.id.Name, func(self string) *url.URL { return c.pollLink(call.id, self) })
	if err != nil {
		return Update{}, c.describe(KindMalformed, call, got, err)
	}
	update.RetryAfter = retryAfter(got.header, time.Now())
	if date, err := http.ParseTime(got.header.Get("Date")); err == nil {
		update.ServerTime = date
	}
	return update, nil
}

// decodeUpdate reads an update: its state strictly, and that it is about this domain wherever
// it says whom it is about; the rest as far as it goes.
func decodeUpdate(raw json.RawMessage, name domainname.Name, link func(self string) *url.URL) (Update, error) {
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
	if completed := optional[bool](f, "completed"); completed != nil {
		update.Completed = *completed
	}
	links, _ := fieldsOf(f["links"], "links") // no links, no link
	if self := optional[string](links, "self"); self != nil {
		update.Link = link(*self)
	}
	failure, _ := fieldsOf(f["error"], "error") // null unless it failed
	update.ErrorCode, update.ErrorMessage = failure.words("code"), failure.words("message")
	return update, update.readContext(f, name)
}

// readContext reads the free-form part of an update. The reference names the domain in
// context.domain_name, the guide's examples beside the state.
func (u *Update) readContext(f fields, name domainname.Name) error {
	context, err := fieldsOf(f["context"], "context")
	if err == nil {
		u.Context = f["context"]
	}
	for _, place := range []fields{f, context} {
		if about := optional[string](place, "domain_name"); about != nil && domainname.Fold(*about) != name {
			return fmt.Errorf("the answer is about %q", printable(*about))
		}
	}
	u.Action, u.ConfirmationSentTo = context.words("action"), context.words("confirmation_sent_to")
	u.BlockedBy, u.Detail = context.words("blocked_by"), context.words("detail")
	if registration, err := decodeRegistration(context["registration"]); err == nil && registration.Name == name {
		u.Registration = &registration
	}
	return nil
}
