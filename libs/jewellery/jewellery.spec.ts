import { describe, expect, it } from '@jest/globals';
import type { JewelleryEvent } from '#events/jewellery';
import type { RefusalCode } from '#libs/decider/codes';
import { jewellery } from '#libs/jewellery/jewellery';
import { mineOrigin, unknownOrigin } from '#libs/origin/origin';
import { hallmarksVersion } from '#libs/reference/hallmarks';
import { as, day, given, mct, refusalOf, stated } from '#test/support/given';

type Of<T> = Extract<JewelleryEvent, { type: T }>;
const graff = as('graff', ['jeweller']);
const office = as('probe', ['authority']);
const item = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 } as const;
const made: Of<'JewelleryItemMade'> = stated('graff', { type: 'JewelleryItemMade', data: item });
const set = { stone: 'new-sun', weight: mct(1010), origin: unknownOrigin, cause: 'c1' };
const taken: Of<'StoneTakenIn'> = stated('graff', { type: 'StoneTakenIn', data: set });
const sale = { receiptNo: 'R-1', buyerRef: 'c-7f3a91b2' };
const sold: Of<'RetailSold'> = stated('graff', { type: 'RetailSold', data: sale });
const marked: Of<'HallmarkApplied'> = stated('probe', {
  type: 'HallmarkApplied',
  data: { fineness: 750, mark: '750', country: 'RU', uin: '6430000012345678', reliedOn: [] },
});

describe('making', () => {
  const make = { type: 'MakeItem', ...item, meta: graff } as const;

  it('is a jeweller’s', () => {
    given(jewellery)().when(make).thenRecorded({ type: 'JewelleryItemMade', data: item });
    given(jewellery)(made).when(make).thenRefused('already-exists');
    given(jewellery)()
      .when({ ...make, meta: as('kgk', ['dealer']) })
      .thenRefused('role-needed');
    given(jewellery)()
      .when({ ...make, fineness: 1001 })
      .thenRefused('bad-fineness');
    given(jewellery)()
      .when({ ...make, grossMg: 0 })
      .thenRefused('bad-weight');
  });
});

describe('what is set in it', () => {
  const takeIn = {
    type: 'TakeInStone',
    ...set,
    custodian: 'graff',
    owner: 'graff',
    meta: as('graff'),
  } as const;
  const refused = (code: RefusalCode) =>
    ({ type: 'StoneNotTakenIn', data: { stone: 'new-sun', cause: 'c1', code } }) as const;

  it('is taken in once, from the same hands and owner', () => {
    given(jewellery)(made).when(takeIn).thenRecorded({ type: 'StoneTakenIn', data: set });
    given(jewellery)(made, taken).when(takeIn).thenRecorded();
    given(jewellery)(made)
      .when({ ...takeIn, owner: 'kgk' })
      .thenRecorded(refused('other-owner'));
    given(jewellery)(made)
      .when({ ...takeIn, custodian: 'kgk' })
      .thenRecorded(refused('other-custodian'));
    given(jewellery)(made, sold).when(takeIn).thenRecorded(refused('with-consumer'));
    given(jewellery)(made, taken)
      .when({ ...takeIn, cause: 'c2' })
      .thenRecorded({
        type: 'StoneNotTakenIn',
        data: { stone: 'new-sun', cause: 'c2', code: 'set-already' },
      });
  });

  it('goes loose as the item is held, one by one or all at once', () => {
    const held = { custodian: 'graff', owner: 'graff' };
    const letGo = { type: 'LetStoneGo', stone: 'new-sun', meta: graff } as const;
    given(jewellery)(made, taken)
      .when(letGo)
      .thenRecorded({ type: 'StoneLetGo', data: { stone: 'new-sun', ...held } });
    given(jewellery)(made).when(letGo).thenRefused('not-set');
    given(jewellery)(made, taken)
      .when({ ...letGo, meta: as('kgk', ['jeweller']) })
      .thenRefused('not-custodian');
    const breakUp = { type: 'BreakUpItem', reason: 'melted', meta: graff } as const;
    const data = { reason: 'melted', stones: ['new-sun'], ...held };
    given(jewellery)(made, taken).when(breakUp).thenRecorded({ type: 'ItemBrokenUp', data });
    const broken = stated('graff', { type: 'ItemBrokenUp' as const, data });
    given(jewellery)(made, taken, broken).when(breakUp).thenRefused('broken-up');
  });

  it('stays while the item is on hold', () => {
    const held = stated('registry', {
      type: 'HoldPlaced' as const,
      data: { holdNo: 'h1', reason: 'x', officer: 'o' },
    });
    given(jewellery)(made, taken, held)
      .when({ type: 'LetStoneGo', stone: 'new-sun', meta: graff })
      .thenRefused('not-clear');
  });
});

