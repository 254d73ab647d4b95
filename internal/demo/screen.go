// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
)

// width is that of the CLI's own framed texts.
const width = 78

// screen is where the story is told.
type screen struct {
	out   io.Writer
	color bool
}

// newScreen uses colours only where a person sees them.
func newScreen(out *os.File, getenv func(string) string) *screen {
	info, err := out.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	return &screen{out: out, color: terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"}
}

func (s *screen) bold(text string) string {
	if !s.color {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// print has nobody to report an error to: a terminal that is gone ends the demo by a signal.
func (s *screen) print(text string) { _, _ = io.WriteString(s.out, text) }

func (s *screen) headline(text string) {
	rule := strings.Repeat("─", max(2, width-4-len([]rune(text))))
	s.print("\n" + s.bold("── "+text+" "+rule) + "\n")
}

func (s *screen) say(text string) { s.print(wrapped(text, width) + "\n") }

func (s *screen) command(name string, args []string) {
	s.print("\n" + s.bold("$ "+name+" "+strings.Join(args, " ")) + "\n")
}

// result is a chapter's yield: what a shell sees, and what the registrar saw.
func (s *screen) result(exit int, requests string) {
	s.print("\n" + wrapped(fmt.Sprintf("→ exit code %d. At the registrar: %s.", exit, requests), width) + "\n")
}

// remark says something about a result.
func (s *screen) remark(text string) { s.print("\n" + wrapped(text, width) + "\n") }

// wrapped breaks a text into lines of at most so many characters, where its words allow it.
func wrapped(text string, limit int) string {
	var out strings.Builder
	column := 0
	for word := range strings.FieldsSeq(text) {
		length := len([]rune(word))
		switch {
		case column == 0:
		case column+1+length > limit:
			out.WriteByte('\n')
			column = 0
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += length
	}
	return out.String()
}

func (s *screen) indented() *indenter { return &indenter{out: s.out} }

// indenter sets a program's output off from the story. It passes on whole lines only, so that two
// streams do not meet in the middle of one.
type indenter struct {
	out  io.Writer
	rest []byte
}

func (w *indenter) Write(p []byte) (int, error) {
	w.rest = append(w.rest, p...)
	for {
		line, rest, complete := bytes.Cut(w.rest, []byte("\n"))
		if !complete {
			return len(p), nil
		}
		if err := w.line(line); err != nil {
			return 0, err
		}
		w.rest = rest
	}
}

// line leaves an empty line empty.
func (w *indenter) line(line []byte) error {
	if len(line) > 0 {
		line = append([]byte("    "), line...)
	}
	_, err := w.out.Write(append(line, '\n'))
	return err
}

// end passes on a last line that was not ended.
func (w *indenter) end() {
	if len(w.rest) > 0 {
		_ = w.line(w.rest)
		w.rest = nil
	}
}
