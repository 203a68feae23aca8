// Puts the simulated network in the place of the SDK's: the clients that lambdas/aws hands out send their commands to it.
import { dynamo, s3, sfn } from '../../../lambdas/aws/clients.ts';

/** @param send what becomes of a command; asked anew for each, since worlds follow each other in one thread */
export function attach(send: (command: unknown) => Promise<unknown>): void {
  for (const client of [s3(), dynamo(), sfn()]) Object.assign(client, { send });
}
