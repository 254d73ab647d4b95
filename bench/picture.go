// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
)

// picture is panels above each other, with one axis across. Both axes are logarithmic: what is
// looked at spans orders of magnitude.
type picture struct {
	Across string
	Panels []panel
}

type panel struct {
	Title  string
	Curves []curve
}

type curve struct {
	Name string
	X, Y []float64
}

func (c *curve) add(x, y float64) { c.X, c.Y = append(c.X, x), append(c.Y, y) }

// The measures of a picture, in its own units.
const (
	panelWidth, panelHeight = 560, 260
	marginLeft, marginTop   = 60, 40
	legendWidth             = 330
)

// colours tell curves apart, also for those who see no red or no green.
func colours() []string {
	return []string{"#000000", "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999933", "#777777"}
}

func (p picture) svg() string {
	width, height := marginLeft+panelWidth+legendWidth, len(p.Panels)*(panelHeight+2*marginTop)
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&out, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	for i, panel := range p.Panels {
		fmt.Fprintf(&out, `<g transform="translate(%d,%d)">`+"\n", marginLeft, marginTop+i*(panelHeight+2*marginTop))
		panel.draw(&out, p.Across)
		out.WriteString("</g>\n")
	}
	out.WriteString("</svg>\n")
	return out.String()
}

func (p panel) draw(out *strings.Builder, across string) {
	var xs, ys []float64
	for _, c := range p.Curves {
		xs, ys = append(xs, c.X...), append(ys, c.Y...)
	}
	x, y := newAxis(xs, 0, panelWidth), newAxis(ys, panelHeight, 0)
	fmt.Fprintf(out, `<text y="-12" font-weight="bold">%s</text>`+"\n", html.EscapeString(p.Title))
	fmt.Fprintf(out, `<text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", panelWidth, panelHeight+32, html.EscapeString(across))
	for _, tick := range x.ticks() {
		fmt.Fprintf(out, `<path d="M%.1f 0V%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n", x.at(tick), panelHeight, x.at(tick), panelHeight+16, tick)
	}
	for _, tick := range y.ticks() {
		fmt.Fprintf(out, `<path d="M0 %.1fH%d" stroke="#ddd"/><text x="-6" y="%.1f" text-anchor="end">%g</text>`+"\n", y.at(tick), panelWidth, y.at(tick)+4, tick)
	}
	for i := range p.Curves {
		p.Curves[i].draw(out, x, y, colours()[i%len(colours())], i)
	}
}

// draw draws a curve and its line in the legend. The first is ours, and thicker.
func (c *curve) draw(out *strings.Builder, x, y axis, colour string, place int) {
	var points []string
	for i := range c.X {
		points = append(points, fmt.Sprintf("%.1f,%.1f", x.at(c.X[i]), y.at(c.Y[i])))
	}
	thick := 1.5
	if place == 0 {
		thick = 3
	}
	fmt.Fprintf(out, `<polyline points="%s" fill="none" stroke="%s" stroke-width="%.1f"/>`+"\n", strings.Join(points, " "), colour, thick)
	fmt.Fprintf(out, `<text x="%d" y="%d" fill="%s">%s</text>`+"\n", panelWidth+14, 14+18*place, colour, html.EscapeString(c.Name))
}

// axis maps values to places.
type axis struct{ least, most, from, to float64 }

// newAxis spans the values. Zero has no place on it and is drawn at its end.
func newAxis(values []float64, from, to float64) axis {
	positive := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v <= 0 })
	return axis{math.Floor(math.Log10(slices.Min(positive))), math.Ceil(math.Log10(slices.Max(positive))), from, to}
}

func (a axis) at(value float64) float64 {
	share := (math.Log10(max(value, math.Pow(10, a.least))) - a.least) / (a.most - a.least)
	return a.from + share*(a.to-a.from)
}

// ticks are the powers of ten.
func (a axis) ticks() []float64 {
	var ticks []float64
	for power := a.least; power <= a.most; power++ {
		ticks = append(ticks, math.Pow(10, power))
	}
	return ticks
}
