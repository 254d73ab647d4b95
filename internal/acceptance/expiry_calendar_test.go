// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"golang.org/x/net/html"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// datedDomains lists the domains in the screenshot: name, expiry date ("-" if pending), auto-renew, status.
const datedDomains = `
orchard.example          2027-02-19 true  active
retro-arcade.example     2026-11-02 true  redemption_period
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
willow.example           2028-02-29 true  active
research-hub.example     2031-11-11 true  active
`

var expiryNotes = map[string]string{
	"xn--mnchen-3ya.example": "the office in Munich",
	"winter-sale.example":    "Marketing: let it expire",
	"example.org":            "Ask legal before it lapses",
	"old-brand.example":      `<b>C:\domains, reviewed by Zoë 👩‍💻` + "\n" + strings.Repeat("日本語ドメインの更新", 12) + strings.Repeat("Grüße & ", 30) + strings.Repeat("🌍", 40),
}

func expiryAccount() (options []fakeregistrar.Option) {
	for line := range strings.Lines(strings.TrimSpace(datedDomains)) {
		fields := strings.Fields(line)
		d := fakeregistrar.Domain{
			Name: fields[0], Account: account, AutoRenew: fields[2] == "true", Status: fields[3],
			CreatedAt: time.Date(2020, 3, 1, 9, 30, 0, 0, time.UTC),
		}
		if day, err := time.Parse(time.DateOnly, fields[1]); err == nil {
			d.ExpiresAt = day.Add(23 * time.Hour)
		}
		options = append(options, fakeregistrar.WithDomain(d))
	}
	return options
}

func writeCalendar(w *workspace) {
	var notes strings.Builder
	for name, note := range expiryNotes {
		fmt.Fprintf(&notes, "%q = %q\n", name, note)
	}
	w.write("notes.auto.tfvars", "notes = {\n"+notes.String()+"}\n")
	calendar, page := w.expiry()
	checkCalendar(w.t, calendar)
	checkPage(w.t, page)
	w.plan(0)
	w.browse()

	// A change to one domain changes only its event, and keeps the event's UID.
	w.fake.SetAutoRenew(account, "example.org", true)
	later, _ := w.expiry()
	was, is := strings.Split(calendar, "BEGIN:VEVENT"), strings.Split(later, "BEGIN:VEVENT")
	for i := range was {
		identity, _, _ := strings.Cut(was[i], "SUMMARY")
		if (was[i] != is[i]) != strings.Contains(was[i], "SUMMARY:example.org ") || !strings.HasPrefix(is[i], identity) {
			w.t.Errorf("turning auto-renew on for example.org changed the event %q to %q", was[i], is[i])
		}
	}
}

// expiry applies the example, and writes both files with the commands in the example's first comment.
func (w *workspace) expiry() (calendar, page string) {
	w.apply(0)
	w.script(0, w.commands())
	return w.content("domains.ics"), w.content("domains.html")
}

// commands returns the commands in the first comment of an example.
func (w *workspace) commands() (commands string) {
	w.t.Helper()
	for line := range strings.Lines(w.content("main.tf")) {
		if command, ok := strings.CutPrefix(line, "#   "); ok {
			commands += command
		}
	}
	return commands
}

func checkCalendar(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x01") {
			t.Errorf("line is too long (%d octets) or not UTF-8 text: %q", len(line), line)
		}
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got, uids := map[string]string{}, map[string]bool{}
	for _, e := range calendar.Events() {
		value := func(name ics.ComponentProperty) string { return e.GetProperty(name).Value }
		uids[e.Id()] = true
		got[value(ics.ComponentPropertySummary)] = strings.Join([]string{
			value(ics.ComponentPropertyDtStart), value(ics.ComponentPropertyDtstamp), value(ics.ComponentPropertySequence),
			e.Alarms()[0].GetProperty(ics.ComponentPropertyTrigger).Value, value(ics.ComponentPropertyDescription),
		}, " ")
	}
	if len(calendar.Events()) != 22 || len(uids) != 22 {
		t.Errorf("%d events with %d UIDs; want 22 of each", len(calendar.Events()), len(uids))
	}
	for summary, want := range map[string]string{
		"old-brand.example expires (auto-renew is off)": "20270901 20200301T093000Z 7 -P30D Turn auto-renew on or renew it manually before this date, or you lose it.\n" + expiryNotes["old-brand.example"],
		"münchen.example expires (auto-renew is on)":    "20270104 20200301T093000Z 7 -P14D Cloudflare tries to renew it in the 30 days before this date. If the date has not moved with 14 days left, check the payment method.\nxn--mnchen-3ya.example: the office in Munich",
		"retro-arcade.example has expired":              "20261102 20200301T093000Z 6 -P14D Auto-renew no longer applies. Renew or restore it manually.",
	} {
		if got[summary] != want {
			t.Errorf("%s: %q; want %q", summary, got[summary], want)
		}
	}
}

