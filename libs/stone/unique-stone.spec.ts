import { describe, expect, it } from '@jest/globals';
import { uniqueStonesVersion } from '#libs/reference/unique-stones';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const gokhran = as('gokhran', ['authority']);
const bank = as('bank');
const recover = (weight = 200_000): StoneCommand => ({
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: mct(weight),
  meta: alrosa,
});
const known = { country: 'RU', reliedOn: [{ stream: 'party-gokhran', revision: 0 }] };
const designate = {
  type: 'DesignateUnique',
  decree: 'Resolution 102',
  decisionNo: 'U-1',
  known,
  meta: gokhran,
} as const;
const offer = { type: 'OfferToState', to: 'gokhran', known, meta: alrosa } as const;
const decline = { type: 'DeclineStateOffer', decisionNo: 'U-2', meta: gokhran } as const;
const sell = { type: 'TransferTitle', to: 'graff', basis: 'sale', meta: alrosa } as const;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover(), ...commands));

describe('a unique stone', () => {
  it('is designated by an authority, if it is large enough for its day', () => {
    history()
      .when(designate)
      .thenRecorded({
        type: 'UniqueStoneDesignated',
        data: {
          authority: 'gokhran',
          decree: 'Resolution 102',
          decisionNo: 'U-1',
          threshold: { leastMct: 50_000, data: uniqueStonesVersion() },
          ...known,
        },
      });
    given(stone)(...done(stone, recover(49_999)))
      .when(designate)
      .thenRefused('below-threshold');
    const early = { ...alrosa, at: day('2015-01-01') };
    given(stone)(...done(stone, { ...recover(), meta: early } as StoneCommand))
      .when({ ...designate, meta: { ...gokhran, at: day('2016-02-14') } })
      .thenRefused('below-threshold');
    history()
      .when({ ...designate, meta: alrosa })
      .thenRefused('role-needed');
    history(designate).when(designate).thenRefused('already-unique');
  });

  it('is designated by, and offered to, an authority of the state whose decree it is', () => {
    const of = (country: string | null) => ({ known: { country, reliedOn: [] } });
    history()
      .when({ ...designate, ...of('BE') })
      .thenRefused('other-state');
    for (const country of [null, 'BE']) {
      history(designate)
        .when({ ...offer, ...of(country) })
        .thenRefused('not-the-state');
    }
  });

  it('is sold to others only after the state declined', () => {
    history(designate).when(sell).thenRefused('state-first-call');
    history(designate, offer).when(sell).thenRefused('state-first-call');
    expect(done(stone, recover(), designate, offer, decline, sell)).toHaveLength(5);
    expect(done(stone, recover(), designate, offer, { ...sell, to: 'gokhran' })).toHaveLength(4);
  });

  it('does not go to a lender either', () =>
    history(
      {
        type: 'RegisterPledge',
        pledgeNo: 'P',
        lender: 'bank',
        filingRef: 'F',
        priority: 1,
        meta: alrosa,
      },
      designate,
    )
      .when({ type: 'EnforcePledge', pledgeNo: 'P', meta: bank })
      .thenRefused('state-first-call'));

  it('is offered by its owner to another party', () => {
    history(designate)
      .when({ ...offer, price: { minor: 1, currency: 'RUB' } })
      .thenRecorded({
        type: 'StateOfferMade',
        data: {
          to: 'gokhran',
          price: { minor: 1, currency: 'RUB' },
          reliedOn: known.reliedOn,
        },
      });
    history().when(offer).thenRefused('not-unique');
    history(designate)
      .when({ ...offer, meta: bank })
      .thenRefused('not-owner');
    history(designate)
      .when({ ...offer, to: 'alrosa' })
      .thenRefused('to-itself');
    history(designate)
      .when({ ...offer, price: { minor: 1, currency: 'rub' } })
      .thenRefused('bad-price');
    history(designate, { type: 'ReportLoss', circumstances: 'gone', meta: alrosa })
      .when(offer)
      .thenRefused('not-clear');
  });

  it('is declined by the authority it was offered to', () => {
    history(designate, offer)
      .when(decline)
      .thenRecorded({
        type: 'StateOfferDeclined',
        data: { authority: 'gokhran', decisionNo: 'U-2' },
      });
    history(designate).when(decline).thenRefused('no-state-offer');
    history(designate, offer)
      .when({ ...decline, meta: as('customs', ['authority']) })
      .thenRefused('not-your-act');
    history(designate, offer)
      .when({ ...decline, meta: bank })
      .thenRefused('role-needed');
  });
});
