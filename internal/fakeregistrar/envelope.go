// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import (
	"encoding/json"
	"net/http"
)

// Codes of the API's errors.
const (
	codeGeneral   = 10000 // nearly all errors, including "Domain not found"
	codeRouting   = 7003
	codeMethod    = 7001
	codeRateLimit = 10100 // invented, because Cloudflare documents none
)

// answer is a response, or the error that breaks its connection.
type answer struct {
	status int
	header http.Header
	body   []byte
	broken error
	fault  Fault
}

// length returns the Content-Length.
func (a answer) length() int64 { return int64(len(a.body)) + a.fault.Endless }

type envelope struct {
	Errors     []errorBody `json:"errors"`
	Messages   []errorBody `json:"messages"`
	Result     any         `json:"result"`
	Success    bool        `json:"success"`
	ResultInfo *resultInfo `json:"result_info,omitempty"`
}

type errorBody struct {
	Code    int         `json:"code"`
	Message string      `json:"message"`
	Source  *sourceBody `json:"source,omitempty"`
}

type sourceBody struct {
	Pointer string `json:"pointer"`
}

type resultInfo struct {
	Count   int    `json:"count"`
	Cursor  string `json:"cursor"`
	PerPage int    `json:"per_page"`
}

func succeed(status int, result any) answer {
	return envelope{Result: result, Success: true}.answer(status)
}

func refuseWith(status, code int, message string) answer {
	return envelope{Errors: []errorBody{{Code: code, Message: message}}}.answer(status)
}

func refuseField(pointer, message string) answer {
	return envelope{Errors: []errorBody{{
		Code: codeGeneral, Message: message, Source: &sourceBody{Pointer: pointer},
	}}}.answer(http.StatusBadRequest)
}

func (e envelope) answer(status int) answer {
	if e.Errors == nil {
		e.Errors = []errorBody{}
	}
	e.Messages = []errorBody{}
	body, err := json.Marshal(e)
	if err != nil {
		// Only a scenario's context can have values that JSON can't encode.
		return answer{status: http.StatusInternalServerError, body: []byte(err.Error()), header: http.Header{}}
	}
	return answer{status: status, body: body, header: http.Header{"Content-Type": {"application/json"}}}
}
