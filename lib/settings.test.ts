import { describe, expect, it } from 'vitest';
import { parseSettings, SettingsError } from './settings.ts';

const mac = { os: 'darwin', cpu: 'arm64', cores: 8 };
const settings = (context: Readonly<Record<string, unknown>> = {}) => parseSettings((key) => context[key], mac);

describe('the settings', () => {
  it('are closed and for AWS by default', () => {
    expect(settings()).toMatchObject({
      environment: 'dev',
      offline: false,
      auth: 'token',
      arch: 'x86_64',
      platform: { os: 'linux', cpu: 'x64' },
      startOnUpload: false,
      cleanMap: 'inline',
      schedule: undefined,
    });
  });

  it('offline follow the host, and let anyone on it read and predict', () => {
    expect(settings({ offline: 'true' })).toMatchObject({
      auth: 'open',
      arch: 'arm64',
      platform: { os: 'darwin', cpu: 'arm64' },
      concurrency: { clean: 8, train: 8 },
      trainingThreads: 1,
    });
    expect(settings({ offline: 'true', auth: 'token' }).auth).toBe('token');
  });

  it('share the host among trainings offline, and leave each its own cores on AWS', () => {
    expect(settings({ offline: true, concurrency: { train: 2 } }).trainingThreads).toBe(4);
    expect(settings({ offline: true, concurrency: { train: 20 } }).trainingThreads).toBe(1);
    expect(settings({ concurrency: { train: 2 } }).trainingThreads).toBeUndefined();
  });

  it('bundle for the processor that the functions run on', () => {
    expect(settings({ arch: 'arm64' }).platform).toEqual({ os: 'linux', cpu: 'arm64' });
  });

  it('read the same from cdk.json and from -c options', () => {
    const schedule = { expression: 'rate(1 day)', source: 'incoming/today.csv' };
    expect(settings({ schedule, memory: { Train: 5000 } })).toEqual(
      settings({ schedule: JSON.stringify(schedule), memory: '{"Train": 5000}' }),
    );
  });

  it.each([
    ['environment', 'Production!'],
    ['arch', 'sparc'],
    ['memory', '{"Trian": 4000}'],
    ['memory', '{"Train": 64}'],
    ['memory', '{Train'],
    ['schedule', '{"expression": "daily", "source": "incoming/x"}'],
    ['logRetentionDays', '31'],
    ['startOnUpload', 'perhaps'],
  ])('refuse %s=%s with its name', (key, value) => {
    expect(() => settings({ [key]: value })).toThrow(SettingsError);
    expect(() => settings({ [key]: value })).toThrow(key);
  });
});