// external matches scripts and anything else that a browser would fetch or run.
var external = regexp.MustCompile(`<(script|link|img|iframe|object|base)|src=|href="[^#]| on\w+=|url\(|@import|https?:`)

// checkPage checks the text of the page, in order.
func checkPage(t *testing.T, text string) {
	t.Helper()
	if got := external.FindString(text); got != "" {
		t.Errorf("the page has %q", got)
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			words = append(words, n.Data)
		}
	}
	shown := strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	for _, want := range []string{
		"Domain expiry 22 domains, soonest first", "2 expired", "6 lapse : auto-renew is off", "14 renew : auto-renew is on",
		"November 2026 Mon 2 retro-arcade.example Expired", "Wed 18 summer-2026.example Expired", "December 2026 Thu 3 harbor-lights.example Renews",
		"Wed 9 winter-sale.example Marketing: let it expire Lapses", "Mon 21 example.org", "January 2027",
		"Mon 4 münchen.example xn--mnchen-3ya.example: the office in Munich Renews", "Thu 20 bücher.example xn--bcher-kva.example Renews", "Wed 1 old-brand.example <b>C:", "日本語", "Grüße & Grüße",
		"February 2028 Tue 29 willow.example Renews", "November 2031", "pending: just-bought.example",
	} {
		_, rest, ok := strings.Cut(shown, want)
		if !ok {
			t.Fatalf("the rest of the page doesn't contain %q:\n%s", want, shown)
		}
		shown = rest
	}
}

// frames shows the page at four widths; the screenshot shows the first two. Its script prints each frame's width,
// background, and number of overlapping chart labels.
const frames = `<body style="margin:0;display:flex"><style>iframe { flex: none; height: 830px; border: 0 }</style>
<iframe src="domains.html" style="width:860px;color-scheme:light"></iframe><iframe src="domains.html" style="width:390px;color-scheme:dark"></iframe>
<iframe src="domains.html" style="width:320px;color-scheme:light"></iframe><iframe src="domains.html" style="width:768px;color-scheme:dark"></iframe>
<p id="seen" hidden></p><script>onload = () => document.querySelectorAll("iframe").forEach(f => {
const d = f.contentDocument, style = e => f.contentWindow.getComputedStyle(e), labels = []
d.querySelectorAll(".bars em, .bars time, .bars small").forEach(e => {
	if (e.textContent === "" || style(e).visibility === "hidden") return
	const text = d.createRange()
	text.selectNodeContents(e)
	labels.push(text.getBoundingClientRect())
})
const overlaps = labels.filter((a, i) => labels.some((b, j) => i < j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom))
seen.append(d.documentElement.scrollWidth + " wide, " + style(d.body).backgroundColor + ", " + overlaps.length + " overlaps.") })</script>`

// browse opens the page in Chromium, if it is installed. With -update it also writes the screenshot in docs/.
func (w *workspace) browse() {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		w.t.Log("Chromium isn't installed: the page was parsed, but not rendered.")
		return
	}
	w.write("frames.html", frames)
	args := []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--allow-file-access-from-files", "--user-data-dir=" + w.t.TempDir(), "--dump-dom", "file://" + filepath.Join(w.dir, "frames.html"),
	}
	if picture, err := filepath.Abs("../../docs/images/expiry-calendar.png"); *update && err == nil {
		args = append(args, "--window-size=1250,830", "--screenshot="+picture)
	}
	const light, dark = " wide, rgb(245, 246, 248), 0 overlaps.", " wide, rgb(14, 17, 20), 0 overlaps."
	seen, err := exec.CommandContext(w.t.Context(), browser, args...).Output() //nolint:gosec // the installed browser
	if err != nil || !strings.Contains(string(seen), "860"+light+"390"+dark+"320"+light+"768"+dark) {
		w.t.Errorf("the page is too wide, or has overlapping labels or the wrong colors (%v):\n%s", err, seen)
	}
}
