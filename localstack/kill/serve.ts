// The process that a kill test kills: the local cloud, the deployed stack and the gateway, as npm start runs them.
//   node localstack/kill/serve.ts FOLDER ENGINE_PORT GATEWAY_PORT
// Prints a line of JSON when it serves; a line on its input saves.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { clientsFor } from '../clients.ts';
import { deploy } from '../deploy.ts';
import { startEngine } from '../engine/engine.ts';
import { startGateway } from '../gateway/gateway.ts';
import { paths } from '../paths.ts';

const [folder = '', enginePort = '', gatewayPort = ''] = process.argv.slice(2);
const home = join(folder, 'cloud');
const log = join(folder, 'cloud.log');
const engine = await startEngine({ venv: paths.venv, home, port: Number(enginePort), log, nice: 0 });
const clients = clientsFor(engine.endpoint, engine.credentials);
const { outputs, fresh } = await deploy({ clients, home, owned: true, log: join(folder, 'deploy.log') });
const gateway = await startGateway({
  ...{ endpoint: engine.endpoint, credentials: engine.credentials, apiId: outputs.ApiId, port: Number(gatewayPort) },
  codeDirectory: join(folder, 'code'),
});
const { endpoint, pid, recovered } = engine;
console.log(JSON.stringify({ endpoint, engine: pid, recovered, fresh, url: gateway.url, outputs }));

for await (const line of createInterface({ input: process.stdin })) if (line === 'save') await engine.save();
await gateway.stop();
await engine.stop();
process.exit(0);
