// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package autorenew_test

import (
	"encoding/json"
	"time"
)

// rewriteCreated changes created_at in an answer that has one.
func rewriteCreated(change func(time.Time) time.Time) func([]byte) []byte {
	return func(body []byte) []byte {
		return edited(body, func(result map[string]any) {
			text, _ := result["created_at"].(string)
			if at, err := time.Parse(time.RFC3339, text); err == nil {
				result["created_at"] = change(at).Format(time.RFC3339Nano)
			}
		})
	}
}

// edited changes the result of an answer.
func edited(body []byte, edit func(result map[string]any)) []byte {
	var whole map[string]any
	if json.Unmarshal(body, &whole) != nil {
		return body
	}
	if result, ok := whole["result"].(map[string]any); ok {
		edit(result)
	}
	changed, err := json.Marshal(whole)
	if err != nil {
		return body
	}
	return changed
}
