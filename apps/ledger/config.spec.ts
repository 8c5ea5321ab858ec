import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { BadConfig, readConfig } from '#apps/ledger/config';

describe('the configuration', () => {
  it('has a safe default for everything', () => {
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      PUBLIC_READS: false,
      PUBLIC_METRICS: false,
    });
  });

  it('takes what is set, as numbers and flags, and nothing it does not know', () => {
    const config = readConfig({ PORT: '0', PUBLIC_READS: 'true', HOST: '', HOME: '/root' });
    expect(config).toMatchObject({ PORT: 0, PUBLIC_READS: true, HOST: '127.0.0.1' });
    expect(config).not.toHaveProperty('HOME');
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80x'],
    ['PORT', '-1'],
    ['PUBLIC_READS', 'yes'],
    ['LEDGER_URL', 'postgres://x'],
    ['LEDGER_NAME', 'two words'],
    ['LOG_LEVEL', 'loud'],
    ['BODY_LIMIT', '100000000'],
  ])('stops the start with one line that names %s=%s', (name, value) => {
    const start = () => readConfig({ [name]: value });
    expect(start).toThrow(BadConfig);
    expect(start).toThrow(name);
    expect(start).not.toThrow('\n');
  });
});
