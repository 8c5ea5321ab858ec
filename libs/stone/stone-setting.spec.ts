import { describe, expect, it } from '@jest/globals';
import type { StoneForm } from '#events/stone';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, given, mct, stated } from '#test/support/given';

const graff = as('graff', ['jeweller']);
const buyer = as('buyer', ['jeweller']);
const police = as('police', ['authority']);
const origin: Origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
const opened = (form: StoneForm): StoneCommand => ({
  type: 'OpenHistory',
  form,
  weight: mct(1_000),
  origin,
  owner: 'graff',
  basis: 'bought',
  meta: graff,
});
const set = { type: 'SetStone', item: 'ring-1', position: 'centre', meta: graff } as const;
const isSet = stated('graff', {
  type: 'StoneSet' as const,
  data: { item: 'ring-1', weight: mct(1_000), origin },
});
const cause = isSet.meta.id;
const loose = done(stone, opened('polished'));
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, opened('polished'), ...commands));

describe('setting a stone', () => {
  it('puts a polished stone into an item', () =>
    history()
      .when(set)
      .thenRecorded({
        type: 'StoneSet',
        data: { item: 'ring-1', position: 'centre', weight: mct(1_000), origin },
      }));

  it('is a jeweller’s act on a stone in its hands in which nobody else has rights', () => {
    history()
      .when({ ...set, meta: { ...graff, roles: ['dealer'] } })
      .thenRefused('role-needed');
    history()
      .when({ ...set, meta: buyer })
      .thenRefused('not-custodian');
    history()
      .when({ ...set, item: 'Ring 1' })
      .thenRefused('bad-id');
    given(stone)(...done(stone, opened('rough')))
      .when(set)
      .thenRefused('not-polished');
    history({ type: 'ReportLoss', circumstances: 'gone', meta: graff })
      .when(set)
      .thenRefused('not-clear');
    history({ type: 'SealPacket', sealNo: 'S', meta: graff }).when(set).thenRefused('sealed');
  });
});

describe('a set stone', () => {
  it('follows the item: nothing is done to it on its own', () => {
    const alone: readonly StoneCommand[] = [
      set,
      { type: 'ReleaseCustody', to: 'buyer', purpose: 'sale', meta: graff },
      { type: 'TransferTitle', to: 'buyer', basis: 'sale', meta: graff },
      { type: 'InscribeStone', text: 'x', location: 'girdle', meta: graff },
      { type: 'NameStone', name: 'x', meta: graff },
    ];
    for (const act of alone) history(set).when(act).thenRefused('set-in-item');
  });

  it('may still be held and its origin contested', () => {
    const hold = {
      type: 'PlaceHold',
      holdNo: 'H',
      reason: 'r',
      officer: 'o',
      meta: police,
    } as const;
    const contest = { type: 'ContestOrigin', contestNo: 'C', ground: 'g', meta: buyer } as const;
    expect(done(stone, opened('polished'), set, hold, contest)).toHaveLength(4);
  });

  it('comes back as it was when the item does not take it in, once', () => {
    const returned = {
      type: 'ReturnSetting',
      item: 'ring-1',
      cause,
      code: 'other-owner',
      meta: graff,
    } as const;
    const data = { item: 'ring-1', cause, code: 'other-owner' };
    given(stone)(...loose, isSet)
      .when(returned)
      .thenRecorded({ type: 'SettingReturned', data });
    const back = stated('graff', { type: 'SettingReturned' as const, data });
    given(stone)(...loose, isSet, back)
      .when(returned)
      .thenRecorded();
    given(stone)(...loose, isSet)
      .when({ ...returned, cause: 'another' })
      .thenRecorded();
  });

  it('comes out held and owned as the item was, with what bound it', () => {
    const unset = {
      type: 'UnsetStone',
      item: 'ring-1',
      cause: 'event-of-the-item',
      custodian: 'buyer',
      owner: 'heir',
      meta: buyer,
    } as const;
    const data = {
      item: 'ring-1',
      cause: 'event-of-the-item',
      custodian: 'buyer',
      owner: 'heir',
    };
    const hold = {
      type: 'PlaceHold',
      holdNo: 'H',
      reason: 'r',
      officer: 'o',
      meta: police,
    } as const;
    given(stone)(...loose, isSet)
      .when(unset)
      .thenRecorded({ type: 'StoneUnset', data });
    const out = stated('buyer', { type: 'StoneUnset' as const, data });
    const events = [...done(stone, opened('polished'), set, hold), out];
    expect(fold(stone, events)).toMatchObject({
      setting: null,
      holding: { custodian: 'buyer', owner: 'heir', holds: [{ holdNo: 'H' }] },
    });
    given(stone)(...events)
      .when(unset)
      .thenRecorded();
  });
});
