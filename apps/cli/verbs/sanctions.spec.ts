import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidV7 } from 'uuid';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { openStore } from '#libs/store/open-store';
import { runCli } from '#test/support/cli-in-process';

const data = mkdtempSync(join(tmpdir(), 'adamant-sanctions-'));
const now = '2026-11-20T12:00:00.000Z';
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** A ring made in Russia, packed with rough of Botswana. */
beforeAll(async () => {
  const ledger = 'adamant.local/ledger';
  const store = await openStore(`sqlite:${join(data, 'ledger.db')}`, { ledger });
  const { execute } = openLedger(store, () => now);
  const meta = (time: string, country?: string, by = 'karowe') =>
    ({
      id: uuidV7(),
      by,
      roles: ['operator', 'producer', 'jeweller'],
      now,
      at: { time, precision: 'day' },
      ...(country !== undefined && { place: { country } }),
    }) as const;
  const weight = { mct: 2_000, qualifier: 'eq', basis: 'weighed' } as const;
  const register = (id: string) =>
    ({
      category: 'party',
      id,
      command: {
        type: 'RegisterParty',
        name: id,
        country: 'BE',
        roles: ['operator', 'producer', 'jeweller'],
        meta: meta('2020-01-01', undefined, id === 'karowe' ? id : 'karowe'),
      },
    }) as const;
  const commands = [
    register('karowe'),
    register('graff'),
    {
      category: 'stone',
      id: 'rough',
      command: { type: 'RecoverRough', mineId: 'bw-karowe', weight, meta: meta('2024-03-10') },
    },
    {
      category: 'jewellery',
      id: 'ring',
      command: {
        type: 'MakeItem',
        description: 'ring',
        metal: 'gold',
        fineness: 750,
        grossMg: 4_200,
        meta: meta('2024-03-11', 'RU'),
      },
    },
    {
      category: 'shipment',
      id: 's-1',
      command: {
        type: 'CreateShipment',
        consignee: 'graff',
        from: 'BW',
        to: 'BE',
        goods: [
          { stream: 'stone-rough', hs: '710231', mct: 2_000 },
          { stream: 'jewellery-ring', hs: '711319', mct: 21_000 },
        ],
        parcels: 1,
        meta: meta('2024-05-01'),
      },
    },
  ] as const;
  for (const command of commands) await execute(command as unknown as LedgerCommand);
  await store.close();
});

const ask = (...words: readonly string[]) => runCli([...words, '--data', data]);

describe('adamant sanctions of a shipment', () => {
  it('tells the worst over its goods, and each of them', async () => {
    const { code, out } = await ask('sanctions', 'shipment-s-1', '--on', '2025-04-04');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[1]).toBe('EU on 2025-04-04: PROHIBITED, the worst of 2 goods');
    expect(lines[2]).toMatch(/^ {2}rough +REQUIRES_EVIDENCE +EU-E2, Art\. 3p\(8\)/);
    expect(lines[3]).toMatch(/^ {2}ring +PROHIBITED +EU-R2, Art\. 3p\(1\)/);
    expect(out).toContain('Decision support, not legal advice.');
  });

  it('gives machines what each of the goods is judged by, as of the time asked for', async () => {
    const asked = ['--jurisdiction', 'EU,JP', '--valid-at', '2024-05-01', '--json'];
    const { out } = await ask('sanctions', 's-1', ...asked);
    expect(JSON.parse(out)).toMatchObject({
      subject: 'shipment-s-1',
      asked: { validAt: '2024-05-01' },
      act: 'import',
      outcomes: [
        { jurisdiction: 'EU', day: '2024-05-01', outcome: 'PROHIBITED' },
        { jurisdiction: 'JP', day: '2024-05-01' },
      ],
      goods: [
        { subject: 'stone-rough', facts: { hs: '710231' }, judgements: [{}, {}] },
        { subject: 'jewellery-ring', counterparties: [{ party: 'karowe' }, { party: 'karowe' }] },
      ],
    });
  });

  it('says that it was not there, or that the question is not of such a thing', async () => {
    const early = await ask('sanctions', 's-1', '--valid-at', '2024-04-30');
    expect([early.code, early.err.join()]).toEqual([1, expect.stringContaining('not-yet')]);
    const none = await ask('sanctions', 's-2');
    expect(none.err.join()).toContain('not-found');
    const state = await ask('state', 's-1');
    expect(state.err.join()).not.toContain('not-yet');
  });

  it('keeps the shipment back before it leaves, as of the time asked for too', async () => {
    const flight = ['preflight', 'shipment-s-1', '--to', 'EU', '--on', '2025-04-04'];
    for (const more of [[], ['--valid-at', '2024-05-02']]) {
      const { code, out } = await ask(...flight, ...more);
      expect(code).toBe(1);
      expect(out).toContain('2 of 2 kept back, PROHIBITED');
      expect(out).toMatch(/^Counterparty: UNDETERMINED: .*owner/m);
    }
  });
});
