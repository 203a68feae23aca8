import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { rightsByFunction } from '../world/rights.ts';
import { conforms } from './conformance.ts';
import { Executions } from './executions.ts';
import { Multipart } from './multipart.ts';
import { ALL_RIGHTS, type ObjectRights, Objects } from './objects.ts';
import { answer, type Services } from './services.ts';
import { Tables } from './tables.ts';

function services(): Services {
  const now = () => 0;
  const objects = new Objects(now);
  const executions = new Executions(now, () => ({ result: Promise.resolve(null), abort: () => {} }));
  return { tables: new Tables(['table'], now), objects, multipart: new Multipart(objects), executions };
}

const usual = { stale: false, conflict: false };
const given = services();

describe('the in-memory services', () => {
  conforms(() => ({
    send: async (command) => answer(given, command, ALL_RIGHTS, usual),
    ...{ table: 'table', bucket: 'bucket', mark: 'unit' },
  }));
});

describe('a missing object in S3 in memory', () => {
  const status = (command: unknown, rights: ObjectRights) => {
    try {
      answer(services(), command, rights, usual);
    } catch (error) {
      if (error instanceof S3ServiceException) return [error.name, error.$metadata.httpStatusCode];
      throw error;
    }
    return null;
  };
  const Key = 'models/none';
  const unlisted = { read: ['models/'], write: ['models/'], list: false };

  it('looks forbidden to who may read but not list, as on AWS', () => {
    expect(status(new GetObjectCommand({ Bucket: 'b', Key }), unlisted)).toEqual(['AccessDenied', 403]);
    expect(status(new HeadObjectCommand({ Bucket: 'b', Key }), unlisted)?.[1]).toBe(403);
    expect(status(new ListObjectsV2Command({ Bucket: 'b' }), unlisted)).toEqual(['AccessDenied', 403]);
    expect(status(new GetObjectCommand({ Bucket: 'b', Key }), { ...unlisted, list: true })).toEqual(['NoSuchKey', 404]);
  });

  it('is out of reach outside of the prefixes that a role names', () => {
    expect(status(new PutObjectCommand({ Bucket: 'b', Key: 'raw/a', Body: '' }), unlisted)).toEqual([
      'AccessDenied',
      403,
    ]);
    const { Train } = rightsByFunction();
    const testRows = new GetObjectCommand({ Bucket: 'b', Key: 'clean/split=test/batch_id=1/part.parquet' });
    expect(Train && status(testRows, Train)).toEqual(['AccessDenied', 403]);
  });
});
