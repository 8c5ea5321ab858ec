import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runCli } from '#test/support/cli-in-process';

const folder = mkdtempSync(join(tmpdir(), 'adamant-party-'));
const place = ['--data', join(folder, 'house')];
const register = (id: string, role: string) => [
  'party',
  'register',
  id,
  '--name',
  id.toUpperCase(),
  '--country',
  'BE',
  '--role',
  role,
  ...place,
];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refused(...words: readonly string[]) {
  const { code, err } = await runCli(words);
  expect(code).toBe(1);
  expect(err).toHaveLength(1);
  return /^error: ([\w-]+): /.exec(err[0] ?? '')?.[1];
}

describe('a ledger of one’s own', () => {
  it('begins with its operator', async () => {
    expect(await refused(...register('broker', 'dealer'))).toBe('no-operator');
    expect(await runCli(register('house', 'operator'))).toMatchObject({
      code: 0,
      out: 'registered house as operator',
    });
  });

  it('lets the operator register others and say what they may do', async () => {
    expect((await runCli(register('broker', 'dealer'))).code).toBe(0);
    expect((await runCli(['party', 'grant', 'broker', 'cutter', ...place])).code).toBe(0);
    const withdraw = ['party', 'withdraw', 'broker', 'dealer', '--reason', 'retired', ...place];
    expect((await runCli(withdraw)).code).toBe(0);
    expect((await runCli(['party', 'list', ...place])).out).toMatch(
      /^broker {2}BROKER \(BE\) {2}cutter since \d{4}-\d\d-\d\d \d\d:\d\d UTC$/m,
    );
  });

  it('refuses what the trade refuses', async () => {
    expect(await refused(...register('broker', 'dealer'))).toBe('already-exists');
    expect(await refused('party', 'grant', 'nobody', 'dealer', ...place)).toBe('unknown-party');
    expect(await refused('party', 'grant', 'broker', 'cutter', ...place)).toBe('role-held');
    expect(await refused('party', 'grant', 'house', 'dealer', '--as', 'broker', ...place)).toBe(
      'role-needed',
    );
    expect(await refused('party', 'grant', 'house', 'dealer', '--as', 'ghost', ...place)).toBe(
      'unknown-party',
    );
  });

  it('shows a key once and keeps only its hash', async () => {
    const made = await runCli(['key', 'create', 'broker', '--role', 'cutter', ...place]);
    const [, keyId = ''] = /^adm_([0-9a-f]{16})_[\w-]{43}$/.exec(made.out) ?? [];
    const listed = await runCli(['key', 'list', 'broker', ...place]);
    expect(listed.out).toContain(`${keyId}  cutter  since `);
    expect(listed.out).not.toContain(made.out);
    expect((await runCli(['key', 'list', 'broker', '--json', ...place])).out).not.toMatch(/sha256/);
    expect((await runCli(['key', 'revoke', 'broker', keyId, ...place])).code).toBe(0);
    expect((await runCli(['key', 'list', 'broker', ...place])).out).toContain(', revoked ');
    expect(await refused('key', 'revoke', 'broker', keyId, ...place)).toBe('key-revoked');
  });

  it('gives no key for what the party may not do', async () => {
    expect(await refused('key', 'create', 'broker', '--role', 'operator', ...place)).toBe(
      'role-not-held',
    );
  });
});

describe('a service that holds the ledger', () => {
  const remote = [...register('late', 'dealer'), '--url', 'http://127.0.0.1:9'];

  it('is asked only with a key', async () => {
    expect(await refused(...remote)).toBe('key-needed');
  });

  it('may not be there', async () => {
    expect(await refused(...remote, '--key', 'adm_x')).toBe('unreachable');
  });
});
