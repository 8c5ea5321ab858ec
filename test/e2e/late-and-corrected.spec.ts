import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuidV7 } from 'uuid';
import type { When } from '#events/event';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { Client } from '#test/e2e/client';
import { serve } from '#test/e2e/service';
import type { Service } from '#test/e2e/service';
import { runCli } from '#test/support/cli-in-process';

const day = (time: string): When => ({ time, precision: 'day' });
const slip = { type: 'slip', sha256: 'ab'.repeat(32) };
const mct = (weight: number, qualifier = 'eq') => ({ mct: weight, qualifier, basis: 'weighed' });

/** What was said of one stone, a thing a day: the act, when it happened, when it was recorded. */
const told: readonly (readonly [recorded: string, at: When, said: object])[] = [
  [
    '2027-01-10',
    { time: '2025-03', precision: 'month' },
    { type: 'RecoverRough', mineId: 'bw-karowe', weight: mct(12_000, 'gt') },
  ],
  ['2027-01-11', day('2025-05-02'), { type: 'NameStone', name: 'Alpha' }],
  ['2027-01-12', day('2027-01-12'), corrected(1, 'data.name', 'Beta')],
  ['2027-01-13', day('2027-01-13'), corrected(1, 'data.name', 'Gamma')],
  ['2027-01-14', day('2027-01-14'), annulled(3)],
  ['2027-01-15', day('2027-01-15'), annulled(2)],
  ['2027-01-16', day('2025-06-01'), { type: 'ReleaseCustody', to: 'graff', purpose: 'sale' }],
  ['2027-01-17', day('2027-01-17'), corrected(1, 'at', day('2025-04-20'))],
  ['2027-01-18', day('2027-01-18'), corrected(0, 'at', { time: '2025', precision: 'year' })],
  ['2027-01-19', day('2027-01-19'), corrected(0, 'data.weight', mct(12_500))],
  ['2027-01-20', day('2027-01-20'), annulled(1)],
];

function corrected(target: number, field: string, to: unknown) {
  return { type: 'CorrectRecord', target, changes: [{ field, to }], reason: 'misread' };
}

function annulled(target: number) {
  return { type: 'AnnulEvent', target, reason: 'not so' };
}

