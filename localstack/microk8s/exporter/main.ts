// The exporter's process: settings from the environment, one server, a clean end.
//   HOST (127.0.0.1), PORT (9108), CACHE_SECONDS (10), and what the functions get: AWS_ENDPOINT_URL, DATA_BUCKET, ...
import { z } from 'zod';
import { readSnapshot } from '../../../lambdas/api/metrics/snapshot.ts';
import { startExporter } from './server.ts';

const settings = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(9108),
    CACHE_SECONDS: z.coerce.number().min(0).max(300).default(10),
    READ_TIMEOUT_SECONDS: z.coerce.number().min(1).max(60).default(8),
  })
  .parse(process.env);

const exporter = await startExporter({
  host: settings.HOST,
  port: settings.PORT,
  cacheMs: settings.CACHE_SECONDS * 1000,
  timeoutMs: settings.READ_TIMEOUT_SECONDS * 1000,
  read: readSnapshot,
});
console.log(`exporting on ${exporter.url}/metrics`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => exporter.stop());
