// The Prometheus rules as the operator wants them: the same groups inside a PrometheusRule.
//   node localstack/microk8s/operator/rules.ts     writes prometheusrule.yaml
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const RULES = join(import.meta.dirname, '..', 'base', 'rules', 'rules.yaml');
export const PROMETHEUS_RULE = join(import.meta.dirname, 'prometheusrule.yaml');

export function prometheusRule(rules: string): string {
  const groups = rules
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`));
  return [
    '# Made from base/rules/rules.yaml by operator/rules.ts.',
    'apiVersion: monitoring.coreos.com/v1',
    'kind: PrometheusRule',
    'metadata:',
    '  name: readmit',
    '  labels: { release: kube-prom-stack }',
    'spec:',
    ...groups,
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(PROMETHEUS_RULE, prometheusRule(readFileSync(RULES, 'utf8')));
