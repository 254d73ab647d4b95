// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

// Command promcheck parses a metrics file and alert rules with Prometheus's own packages. It prints the samples, and
// then the alerts that fire at the given time:
//
//	promcheck domains.prom alerts.yml 2026-12-01T00:00:00Z
//
// It replaces promtool, whose service discovery takes minutes to build.
package main

import (
	"bytes"
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
	now, err := time.Parse(time.RFC3339, os.Args[3])
	if err == nil {
		err = check(os.Args[1], os.Args[2], now)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(metrics, rules string, now time.Time) error {
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
			if err := evaluate(rule, storageOf(samples), now); err != nil {
				return fmt.Errorf("%s: %w", rule.Alert, err)
			}
		}
	}
	return nil
}

// parse returns the samples of a file in the text format, ordered by metric.
func parse(file string, now time.Time) (samples model.Vector, err error) {
	text, err := os.ReadFile(file) //nolint:gosec // the caller chooses the file
	if err != nil {
		return nil, err
	}
	textParser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := textParser.TextToMetricFamilies(bytes.NewReader(text))
	for _, name := range slices.Sorted(maps.Keys(families)) {
		found, failed := expfmt.ExtractSamples(&expfmt.DecodeOptions{Timestamp: model.TimeFromUnixNano(now.UnixNano())}, families[name])
		samples, err = append(samples, found...), errors.Join(err, failed)
	}
	return samples, err
}

// storageOf returns storage with one series per sample.
func storageOf(samples model.Vector) storage.Queryable {
	find := func(_ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
		set := &seriesSet{SeriesSet: storage.EmptySeriesSet()}
		for _, sample := range samples {
			differs := func(m *labels.Matcher) bool { return !m.Matches(string(sample.Metric[model.LabelName(m.Name)])) }
			if slices.ContainsFunc(matchers, differs) {
				continue
			}
			builder := labels.NewBuilder(labels.EmptyLabels())
			for name, value := range sample.Metric {
				builder.Set(string(name), string(value))
			}
			points := []promql.FPoint{{T: int64(sample.Timestamp), F: float64(sample.Value)}}
			set.rest = append(set.rest, promql.NewStorageSeries(promql.Series{Metric: builder.Labels(), Floats: points}))
		}
		return set
	}
	return &storage.MockQueryable{MockQuerier: &storage.MockQuerier{SelectMockFunction: find}}
}

// seriesSet iterates over series. It embeds an empty set for Err and Warnings.
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

// evaluate prints the alerts of a rule as Prometheus exports them, with their annotations.
func evaluate(rule rulefmt.Rule, data storage.Queryable, now time.Time) error {
	if rule.For > 0 || rule.KeepFiringFor > 0 {
		return errors.New("promcheck evaluates only one point in time, so it doesn't support \"for\" or \"keep_firing_for\"")
	}
	ctx := context.Background()
	engine := promql.NewEngine(promql.EngineOpts{MaxSamples: 1e6, Timeout: time.Minute, Parser: parser.NewParser(parser.Options{})})
	query, err := engine.NewInstantQuery(ctx, data, nil, rule.Expr, now)
	if err != nil {
		return err
	}
	defer query.Close()
	firing, err := query.Exec(ctx).Vector()
	if err != nil {
		return err
	}
	for _, alert := range firing {
		metric := model.Metric{"alertname": model.LabelValue(rule.Alert), "alertstate": "firing"}
		for _, added := range []map[string]string{alert.Metric.Map(), rule.Labels, {model.MetricNameLabel: "ALERTS"}} {
			for name, value := range added {
				metric[model.LabelName(name)] = model.LabelValue(value)
			}
		}
		fmt.Println(metric)
		for _, name := range slices.Sorted(maps.Keys(rule.Annotations)) {
			// Prometheus defines these variables before each template.
			text := "{{$labels := .Labels}}{{$value := .Value}}" + rule.Annotations[name]
			data := template.AlertTemplateData(alert.Metric.Map(), nil, "", alert)
			expanded, err := template.NewTemplateExpander(ctx, text, name, data, model.TimeFromUnixNano(now.UnixNano()), nil, &url.URL{}, nil).Expand()
			if err != nil {
				return err
			}
			fmt.Printf("  %s: %s\n", name, expanded)
		}
	}
	return nil
}
