// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package domainname

import "fmt"

// InvalidError says why a spelling is not a registrable domain name.
type InvalidError struct {
	// Spelling is what was given.
	Spelling string
	// Reason names the fault. It completes "… is not a registrable domain name: <Reason>."
	Reason string
	// Meant is the name that was probably meant; empty where that cannot be told.
	Meant string
}

// Error returns the whole sentence and the remedy.
func (e *InvalidError) Error() string {
	text := fmt.Sprintf("%q is not a registrable domain name: %s.", e.Spelling, e.Reason)
	if e.Meant != "" {
		return text + fmt.Sprintf(" Use %q.", e.Meant)
	}
	return text + ` Use a name as it was registered, such as "example.com".`
}
