// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package fakeregistrar

import "strconv"

// edit walks down a decoded JSON value and changes the last step of the path. A
// path that leads nowhere changes nothing.
func edit(node any, path []string, value any, remove bool) {
	switch node := node.(type) {
	case map[string]any:
		editObject(node, path, value, remove)
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i >= len(node) {
			return
		}
		if len(path) == 1 {
			node[i] = value
			return
		}
		edit(node[i], path[1:], value, remove)
	}
}

func editObject(node map[string]any, path []string, value any, remove bool) {
	switch {
	case len(path) > 1:
		edit(node[path[0]], path[1:], value, remove)
	case remove:
		delete(node, path[0])
	default:
		node[path[0]] = value
	}
}
