// npm run microk8s:render: prints all manifests of an overlay, with the names of the deployed stack.
import { describeFailure } from '../failure.ts';
import { renderManifests } from './manifests.ts';
import { HELP, parseOverlayOptions, stageOverlay } from './overlay.ts';

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) console.log(HELP);
  else process.stdout.write(renderManifests(stageOverlay(parseOverlayOptions(args))));
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
