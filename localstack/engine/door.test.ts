// Who tries to come into the local cloud, and who does. Each refusal here was an open door of the engine by itself.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsFor } from '../clients.ts';
import { type Engine, startEngine } from './engine.ts';
import { keyFiles, readKey } from './key.ts';
import { freePort } from './ports.ts';

const venv = join(import.meta.dirname, '..', '..', '.readmit', 'engine');
/** A user whom nobody's files belong to. */
const NOBODY = 65_534;

describe.skipIf(!existsSync(venv))('the door of the local cloud', () => {
  let home = '';
  let engine: Engine;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'readmit-door-'));
    engine = await startEngine({ venv, home, port: await freePort(), log: join(home, 'engine.log') });
    await ours().s3.send(new CreateBucketCommand({ Bucket: 'patients' }));
    await ours().s3.send(new PutObjectCommand({ Bucket: 'patients', Key: 'rows.csv', Body: 'a,b' }));
  }, 60_000);
  afterAll(async () => {
    await engine?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);
  const ours = () => clientsFor(engine.endpoint, engine.credentials);
  const ask = (path: string, headers: Record<string, string> = {}, body = '') =>
    send(engine.endpoint, path, headers, body);

  /** As an SDK signs it, for whatever is then done to it. */
  async function signed(): Promise<{ path: string; headers: Record<string, string>; body: string }> {
    let seen: { path: string; headers: Record<string, string>; body: string } | undefined;
    const { dynamo } = ours();
    dynamo.middlewareStack.add(
      (next) => (args) => {
        const { path, headers, body } = Object(args.request);
        const { 'content-length': _, ...given } = headers;
        seen = { path, headers: given, body };
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await dynamo.send(new ListTablesCommand({}));
    if (seen === undefined) throw new Error('nothing was signed');
    return seen;
  }

  it('lets in what is signed with its key, sent again as it was too', async () => {
    expect((await ours().s3.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
    const { path, headers, body } = await signed();
    expect((await ask(path, headers, body)).status).toBe(200);
  });

  it.each([
    ['lists buckets', '/', {}],
    ['reads an object', '/patients/rows.csv', {}],
    ['reads through an old signature', '/patients/rows.csv', { authorization: 'AWS test:c2lnbmF0dXJl' }],
    ['uses an API', '/restapis/abc/v1/_user_request_/predict', {}],
    ['empties the cloud', '/_ministack/reset', {}],
    ['fetches the code of a function', '/_ministack/lambda-code/000000000000/us-east-1/predict?key=0', {}],
    ['creates a function', '/2015-03-31/functions', { 'content-type': 'application/json' }],
    ['starts an execution', '/', { 'x-amz-target': 'AWSStepFunctions.StartExecution' }],
    ['signs as anyone', '/', { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request' }],
  ])('refuses without a signature who %s', async (_, path, headers) => {
    expect((await ask(path, headers)).status).toBe(403);
    expect((await ask(path, headers, '{}')).status).toBe(403);
  });

  it.each([
    { accessKeyId: 'test', secretAccessKey: 'test' },
    { accessKeyId: '000000000000', secretAccessKey: 'test' },
    { accessKeyId: 'readmit', secretAccessKey: '0'.repeat(64) },
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  ])('refuses the key $accessKeyId of another secret, and says where the right one is', async (credentials) => {
    const { s3, dynamo } = clientsFor(engine.endpoint, credentials);
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toThrow(/npm run token -- --aws-env/);
    await expect(dynamo.send(new ListTablesCommand({}))).rejects.toThrow(/npm run token -- --aws-env/);
  });

  it('refuses what was changed after it was signed', async () => {
    const { path, headers, body } = await signed();
    expect((await ask(path, headers, `${body} `)).status).toBe(403);
    expect((await ask(path, { ...headers, 'x-amz-target': 'DynamoDB_20120810.DeleteTable' }, body)).status).toBe(403);
    expect((await ask(`${path}?x=1`, headers, body)).status).toBe(403);
  });

  it.each(['evil.example', 'evil.example:4566', 'localhost.evil.example', 'patients.localhost', '127.0.0.2'])(
    'refuses the host "%s", even signed',
    async (host) => {
      const { path, headers, body } = await signed();
      expect((await ask(path, { ...headers, host }, body)).status).not.toBe(200);
    },
  );

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:8000' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ])('refuses a browser that sends %o, even signed', async (browser) => {
    const { path, headers, body } = await signed();
    expect((await ask(path, { ...headers, ...browser }, body)).status).toBe(403);
    expect((await ask('/_ministack/ready', browser)).status).toBe(403);
  });

  it('allows no page to read an answer', async () => {
    const { path, headers, body } = await signed();
    const answers = [await ask(path, headers, body), await ask('/'), await ask('/_ministack/ready')];
    for (const { headers: given } of answers) {
      expect(Object.keys(given).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it.skipIf(process.getuid?.() !== 0)('shows its key to no other user of the machine', async () => {
    const key = readKey(home)?.credentials.secretAccessKey ?? '';
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const files = [keyFiles(home).credentials, `/proc/${engine.pid}/environ`, join(home, 'state'), home];
    for (const file of files) {
      await expect(promisify(execFile)('ls', ['-l', `${file}/`], { uid: NOBODY, gid: NOBODY })).rejects.toThrow();
      await expect(promisify(execFile)('cat', [file], { uid: NOBODY, gid: NOBODY })).rejects.toThrow(
        /denied|directory/,
      );
    }
    const { stdout } = await promisify(execFile)('cat', [`/proc/${engine.pid}/cmdline`], { uid: NOBODY, gid: NOBODY });
    expect(stdout).not.toContain(key);
    const curl = ['-s', '-o', '/dev/null', '-w', '%{http_code}', `${engine.endpoint}/patients/rows.csv`];
    expect((await promisify(execFile)('curl', curl, { uid: NOBODY, gid: NOBODY })).stdout).toBe('403');
  });

  it('keeps its files for its user, and its key for as long as it runs', async () => {
    const { credentials, config } = keyFiles(home);
    for (const file of [credentials, config]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    const other = mkdtempSync(join(tmpdir(), 'readmit-door-'));
    const next = await startEngine({ venv, home: other, port: await freePort(), log: join(other, 'engine.log') });
    expect(readKey(other)).toEqual({ endpoint: next.endpoint, credentials: next.credentials });
    expect(next.credentials.secretAccessKey).not.toBe(engine.credentials.secretAccessKey);
    await expect(clientsFor(next.endpoint, engine.credentials).s3.send(new ListBucketsCommand({}))).rejects.toThrow();
    await next.stop();
    expect(readKey(other)).toBeNull();
    expect(readFileSync(join(other, 'engine.log'), 'utf8')).not.toContain(next.credentials.secretAccessKey);
    rmSync(other, { recursive: true, force: true });
  });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** POST with a body, GET without; all headers as given, which fetch would not do. */
function send(base: string, path: string, headers: Record<string, string>, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === '' ? 'GET' : 'POST';
    const sent = request(`${base}${path}`, { method, headers }, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
