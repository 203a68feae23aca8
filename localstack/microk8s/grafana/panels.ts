// The kinds of panel that the dashboards are made of, each one line to use: a title, queries with legends, a unit.

import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** By legend: the PromQL expression. `{{label}}` in a legend becomes the label's value. */
export type Queries = Readonly<Record<string, string>>;

export interface Look {
  /** Grafana's unit id: short, s, reqps, percentunit, dateTimeFromNow ... */
  readonly unit?: string;
  readonly width?: number;
  readonly height?: number;
  readonly decimals?: number;
  readonly description?: string;
  /** The value from which on it turns red. */
  readonly bad?: number;
  /** Or below which it is red. */
  readonly badBelow?: number;
}

const DATASOURCE = { type: 'prometheus', uid: '$' + '{datasource}' };

export function dashboard(uid: string, title: string, description: string, panels: readonly Builder<Panel>[]) {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['readmit'])
    .timezone('browser')
    .readonly()
    .refresh('30s')
    .time({ from: 'now-6h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
  for (const panel of panels) builder.withPanel(panel);
  return builder.build();
}

export function stat(title: string, queries: Queries, look: Look = {}): Builder<Panel> {
  return dressed(new StatBuilder(), title, queries, { width: 4, height: 4, ...look }, true);
}

export function bars(title: string, queries: Queries, look: Look = {}): Builder<Panel> {
  return dressed(new BarGaugeBuilder().min(0), title, queries, { width: 12, height: 8, ...look }, true);
}

export function curves(title: string, queries: Queries, look: Look = {}): Builder<Panel> {
  const builder = new TimeseriesBuilder().fillOpacity(10).lineWidth(1);
  return dressed(builder, title, queries, { width: 12, height: 8, ...look }, false);
}

type Dressable = StatBuilder | BarGaugeBuilder | TimeseriesBuilder;

function dressed(builder: Dressable, title: string, queries: Queries, look: Look, instant: boolean): Builder<Panel> {
  builder
    .title(title)
    .datasource(DATASOURCE)
    .span(look.width ?? 12)
    .height(look.height ?? 8)
    .unit(look.unit ?? 'short')
    .targets(targets(queries, instant));
  if (look.decimals !== undefined) builder.decimals(look.decimals);
  if (look.description !== undefined) builder.description(look.description);
  if (look.bad !== undefined) builder.thresholds(steps('green', look.bad, 'red'));
  if (look.badBelow !== undefined) builder.thresholds(steps('red', look.badBelow, 'green'));
  return builder;
}

function targets(queries: Queries, instant: boolean): Builder<Dataquery>[] {
  return Object.entries(queries).map(([legend, expr], i) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode(65 + i))
      .expr(expr)
      .legendFormat(legend);
    return instant ? query.instant() : query.range();
  });
}

function steps(below: string, at: number, from: string): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: below },
    { value: at, color: from },
  ]);
}