describe('the origin of its stones', () => {
  const origin = mineOrigin('BW', 'bw-jwaneng', 'segregated');
  const declare = { type: 'DeclareOrigin', origin, purpose: 'retail', meta: graff } as const;

  it('is declared by whoever holds or owns it', () => {
    given(jewellery)(made, taken)
      .when(declare)
      .thenRecorded({ type: 'OriginDeclared', data: { origin, purpose: 'retail' } });
    given(jewellery)(made)
      .when({ ...declare, meta: as('kgk', ['dealer']) })
      .thenRefused('not-holder');
    const wrong = { ...origin, countries: [{ country: 'BW', minPpm: 2, maxPpm: 1 }] };
    given(jewellery)(made)
      .when({ ...declare, origin: wrong })
      .thenRefused('impossible-origin');
  });

  it('is not one country while it is contested, nor once a consumer has it', () => {
    const contested = stated('kgk', {
      type: 'OriginContested' as const,
      data: { contestNo: 'C-1', ground: 'seen elsewhere' },
    });
    given(jewellery)(made, contested).when(declare).thenRefused('origin-contested');
    given(jewellery)(made, sold).when(declare).thenRefused('with-consumer');
  });
});

describe('hallmarks', () => {
  const apply = {
    type: 'ApplyHallmark',
    fineness: 750,
    mark: '750',
    uin: '6430000012345678',
    known: { country: 'RU', reliedOn: [] },
    meta: office,
  } as const;

  it('are struck by an office, with a UIN where the day asks for one', () => {
    const judgement = { uin: 'needed', data: hallmarksVersion() } as const;
    given(jewellery)(made)
      .when(apply)
      .thenRecorded({ type: marked.type, data: { ...marked.data, judgement } });
    const { uin: _, ...without } = apply;
    given(jewellery)(made).when(without).thenRefused('uin-needed');
    given(jewellery)(made)
      .when({ ...apply, uin: '643' })
      .thenRefused('bad-uin');
    given(jewellery)(made)
      .when({ ...apply, fineness: 585 })
      .thenRefused('bad-fineness');
    given(jewellery)(made)
      .when({ ...apply, meta: graff })
      .thenRefused('role-needed');
    const early = stated('graff', made, day('2021-01-01'));
    const before = { ...without, meta: as('probe', ['authority'], day('2022-02-28')) };
    expect(
      refusalOf(() => jewellery.decide(before, jewellery.evolve(null, early))),
    ).toBeUndefined();
  });

  it('bear a number that is one item’s', () => {
    const assign = {
      type: 'AssignUin',
      uin: 'u',
      item: 'ring',
      cause: 'c1',
      meta: office,
    } as const;
    const data = { uin: 'u', item: 'ring', cause: 'c1' };
    given(jewellery)().when(assign).thenRecorded({ type: 'UinAssigned', data });
    const assigned = stated('probe', { type: 'UinAssigned' as const, data });
    given(jewellery)(assigned).when(assign).thenRecorded();
    given(jewellery)(assigned)
      .when({ ...assign, item: 'brooch', cause: 'c2' })
      .thenRecorded({
        type: 'UinRefused',
        data: { uin: 'u', item: 'brooch', cause: 'c2', code: 'uin-taken' },
      });
  });

  it('are recognised by an authority of the other state, as the dated data allows', () => {
    const recognise = {
      type: 'RecogniseHallmark',
      state: 'AE',
      markCountry: 'RU',
      basis: 'national law',
      validFrom: '2025-04-04',
      known: { country: 'AE', reliedOn: [] },
      meta: office,
    } as const;
    const { type: _, known: __, meta: ___, ...said } = recognise;
    const judgement = { verdict: 'unknown', agreement: null, data: hallmarksVersion() } as const;
    given(jewellery)(made, marked)
      .when(recognise)
      .thenRecorded({ type: 'HallmarkRecognised', data: { ...said, judgement, reliedOn: [] } });
    const kazakh = { ...recognise, state: 'KZ', known: { country: 'KZ', reliedOn: [] } };
    given(jewellery)(made, marked).when(kazakh).thenRefused('not-recognised');
    given(jewellery)(made, marked)
      .when({ ...recognise, state: 'KZ' })
      .thenRefused('other-state');
    given(jewellery)(made).when(recognise).thenRefused('not-hallmarked');
    given(jewellery)(made, marked)
      .when({ ...recognise, validFrom: 'soon' })
      .thenRefused('bad-date');
    given(jewellery)(made, marked)
      .when({ ...recognise, validFrom: '2025-04-03' })
      .thenRefused('before-the-mark');
    const recognised = stated('probe', {
      type: 'HallmarkRecognised' as const,
      data: { ...said, judgement, reliedOn: [] },
    });
    given(jewellery)(made, marked, recognised).when(recognise).thenRefused('already-recognised');
    given(jewellery)(made, marked, recognised, { ...marked, meta: { ...marked.meta, id: 'again' } })
      .when(recognise)
      .thenRecorded({ type: 'HallmarkRecognised', data: { ...said, judgement, reliedOn: [] } });
  });
});

