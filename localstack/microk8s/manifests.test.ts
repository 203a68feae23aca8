import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { DASHBOARDS, dashboardJson, FOLDER } from './grafana/dashboards.ts';
import { KUBERNETES_VALIDATE, KUSTOMIZE, PROMTOOL } from './installed.ts';
import { type Manifest, manifestsOf } from './manifests.ts';
import { PROMETHEUS_RULE, prometheusRule, RULES } from './operator/rules.ts';
import { OVERLAYS } from './overlay.ts';

const folder = mkdtempSync(join(tmpdir(), 'readmit-manifests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
};

test('the committed dashboards are what the generator gives', () => {
  const names = Object.keys(DASHBOARDS).map((name) => `${name}.json`);
  expect(readdirSync(FOLDER).sort()).toEqual(names.sort());
  for (const [name, dashboard] of Object.entries(DASHBOARDS)) {
    expect(readFileSync(join(FOLDER, `${name}.json`), 'utf8')).toBe(dashboardJson(dashboard));
  }
});

test("the operator's PrometheusRule holds the committed rules", () => {
  expect(readFileSync(PROMETHEUS_RULE, 'utf8')).toBe(prometheusRule(readFileSync(RULES, 'utf8')));
});

test('every alert says what is wrong, how grave it is and what to do', () => {
  const alerts = readFileSync(RULES, 'utf8').split('- alert: ').slice(1);
  expect(alerts.length).toBeGreaterThanOrEqual(7);
  for (const alert of alerts) {
    expect(alert).toMatch(/severity: (critical|warning)/);
    expect(alert).toMatch(/summary: ./);
    expect(alert).toMatch(/runbook: .{30}/);
  }
});

describe.skipIf(!PROMTOOL)('rules (needs promtool)', () => {
  test('promtool check rules', () => {
    expect(run('promtool', 'check', 'rules', RULES)).toMatchObject({ status: 0 });
  });

  test('promtool test rules: alerts fire when they should and stay silent when not', () => {
    const { status, text } = run('promtool', 'test', 'rules', RULES.replace('rules.yaml', 'rules.test.yaml'));
    expect({ status, text }).toMatchObject({ status: 0 });
  });
});

describe.skipIf(!KUSTOMIZE).each(OVERLAYS)('overlay %s (needs kustomize)', (overlay) => {
  const build = () => run('kustomize', 'build', join(import.meta.dirname, 'overlays', overlay));

  test('renders what runs as nobody, within limits, behind a network policy', () => {
    const { status, text } = build();
    expect(status).toBe(0);
    for (const line of [
      'kind: NetworkPolicy',
      'kind: ServiceMonitor',
      'kind: PrometheusRule',
      'runAsNonRoot: true',
      'readOnlyRootFilesystem: true',
      'memory: 256Mi',
      'path: /readyz',
      'grafana_dashboard: "1"',
    ]) {
      expect(text).toContain(line);
    }
  });

  test('renders the same without kustomize, but for the hashes in generated names', () => {
    const withoutHash = (text: string) =>
      text
        .replace(/(readmit-exporter(?:-credentials)?)-[a-z0-9]{10}$/gm, '$1')
        .replace(/^ *creationTimestamp: null\n/gm, '');
    const byName = (manifests: readonly Manifest[]) =>
      Object.fromEntries(manifests.map((manifest) => [`${manifest.kind}/${manifest.metadata.name}`, manifest]));
    const built = parseAllDocuments(withoutHash(build().text)).map((document) => document.toJS());
    expect(byName(manifestsOf(join(import.meta.dirname, 'overlays', overlay)))).toEqual(byName(built));
  });

  test.skipIf(!KUBERNETES_VALIDATE)('fits the schemas of Kubernetes (needs kubernetes-validate)', () => {
    const file = join(folder, `${overlay}.yaml`);
    writeFileSync(file, build().text);
    const { status, text } = run('kubernetes-validate', '--strict', file);
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(text).toContain('deployment/readmit-exporter');
  });
});
