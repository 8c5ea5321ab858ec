import { describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import { dump, firstDifference } from '#test/support/dump';
import { mct } from '#test/support/given';
import { keptUp } from '#test/support/kept-up';

const today = '2025-12-31';
const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
const bill = [{ type: 'invoice', number: 'I-1', sha256: 'a'.repeat(64) }];
const goods = { form: 'polished', weight: mct(1_000), origin: unknown, owner: 'graff' };
const mumbai = { unlocode: 'INBOM' };
const antwerp = { unlocode: 'BEANR' };
type At = Readonly<{ unlocode?: string; country?: string }> | undefined;

/** Goods of one dealer and jeweller with offices in several countries. */
async function world() {
  const { act, events } = await actingLedger({
    graff: ['GB', 'jeweller', 'dealer'],
    carrier: ['BE', 'dealer'],
  });
  const by = (stream: string, said: Readonly<{ type: string }>, place?: At) =>
    act(stream, 'graff', said, { documents: bill, ...(place && { place }) });
  return { act, by, stone, parcel, ring, joined };

  function stone(id: string, place?: At) {
    return by(`stone-${id}`, { type: 'OpenHistory', ...goods, basis: 'bought' } as never, place);
  }

  function parcel(id: string, place?: At) {
    const { weight, ...rest } = goods;
    const open = { type: 'OpenParcelHistory', ...rest, content: { weight }, basis: 'bought' };
    return by(`parcel-${id}`, open as never, place);
  }

  function ring(place?: At) {
    const made = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_000 };
    return by('jewellery-ring', { type: 'MakeItem', ...made } as never, place);
  }

  /** Of each flag the finding; a ledger kept up event by event flags the same. */
  async function joined() {
    const all = await events();
    const views = await replay([flags], all, today);
    const kept = await dump(await keptUp([flags], all, today), [flags]);
    expect(firstDifference(kept, await dump(views, [flags]))).toBeUndefined();
    const found = await flagsBy(views, { rule: 'joined-from-elsewhere' }, 9);
    return found.map(({ finding }) => finding);
  }
}

const mix = { type: 'MixParcel', into: 'b' };
const set = { type: 'SetStone', item: 'ring' };

describe('parcels that are mixed', () => {
  it.each([
    ['in one country', mumbai, { country: 'IN' }, undefined, []],
    ['where nobody said where one was', mumbai, undefined, undefined, []],
    ['in two', mumbai, antwerp, undefined, ['parcel-a was in IN, and parcel-b in BE']],
    ['in two before one was brought', mumbai, antwerp, antwerp, []],
  ] as const)('%s', async (_, a, b, mixedAt, flagged) => {
    const { by, parcel, joined } = await world();
    await parcel('a', a);
    await parcel('b', b);
    await by('parcel-a', mix, mixedAt);
    expect(await joined()).toEqual(flagged);
  });

  it('into a new one bring it where they are', async () => {
    const { by, parcel, joined } = await world();
    await parcel('a', mumbai);
    await parcel('c', antwerp);
    await by('parcel-a', mix);
    await by('parcel-c', mix);
    expect(await joined()).toEqual(['parcel-c was in BE, and parcel-b in IN']);
  });

  it('are flagged no more when the place was misread', async () => {
    const { by, parcel, joined } = await world();
    await parcel('a', mumbai);
    await parcel('b', antwerp);
    await by('parcel-a', mix);
    const changes = [{ field: 'place', to: mumbai }];
    const correct = { type: 'CorrectRecord', target: 0, changes, reason: 'misread' };
    await by('parcel-b', correct as never);
    expect(await joined()).toEqual([]);
  });
});

describe('a stone that is set', () => {
  it('is flagged where its article is elsewhere', async () => {
    const { by, stone, ring, joined } = await world();
    await stone('s', mumbai);
    await ring(antwerp);
    await by('stone-s', set);
    expect(await joined()).toEqual(['stone-s was in IN, and jewellery-ring in BE']);
  });

  it('is where its article is once it is unset', async () => {
    const { by, stone, ring, joined } = await world();
    await stone('s');
    await ring(antwerp);
    await by('stone-s', set);
    await by('jewellery-ring', { type: 'LetStoneGo', stone: 's' } as never);
    const made = { description: 'pin', metal: 'gold', fineness: 750, grossMg: 4_000 };
    await by('jewellery-pin', { type: 'MakeItem', ...made } as never, mumbai);
    await by('stone-s', { type: 'SetStone', item: 'pin' } as never);
    expect(await joined()).toEqual(['stone-s was in BE, and jewellery-pin in IN']);
  });
});