describe('retail', () => {
  const sell = { type: 'SellAtRetail', ...sale, meta: graff } as const;

  it('is by the holder and owner, to a pseudonym', () => {
    given(jewellery)(made).when(sell).thenRecorded({ type: 'RetailSold', data: sale });
    given(jewellery)(made)
      .when({ ...sell, buyerRef: 'Ivan Ivanov' })
      .thenRefused('bad-pseudonym');
    given(jewellery)(made)
      .when({ ...sell, meta: as('kgk', ['dealer']) })
      .thenRefused('not-custodian');
    given(jewellery)(made, sold).when(sell).thenRefused('with-consumer');
  });

  it('lets nothing else happen until it comes back', () => {
    given(jewellery)(made, sold)
      .when({ type: 'ReleaseCustody', to: 'kgk', purpose: 'vault', meta: graff })
      .thenRefused('with-consumer');
    given(jewellery)(made)
      .when({ type: 'ReleaseCustody', to: 'kgk', purpose: 'vault', meta: graff })
      .thenRecorded({
        type: 'CustodyReleased',
        data: { from: 'graff', to: 'kgk', purpose: 'vault' },
      });
  });

  it('is undone by the seller on the same receipt', () => {
    const back = { type: 'TakeBackFromCustomer', ...sale, meta: graff } as const;
    given(jewellery)(made, sold)
      .when(back)
      .thenRecorded({ type: 'ReturnedByCustomer', data: sale });
    given(jewellery)(made, sold)
      .when({ ...back, receiptNo: 'R-2' })
      .thenRefused('other-sale');
    given(jewellery)(made, sold)
      .when({ ...back, meta: as('kgk', ['dealer']) })
      .thenRefused('not-your-act');
    given(jewellery)(made).when(back).thenRefused('not-with-consumer');
  });

  it('ends when a trader buys it back', () => {
    const buy = { type: 'BuyBack', sellerRef: 'c-11112222', meta: as('kgk', ['dealer']) } as const;
    given(jewellery)(made, sold)
      .when(buy)
      .thenRecorded({ type: 'Repurchased', data: { sellerRef: 'c-11112222' } });
    given(jewellery)(made).when(buy).thenRefused('not-with-consumer');
  });
});

it('does not know a piece that nobody made', () =>
  given(jewellery)()
    .when({ type: 'LetStoneGo', stone: 'x', meta: graff })
    .thenRefused('unknown-jewellery'));
