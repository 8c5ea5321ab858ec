import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Event } from '#events/event';
import { MalformedEvent, requirePublished } from '#libs/ledger/published';
import { actingLedger } from '#test/support/acting';
import { schemaFile } from '#test/support/event-schemas';

const recover = {
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: { mct: 10_000, qualifier: 'eq', basis: 'weighed' },
};

describe('what a decider lets through that is no event', () => {
  it.each([
    [{ type: 'NameStone', name: 'Dawn', language: 7 }, 'StoneNamed/data/language'],
    [{ type: 'NameStone', name: 'Dawn', unheard: 'of' }, 'StoneNamed/data/unheard'],
  ])('%j is not appended: %s', async (said, place) => {
    const { act, events } = await actingLedger({ alrosa: ['RU', 'producer'] });
    await act('stone-dawn', 'alrosa', recover);
    const before = await events();
    await expect(act('stone-dawn', 'alrosa', said)).rejects.toMatchObject({
      code: 'malformed-event',
      place,
    });
    expect(await events()).toEqual(before);
    await act('stone-dawn', 'alrosa', { type: 'NameStone', name: 'Dawn', language: 'en' });
    expect(await events()).toHaveLength(before.length + 1);
  });

  it('is told by its stream, and every event of an act is looked at', () => {
    const meta = { id: 'a', by: 'b', at: { time: '2025', precision: 'year' } } as const;
    const fine: Event = { type: 'MemoReturned', data: { memoNo: 'M-1' }, meta };
    expect(() => requirePublished('stone-a', [fine])).not.toThrow();
    const error = new MalformedEvent('stone-a', 'MemoReturned/meta/at');
    const { at: _, ...rest } = meta;
    const dateless = { ...fine, meta: rest } as unknown as Event;
    expect(() => requirePublished('stone-a', [fine, dateless])).toThrow(error);
  });

  it.each(readdirSync(dirname(schemaFile('x'))).map((file) => file.slice(0, -5)))(
    'is found for %s',
    (type) => {
      const empty = { type } as Event;
      expect(() => requirePublished('stone-a', [empty])).toThrow(MalformedEvent);
    },
  );
});
