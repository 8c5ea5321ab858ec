import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidV7 } from 'uuid';
import { operator } from '#apps/cli/demo/parties';
import { openLedger } from '#libs/ledger/ledger';
import { openStore } from '#libs/store/open-store';
import { runCli } from '#test/support/cli-in-process';

const folder = mkdtempSync(join(tmpdir(), 'adamant-document-'));
const data = join(folder, 'demo');
const place = ['--data', data];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  await runCli(['demo', ...place]);
  const store = await openStore(`sqlite:${join(data, 'ledger.db')}`, {
    ledger: 'adamant.local/ledger',
  });
  const now = new Date().toISOString();
  const meta = { id: uuidV7(), by: operator, roles: ['operator'], now } as const;
  const lines = ['ул. 50 лет Октября', 'Якутск'];
  await openLedger(store, () => now).execute({
    category: 'party',
    id: 'alrosa',
    command: {
      type: 'DeclareAddress',
      partyId: 'alrosa',
      lines,
      meta: { ...meta, at: { time: now, precision: 'instant' } },
    },
  });
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const document = (...words: readonly string[]) => runCli(['document', ...words, ...place]);

async function refused(code: number, ...words: readonly string[]) {
  const ran = await document(...words);
  expect(ran).toMatchObject({ code, out: '' });
  return /^error: ([\w-]+): /.exec(ran.err.at(-1) ?? '')?.[1];
}

describe('adamant document', () => {
  const report = ['history-report', 'new-sun', '--on', '2099-01-01'];

  it('writes a PDF, the same bytes for the same question', async () => {
    const first = await document(...report, '-o', file('1.pdf'));
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err.at(-1)).toContain('wrote History of dawn.1 (New Sun, Новое Солнце)');
    await document(...report, '-o', file('2.pdf'));
    const bytes = readFileSync(file('1.pdf'));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(Buffer.compare(bytes, readFileSync(file('2.pdf')))).toBe(0);
  });

  it('prints the same data as JSON, with the position it stands on', async () => {
    const { out } = await document(...report, '--json');
    expect(JSON.parse(out)).toMatchObject({
      title: 'History of dawn.1 (New Sun, Новое Солнце)',
      standing: { ledger: 'adamant.local/ledger', position: '66', on: '2099-01-01' },
    });
    const past = await document('history-report', 'dawn', '--known-at', '9', '--json');
    const { standing, facts } = JSON.parse(past.out) as {
      standing: { position: string };
      facts: { steps: readonly unknown[] };
    };
    expect(standing.position).toBe('9');
    expect(facts.steps).toHaveLength(3);
  });

  it('hands out no statement that the record does not carry', async () => {
    const statement = ['us-self-certification', 'new-sun', '--on', '2099-01-01', '--json'];
    expect(await refused(1, ...statement, '--issuer', 'graff')).toBe('no-letterhead');
    const { err } = await document(...statement, '--issuer', 'graff');
    expect(err.at(-1)).toContain('graff had declared no address for its letterhead by 2099-01-01');
    expect(await refused(1, ...statement, '--issuer', 'alrosa')).toBe('statement-untrue');
    expect(await refused(1, 'warranty-statement', 'new-sun', '--json')).toBe('no-warranty');
  });

  it('says what is wrong with a question', async () => {
    expect(await refused(2, 'birth-certificate', 'new-sun', '--json')).toBe('usage');
    expect(await refused(2, 'history-report', 'new-sun')).toBe('usage');
    expect(await refused(2, 'history-report', 'new-sun', '--json', '--on', 'today')).toBe('usage');
    expect(await refused(1, 'history-report', 'Cullinan', '--json')).toBe('not-found');
  });
});
