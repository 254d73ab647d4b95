// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"cmp"
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
)

// picture compares the README's picture with the output of a plan. With -update it writes the picture.
func (w *workspace) picture(output string) {
	w.t.Helper()
	const pictureFile = "../../docs/images/plan.svg"
	plan := regexp.MustCompile(`(?s)Terraform will perform.*?╵`).FindString(strings.ReplaceAll(output, "OpenTofu", "Terraform"))
	want := "$ terraform plan   # someone turned auto-renew off in the dashboard\n\n" + plan
	drawn, err := os.ReadFile(pictureFile)
	if err != nil {
		w.t.Fatal(err)
	}
	shown := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(drawn), ""))
	switch {
	case alike(shown, want):
	case *update:
		if err := os.WriteFile(pictureFile, []byte(draw(want)), 0o600); err != nil {
			w.t.Fatal(err)
		}
	default:
		w.t.Errorf("%s has\n%s\nbut the CLI printed (run with -update to write it)\n%s", pictureFile, shown, want)
	}
}

// draw renders terminal output as SVG, in a system font: with an embedded font, the file would be fifty times as large.
func draw(output string) string {
	const left, top, line, width = 20, 39, 19, 690
	styles := map[string]string{"1": ` font-weight="bold"`, "4": ` text-decoration="underline"`, "33": ` fill="#d3e561"`, "90": ` fill="#8a8a8a"`}
	rows := strings.Split(output, "\n")
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">`+"\n", width, top+line*len(rows))
	fmt.Fprintf(&svg, `<rect x="0.5" y="0.5" width="%d" height="%d" rx="8" fill="#0d1117" stroke="#6e7681"/>`+"\n", width-1, top+line*len(rows)-1)
	svg.WriteString(`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#c4c4c4">` + "\n")
	for i, row := range rows {
		fmt.Fprintf(&svg, `<text x="%d" y="%d" xml:space="preserve">`, left, top+line*i)
		style := ""
		for _, part := range regexp.MustCompile("(\x1b\\[[0-9;]*m)?([^\x1b]*)").FindAllStringSubmatch(row, -1) {
			if code := strings.Trim(part[1], "\x1b[m"); part[1] != "" {
				style = map[bool]string{true: "", false: style + styles[code]}[cmp.Or(code, "0") == "0"]
			}
			if part[2] != "" {
				fmt.Fprintf(&svg, "<tspan%s>%s</tspan>", style, html.EscapeString(part[2]))
			}
		}
		svg.WriteString("</text>\n")
	}
	return svg.String() + "</g>\n</svg>\n"
}
