import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandMeta } from '#libs/decider/decider';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { Refused } from '#libs/decider/decider';
import type { RecordedEvent } from '#libs/store/store';
import { linkOf, proposedOf } from '#libs/store/eventstoredb-record';
import { leafHash } from '#libs/store/envelope';
import { replay } from '#libs/views/replay';
import { history } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { find, search } from '#projections/search';
import { ledger, meta, newLedger, recovered } from '#test/support/correcting';
import { mct } from '#test/support/given';

const marks = { correlationId: 'ORDER-2025-118', causationId: 'MSG-77' };
const around: CommandMeta = { ...meta('alrosa'), ...marks };
const sawing = (said: CommandMeta): LedgerCommand => ({
  category: 'stone',
  id: 'dawn',
  command: {
    type: 'SawRough',
    method: 'laser',
    pieces: [{ weight: mct(120_000) }, { weight: mct(79_500) }],
    loss: mct(500),
    meta: said,
  },
});

let events: readonly RecordedEvent[];

beforeAll(async () => {
  await newLedger();
  await recovered();
  const started = { type: 'StartManufacturing', orderNo: '1', meta: meta('alrosa') } as const;
  await ledger.execute({ category: 'stone', id: 'dawn', command: started });
  await ledger.execute(sawing(around));
  events = [
    ...(await ledger.store.read('stone-dawn')),
    ...(await ledger.store.read('stone-dawn.1')),
  ];
});

describe('the marks by which a party says what an act belongs to', () => {
  it('are hashed with the rest of the statement, and absent where none were made', () => {
    const [, unmarked, sawn] = events;
    expect(sawn?.meta).toMatchObject(marks);
    expect(JSON.parse(sawn?.leaf ?? '')).toMatchObject({ statement: marks });
    expect(unmarked?.leaf).not.toMatch(/correlation|causation/);
  });

  it('go on to what follows from it, but for the cause, which is the act itself', () => {
    const opened = events.at(-1);
    expect(opened?.type).toBe('StoneOpened');
    expect(opened?.meta.correlationId).toBe(marks.correlationId);
    expect(opened?.meta.causationId).toBeUndefined();
  });

  it('make it another act when they change, and the same when they do not', async () => {
    expect((await ledger.execute(sawing(around))).replayed).toBe(true);
    await expect(ledger.execute(sawing({ ...around, correlationId: 'ORDER-2' }))).rejects.toThrow(
      Refused,
    );
  });

  it('survive a server that keeps data and metadata apart', () => {
    const sawn = events[2];
    if (!sawn) throw new Error('nothing sawn');
    const { leaf, stream, revision } = sawn;
    const entry = { id: sawn.meta.id, stream, revision, prev: '', leaf, hash: leafHash(leaf) };
    const { id, type, data, metadata } = proposedOf(entry);
    const place = { commit: 9n, prepare: 9n };
    const said = JSON.parse(new TextDecoder().decode(metadata)) as unknown;
    const found = { stream, revision, id, type, data, metadata: said, place };
    expect(linkOf(found, stream, 'test', '').event.meta).toMatchObject(marks);
  });

  it('are told in the history, and found', async () => {
    const views = await replay([history, search], events, '2025-12-31');
    const lines = (await historyOf(views, 'stone-dawn')).map(({ line }) => line);
    expect(lines.at(-1)).toBe(
      'sawn by laser into 120.00 ct + 79.50 ct (correlation ORDER-2025-118, caused by MSG-77)',
    );
    expect(lines.at(1)).not.toContain('correlation');
    const hits = await find(views, 'order-2025-118');
    expect(hits.map(({ subject, kind }) => [subject, kind])).toEqual([
      ['stone-dawn', 'correlation'],
      ['stone-dawn.1', 'correlation'],
    ]);
  });
});
