// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command promcheck parses a metrics file and alert rules with Prometheus's own packages. It prints the samples, and
// then the alerts that fire at the given time:
//
//	promcheck domains.prom alerts.yml 2026-12-01T00:00:00Z
//
// It stands in for promtool, whose service discovery takes minutes to build.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/template"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: promcheck METRICS RULES TIME")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(metrics, rules, at string) error {
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return err
	}
	samples, err := parse(metrics, now)
	if err != nil {
		return err
	}
	for _, s := range samples {
		fmt.Printf("%s %.0f\n", s.Metric, float64(s.Value))
	}
	groups, errs := rulefmt.ParseFile(rules, false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.Default())
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for _, group := range groups.Groups {
		for _, rule := range group.Rules {
			if err := evaluate(rule, series(samples), now); err != nil {
				return fmt.Errorf("%s: %w", rule.Alert, err)
			}
		}
	}
	return nil
}

// parse returns the samples of a file in the text format, each family in the order of the file.
func parse(file string, now time.Time) (samples model.Vector, err error) {
	text, err := os.Open(file) //nolint:gosec // the file that the test names
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	textParser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := textParser.TextToMetricFamilies(text)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(families)) {
		if families[name].Help == nil || families[name].Type == nil {
			return nil, fmt.Errorf("%s has no HELP or no TYPE", name)
		}
		found, err := expfmt.ExtractSamples(&expfmt.DecodeOptions{Timestamp: model.TimeFromUnixNano(now.UnixNano())}, families[name])
		if err != nil {
			return nil, err
		}
		samples = append(samples, found...)
	}
	return samples, nil
}

// series is a storage with one sample in each series.
type series model.Vector

// Querier implements storage.Queryable.
func (s series) Querier(int64, int64) (storage.Querier, error) {
	return &storage.MockQuerier{SelectMockFunction: func(_ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
		set := &seriesSet{SeriesSet: storage.EmptySeriesSet()}
		for _, sample := range s {
			metric := metricOf(sample)
			if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(metric.Get(m.Name)) }) {
				points := []promql.FPoint{{T: int64(sample.Timestamp), F: float64(sample.Value)}}
				set.rest = append(set.rest, promql.NewStorageSeries(promql.Series{Metric: metric, Floats: points}))
			}
		}
		return set
	}}, nil
}

func metricOf(sample *model.Sample) labels.Labels {
	text := map[string]string{}
	for name, value := range sample.Metric {
		text[string(name)] = string(value)
	}
	return labels.FromMap(text)
}

// seriesSet takes Err and Warnings from an empty set.
type seriesSet struct {
	storage.SeriesSet
	at   storage.Series
	rest []storage.Series
}

// Next implements storage.SeriesSet.
func (s *seriesSet) Next() bool {
	if len(s.rest) == 0 {
		return false
	}
	s.at, s.rest = s.rest[0], s.rest[1:]
	return true
}

// At implements storage.SeriesSet.
func (s *seriesSet) At() storage.Series { return s.at }

// evaluate prints the alerts of a rule as Prometheus does: a series of ALERTS, and its annotations.
func evaluate(rule rulefmt.Rule, data series, now time.Time) error {
	if rule.For > 0 || rule.KeepFiringFor > 0 {
		return errors.New("promcheck evaluates rules at one time, so that it can't test for or keep_firing_for")
	}
	ctx := context.Background()
	engine := promql.NewEngine(promql.EngineOpts{MaxSamples: 1e6, Timeout: time.Minute, Parser: parser.NewParser(parser.Options{})})
	query, err := engine.NewInstantQuery(ctx, data, nil, rule.Expr, now)
	if err != nil {
		return err
	}
	defer query.Close()
	result := query.Exec(ctx)
	firing, err := result.Vector()
	if err != nil {
		return err
	}
	for _, alert := range firing {
		metric := model.Metric{"alertname": model.LabelValue(rule.Alert), "alertstate": "firing"}
		for _, added := range []map[string]string{alert.Metric.Map(), rule.Labels} {
			for name, value := range added {
				metric[model.LabelName(name)] = model.LabelValue(value)
			}
		}
		metric[model.MetricNameLabel] = "ALERTS"
		fmt.Println(metric)
		for _, name := range slices.Sorted(maps.Keys(rule.Annotations)) {
			text, err := expand(ctx, rule.Annotations[name], alert, now)
			if err != nil {
				return err
			}
			fmt.Printf("  %s: %s\n", name, text)
		}
	}
	return nil
}

// expand executes the template of an annotation, with the variables that Prometheus defines.
func expand(ctx context.Context, text string, alert promql.Sample, now time.Time) (string, error) {
	const variables = "{{$labels := .Labels}}{{$value := .Value}}"
	data := template.AlertTemplateData(alert.Metric.Map(), nil, "", alert)
	return template.NewTemplateExpander(ctx, variables+text, "annotation", data, model.TimeFromUnixNano(now.UnixNano()), nil, &url.URL{}, nil).Expand()
}
