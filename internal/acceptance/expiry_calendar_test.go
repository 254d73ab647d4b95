// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"golang.org/x/net/html"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// expiryAccount is what the page in the docs shows: name, expiry date ("-" while pending), auto-renew, status.
const expiryAccount = `
orchard.example          2027-02-19 true  active
retro-arcade.example     2026-10-30 true  redemption_period
summer-2026.example      2026-11-18 false expired
harbor-lights.example    2026-12-03 true  active
winter-sale.example      2026-12-09 false active
example.org              2026-12-21 false active
status-page.example      2027-01-04 true  active
xn--mnchen-3ya.example   2027-01-04 true  active
cedar-clinic.example     2027-01-15 true  active
lantern.example          2027-01-28 false active
riverside-school.example 2027-02-02 true  active
spring-campaign.example  2027-03-31 false active
example.net              2027-04-12 true  active
coffee-garden.example    2027-04-22 true  active
maple-studio.example     2027-04-29 true  active
beta-docs.example        2027-05-06 false suspended
xn--bcher-kva.example    2027-05-20 true  active
example.com              2027-06-09 true  active
just-bought.example      -          true  registration_pending
travel-notes.example     2027-07-14 true  active
old-brand.example        2027-09-01 false active
research-hub.example     2027-11-11 true  active
willow.example           2028-02-29 true  active
`

var expiryNotes = map[string]string{
	"xn--mnchen-3ya.example": "münchen.example",
	"winter-sale.example":    "Marketing, not to be renewed",
	"example.org":            "Ask legal before it lapses",
	"old-brand.example":      `<b>C:\domains, reviewed by Zoë 👩‍💻` + "\n" + strings.Repeat("日本語ドメインの更新", 12) + strings.Repeat("Grüße & ", 30) + strings.Repeat("🌍", 40),
}

func TestAccExpiryCalendar(t *testing.T) {
	t.Parallel()
	var domains []fakeregistrar.Option
	for line := range strings.Lines(strings.TrimSpace(expiryAccount)) {
		domains = append(domains, dated(strings.Fields(line)))
	}
	w := open(t, "", domains...)
	w.take("expiry-calendar/main.tf")
	w.take("expiry-calendar/page.html.tftpl")
	var notes strings.Builder
	for name, note := range expiryNotes {
		fmt.Fprintf(&notes, "%q = %q\n", name, note)
	}
	w.write("notes.auto.tfvars", "notes = {\n"+notes.String()+"}\n")
	calendar, page := w.expiry()
	checkCalendar(t, calendar)
	checkPage(t, page)
	w.plan(0)
	w.browse()

	// A domain that changes changes its own event only, and not what a calendar program knows it by.
	w.fake.SetAutoRenew(account, "example.org", true)
	later, _ := w.expiry()
	before, after := strings.Split(calendar, "BEGIN:VEVENT"), strings.Split(later, "BEGIN:VEVENT")
	var changed []string
	for i := range before {
		was, _, _ := strings.Cut(before[i], "SUMMARY")
		is, rest, _ := strings.Cut(after[i], "SUMMARY")
		if was != is {
			t.Errorf("an event is known as %q; want %q", is, was)
		}
		if before[i] != after[i] {
			changed = append(changed, strings.SplitN(rest, "\r", 2)[0])
		}
	}
	if !slices.Equal(changed, []string{":example.org expires (auto-renew is on)"}) {
		t.Errorf("turning one on changed the events %q", changed)
	}
}

// dated is a domain of the account above.
func dated(fields []string) fakeregistrar.Option {
	d := fakeregistrar.Domain{
		Name: fields[0], Account: account, AutoRenew: fields[2] == "true", Status: fields[3],
		CreatedAt: time.Date(2020, 3, 1, 9, 30, 0, 0, time.UTC),
	}
	if day, err := time.Parse(time.DateOnly, fields[1]); err == nil {
		d.ExpiresAt = day.Add(23 * time.Hour)
	}
	return fakeregistrar.WithDomain(d)
}

// expiry applies the example and writes both files as its first lines say.
func (w *workspace) expiry() (calendar, page string) {
	w.apply(0)
	for line := range strings.Lines(w.content("main.tf")) {
		if command, ok := strings.CutPrefix(line, "#   "); ok {
			w.script(0, command)
		}
	}
	return w.content("domains.ics"), w.content("domains.html")
}

