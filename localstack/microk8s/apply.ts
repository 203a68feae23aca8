// npm run microk8s:apply: builds the exporter's image, brings it into MicroK8s, applies the manifests, waits until it runs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailure, LocalFailure } from '../failure.ts';
import { READMIT, ROOT } from '../paths.ts';
import { say } from '../progress.ts';
import { HELP, parseOverlayOptions, stageOverlay } from './overlay.ts';
import { type Command, firstThatRuns, run } from './tools.ts';

const IMAGE = 'readmit-exporter:0.1.0';

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) console.log(HELP);
  else apply(args);
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}

function apply(args: readonly string[]): void {
  const folder = stageOverlay(parseOverlayOptions(args));
  if (firstThatRuns([['microk8s']], ['status']) === null) {
    throw new LocalFailure('microk8s does not answer.', 'Install or start it, or look at npm run microk8s:render.');
  }
  const builder = firstThatRuns([['docker'], ['podman']], ['version']);
  if (builder === null) {
    throw new LocalFailure('Neither docker nor podman is there to build the image.', 'Install one of them.');
  }
  bringImage(builder);
  const kubectl: Command = ['microk8s', 'kubectl'];
  // Without the add-on there are no kinds ServiceMonitor and PrometheusRule.
  run(['microk8s', 'enable', 'observability']);
  say(run([...kubectl, 'apply', '-k', folder]));
  say(run([...kubectl, '-n', 'monitoring', 'rollout', 'status', 'deployment/readmit-exporter', '--timeout=180s']));
}

function bringImage(builder: Command): void {
  const archive = join(READMIT, 'microk8s', 'exporter.tar');
  mkdirSync(join(READMIT, 'microk8s'), { recursive: true });
  run([...builder, 'build', '-f', join(ROOT, 'localstack/microk8s/exporter/Dockerfile'), '-t', IMAGE, ROOT]);
  run([...builder, 'save', '-o', archive, IMAGE]);
  run(['microk8s', 'images', 'import', archive]);
}
