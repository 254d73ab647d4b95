// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname

import "golang.org/x/net/idna"

// Unicode returns the name as a person reads it ("münchen.de"). A name whose Unicode form does
// not lead back to it stays in ASCII: it would read as another domain, or act on a terminal.
func Unicode(name Name) string {
	text, err := idna.Display.ToUnicode(string(name))
	if err != nil || Fold(text) != name {
		return string(name)
	}
	return text
}