func checkCalendar(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x01") {
			t.Errorf("a line of %d octets, or not of UTF-8 text: %q", len(line), line)
		}
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	value := func(e *ics.VEvent, name ics.ComponentProperty) string {
		if p := e.GetProperty(name); p != nil {
			return p.Value
		}
		return ""
	}
	got, uids := map[string]string{}, map[string]bool{}
	for _, e := range calendar.Events() {
		uids[e.Id()] = true
		trigger := e.Alarms()[0].GetProperty(ics.ComponentPropertyTrigger).Value
		got[value(e, ics.ComponentPropertySummary)] = strings.Join([]string{
			value(e, ics.ComponentPropertyDtStart), value(e, ics.ComponentPropertyDtstamp), value(e, ics.ComponentPropertySequence), trigger,
		}, " ")
		if strings.HasPrefix(value(e, ics.ComponentPropertySummary), "old-brand.") {
			if want := expiryNotes["old-brand.example"]; !strings.HasSuffix(value(e, ics.ComponentPropertyDescription), want) {
				t.Errorf("the note came through as %q; want it to end with %q", value(e, ics.ComponentPropertyDescription), want)
			}
		}
	}
	if len(calendar.Events()) != 22 || len(uids) != 22 || uids[""] {
		t.Errorf("%d events with %d UIDs; want 22 of each", len(calendar.Events()), len(uids))
	}
	for summary, want := range map[string]string{
		"example.org expires (auto-renew is off)":           "20261221 20200301T093000Z 6 -P30D",
		"xn--mnchen-3ya.example expires (auto-renew is on)": "20270104 20200301T093000Z 7 -P14D",
		"retro-arcade.example has expired":                  "20261030 20200301T093000Z 6 -P14D",
		"willow.example expires (auto-renew is on)":         "20280229 20200301T093000Z 8 -P14D",
	} {
		if got[summary] != want {
			t.Errorf("%s: %q; want %q", summary, got[summary], want)
		}
	}
}

// checkPage reads the page as a browser does: its text in order, and nothing that is fetched or run.
func checkPage(t *testing.T, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			words = append(words, n.Data)
		}
		if slices.Contains([]string{"script", "link", "img", "iframe", "object", "base"}, n.Data) {
			t.Errorf("the page has a <%s>", n.Data)
		}
		for _, attribute := range n.Attr {
			if attribute.Key == "src" || strings.HasPrefix(attribute.Key, "on") || attribute.Key == "href" && !strings.HasPrefix(attribute.Val, "#m20") {
				t.Errorf("the page has %s=%q", attribute.Key, attribute.Val)
			}
		}
	}
	if got := regexp.MustCompile(`url\(|@import|https?:`).FindString(text); got != "" {
		t.Errorf("the page refers to something outside: %s", got)
	}
	shown := strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	for _, want := range []string{
		"Domain expiry 22 domains, the next to expire first", "2 expired", "6 lapse : auto-renew is off", "14 renew : auto-renew is on",
		"October 2026 Fri 30 retro-arcade.example Expired", "November 2026 Wed 18 summer-2026.example Expired",
		"December 2026 Thu 3 harbor-lights.example Renews",
		"Wed 9 winter-sale.example Marketing, not to be renewed Lapses", "Mon 21 example.org",
		"January 2027", "Mon 4 xn--mnchen-3ya.example münchen.example Renews", "February 2027",
		"Wed 1 old-brand.example <b>C:", "日本語", "Grüße & Grüße", "February 2028 Tue 29 willow.example Renews",
		"pending: just-bought.example",
	} {
		at := strings.Index(shown, want)
		if at < 0 {
			t.Fatalf("the page does not say %q, or not in this order:\n%s", want, shown)
		}
		shown = shown[at+len(want):]
	}
}

// browse opens the page in Chromium, where there is one: it must look the same to it, be readable on a
// phone, and be dark where that is wanted. With -update it makes the picture of the docs.
func (w *workspace) browse() {
	var browser string
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil && browser == "" {
			browser = path
		}
	}
	if browser == "" {
		w.t.Log("No Chromium here: the page was only parsed.")
		return
	}
	open := func(page string, args ...string) string {
		args = append([]string{
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--user-data-dir=" + w.t.TempDir(), "file://" + filepath.Join(w.dir, page),
		}, args...)
		out, err := exec.CommandContext(w.t.Context(), browser, args...).Output() //nolint:gosec // the browser of this machine
		if err != nil {
			w.t.Fatalf("%s: %v", browser, err)
		}
		return string(out)
	}
	checkPage(w.t, open("domains.html", "--dump-dom"))

	// Frames give the page the width and the scheme of a phone and of a desktop.
	const measure = `<script>onload = () => { for (const f of document.querySelectorAll("iframe")) {
		const d = f.contentDocument, p = document.body.appendChild(document.createElement("p"))
		p.textContent = f.id + ": " + d.documentElement.scrollWidth + " wide, " + f.contentWindow.getComputedStyle(d.body).backgroundColor } }</script>`
	frames := `<body style="margin:0;display:flex"><style>iframe { flex: none; height: 830px; border: 0 }</style><iframe id="desktop" src="domains.html" style="width:860px;color-scheme:light"></iframe>` +
		`<iframe id="phone" src="domains.html" style="width:390px;color-scheme:dark"></iframe>`
	w.write("frames.html", frames)
	w.write("measured.html", frames+measure)
	seen := open("measured.html", "--allow-file-access-from-files", "--dump-dom")
	for _, want := range []string{"desktop: 860 wide, rgb(245, 246, 248)", "phone: 390 wide, rgb(14, 17, 20)"} {
		if !strings.Contains(seen, want) {
			w.t.Errorf("the browser does not say %q:\n%s", want, seen)
		}
	}
	if *update {
		picture, err := filepath.Abs("../../docs/images/expiry-calendar.png")
		if err == nil {
			err = os.MkdirAll(filepath.Dir(picture), 0o755) //nolint:gosec // a folder of the repository
		}
		if err != nil {
			w.t.Fatal(err)
		}
		open("frames.html", "--window-size=1250,830", "--screenshot="+picture)
	}
}