/** The calendar alone is the test's: whoever waits waits as ever. */
function begin(moment: string): void {
  const waiting = ['hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const;
  const timers = ['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const;
  const doNotFake = [...waiting, ...timers, 'setTimeout', 'clearTimeout'] as const;
  jest.useFakeTimers({ now: new Date(moment), doNotFake: [...doNotFake] });
}

describe('what came late, was corrected and corrected again, or annulled', () => {
  let service: Service;
  let mine: Client;
  let folder = '';
  /** The position of each thing that was told. */
  const at: string[] = [];

  beforeAll(async () => {
    begin('2027-01-09T09:00:00Z');
    folder = await mkdtemp(join(tmpdir(), 'adamant-late-'));
    service = await serve({
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
      VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
    });
    mine = await service.party('karowe', ['producer', 'dealer']);
    await service.party('graff', ['dealer']);
    let now = '';
    const { execute } = openLedger(service.running.parts.store, () => now);
    for (const [recorded, when, said] of told) {
      now = `${recorded}T09:00:00.000Z`;
      const around = { id: uuidV7(), by: 'karowe', roles: ['producer', 'dealer'], now };
      const command = { ...said, meta: { ...around, at: when, documents: [slip] } };
      await execute({ category: 'stone', id: 'late', command } as unknown as LedgerCommand);
      at.push(String(await service.end()));
    }
    await service.ready();
    jest.setSystemTime(new Date('2027-02-01T09:00:00Z'));
  });
  afterAll(async () => {
    jest.useRealTimers();
    await service.close();
    await rm(folder, { recursive: true });
  });

  const place = () => ['--data', folder, '--ledger-name', 'adamant.test/ledger'];

  /** The stone as both surfaces show it, which must be the same; null where it was not there. */
  async function state(known: string | undefined, valid?: string) {
    const query = new URLSearchParams({
      ...(known !== undefined && { 'known-at': known }),
      ...(valid !== undefined && { 'valid-at': valid }),
      'at-least': String(await service.end()),
    });
    const { status, body } = await mine.get(`/v1/stones/late?${String(query)}`);
    const words = [
      ...(known === undefined ? [] : ['--known-at', known]),
      ...(valid === undefined ? [] : ['--valid-at', valid]),
    ];
    const { code, out, err } = await runCli(['state', 'late', '--json', ...words, ...place()]);
    if (status === 404) {
      expect([code, err.at(-1)]).toEqual([1, expect.stringContaining('not-yet')]);
      return null;
    }
    const { card, custody } = JSON.parse(out);
    expect([code, card.names, custody.released_to, card.mct]).toEqual([
      0,
      body.names,
      body.custody.releasedTo,
      body.weight.mct,
    ]);
    const { names, custody: held, weight } = body;
    return { names, to: held.releasedTo, weight: `${weight.qualifier} ${weight.mct}` };
  }

  const named = async (known: string, valid?: string) => (await state(known, valid))?.names;

  it('reads as it was known on each day, and at each position', async () => {
    const names = [[], ['Alpha'], ['Beta'], ['Gamma'], ['Beta'], ['Alpha'], ['Alpha'], ['Alpha']];
    for (const [n, expected] of names.entries()) {
      expect([n, await named(told[n]?.[0] ?? ''), await named(at[n] ?? '')]).toEqual([
        n,
        expected,
        expected,
      ]);
    }
    expect(await state('2027-01-09')).toBeNull();
    expect(await named('2027-01-20')).toEqual([]);
    expect(await state(undefined)).toMatchObject({ names: [], to: 'graff', weight: 'eq 12500' });
  });

  it('had happened by a day as far as it was known to have', async () => {
    expect(await named('2027-01-13', '2025-05-01')).toEqual([]);
    expect(await named('2027-01-13', '2025-05-02')).toEqual(['Gamma']);
    expect(await named('2027-01-16', '2025-04-25')).toEqual([]);
    expect(await named('2027-01-17', '2025-04-25')).toEqual(['Alpha']);
    expect((await state('2027-01-15', '2025-06-01'))?.to).toBeNull();
    expect((await state('2027-01-16', '2025-06-01'))?.to).toBe('graff');
    expect((await state('2027-01-16', '2025-05-31'))?.to).toBeNull();
  });

  it('may have begun on the first day that a month or a year can mean', async () => {
    expect(await state('2027-01-17', '2025-02-28')).toBeNull();
    expect(await state('2027-01-17', '2025-03-01')).toMatchObject({ weight: 'gt 12000' });
    expect(await state('2027-01-18', '2025-01-01')).toMatchObject({ weight: 'gt 12000' });
    expect(await state('2027-01-18', '2024-12-31')).toBeNull();
    expect(await state('2027-01-19', '2025-01-01')).toMatchObject({ weight: 'eq 12500' });
  });

  it('shows in its history what was struck out then, and nothing that came later', async () => {
    const struck = async (known: string) => {
      const { body } = await mine.get(`/v1/stones/late/history?known-at=${known}`);
      const step = body.steps.find(({ type }: { type: string }) => type === 'StoneNamed');
      const { out } = await runCli(['history', 'late', '--json', '--known-at', known, ...place()]);
      const same = JSON.parse(out).steps.find(({ type }: { type: string }) => type === step.type);
      expect(same.corrections).toHaveLength(step.corrections.length);
      return step.corrections.map(
        ({ changes, kind }: { changes: { to: unknown }[]; kind: string }) =>
          changes.length === 0 ? kind : changes.map(({ to }) => to).join(),
      );
    };
    expect(await struck('2027-01-11')).toEqual([]);
    expect(await struck('2027-01-13')).toEqual(['Beta', 'Gamma']);
    expect(await struck('2027-01-14')).toEqual(['Beta']);
    expect(await struck('2027-01-16')).toEqual([]);
    expect((await struck('2027-01-20')).at(-1)).toBe('annulled');
  });

  it('is judged, listed, found and drawn as it was known then', async () => {
    for (const [known, weight] of [
      ['2027-01-18', 12_000],
      ['2027-01-19', 12_500],
    ] as const) {
      const { body } = await mine.get(`/v1/stones/late/lineage?known-at=${known}`);
      expect(body.nodes[0].weight.mct).toBe(weight);
      const drawn = await runCli(['lineage', 'late', '--known-at', known, '--json', ...place()]);
      expect(JSON.parse(drawn.out).nodes[0].weight.mct).toBe(weight);
    }
    const found = await runCli(['find', 'gamma', '--known-at', '2027-01-13', ...place()]);
    expect([found.code, found.out]).toEqual([0, 'stone  late  name Gamma']);
    const later = await runCli(['find', 'gamma', '--known-at', '2027-01-14', ...place()]);
    expect([later.code, later.err.at(-1)]).toEqual([1, expect.stringContaining('not-found')]);
    const list = async (query: string) => (await mine.get(`/v1/sanctions?${query}`)).body.items;
    expect(await list('known-at=2027-01-09')).toEqual([]);
    expect(await list('known-at=2027-01-10')).toMatchObject([{ subject: 'stone-late' }]);
    expect(await list('known-at=2027-01-17&valid-at=2025-02-28')).toEqual([]);
  });

  it('takes a day or a position, and says so of an instant', async () => {
    for (const instant of ['2027-01-12T09:00:00Z', '2027-01-12T10:00:00+01:00', '2027-01']) {
      const asked = new URLSearchParams({ 'known-at': instant });
      const { status, body } = await mine.get(`/v1/stones/late?${String(asked)}`);
      expect([status, body.errors[0].field]).toEqual([422, 'known-at']);
      const { code, err } = await runCli(['state', 'late', '--known-at', instant, ...place()]);
      expect([code, err]).toEqual([
        2,
        [expect.stringContaining('a day as YYYY-MM-DD or a position')],
      ]);
    }
  });
});
