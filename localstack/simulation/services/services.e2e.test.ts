import { describe } from 'vitest';
import { stack } from '../../e2e/stack.ts';
import { conforms } from './conformance.ts';

const twin = stack('twin');
const mark = `${process.pid}-${Math.trunc(performance.timeOrigin)}`;

/** Each command goes to the client whose service it belongs to. */
function send(command: unknown): Promise<unknown> {
  const { dynamo, s3 } = twin.clients;
  const client: { send: (one: never) => Promise<unknown> } = isItem(command) ? dynamo : s3;
  return Reflect.apply(client.send, client, [command]);
}

const isItem = (command: unknown) => /Item|Query/.test(String(Object(command).constructor?.name));

describe('the local cloud', () => {
  conforms(() => ({ send, table: twin.outputs.MetricsTableName, bucket: twin.outputs.DataBucketName, mark }));
});
