// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "strconv"

// edit sets or removes the member at a path of a decoded JSON value, and returns
// the value. It can add a member to an object; any other missing path changes nothing.
func edit(node any, path []string, value any, remove bool) any {
	if len(path) == 0 {
		return value
	}
	switch node := node.(type) {
	case map[string]any:
		if remove && len(path) == 1 {
			delete(node, path[0])
		} else if _, found := node[path[0]]; found || len(path) == 1 {
			node[path[0]] = edit(node[path[0]], path[1:], value, remove)
		}
	case []any:
		if i, err := strconv.Atoi(path[0]); err == nil && i >= 0 && i < len(node) {
			node[i] = edit(node[i], path[1:], value, remove)
		}
	}
	return node
}
