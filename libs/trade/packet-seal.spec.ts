import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { parcel } from '#libs/parcel/parcel';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const brinks = as('brinks');
const customs = as('customs', ['authority']);
const stranger = as('stranger');

const month = day('2025-03-01');
const recover = {
  type: 'RecoverLot',
  mineId: 'ru-ebelyakh',
  from: month,
  to: month,
  content: { weight: mct(100_000) },
  meta: alrosa,
} as const;
const seal = { type: 'SealPacket', sealNo: 'S-1', meta: alrosa } as const;
const verify = { type: 'VerifySeal', sealNo: 'S-1', meta: alrosa } as const;
const breach = {
  type: 'ReportSealBreach',
  foundNo: 'S-9',
  finding: 'another seal',
  meta: alrosa,
} as const;
const unseal = { type: 'UnsealPacket', reason: 'inspection', meta: alrosa } as const;
const release = {
  type: 'ReleaseCustody',
  to: 'brinks',
  purpose: 'carriage',
  meta: alrosa,
} as const;
const history = (...commands: readonly ParcelCommand[]) =>
  given(parcel)(...done(parcel, recover, ...commands));

describe('a sealed packet', () => {
  it('carries one seal, put on by its custodian', () => {
    history()
      .when({ ...seal, containerNo: 'BOX-4' })
      .thenRecorded({ type: 'PacketSealed', data: { sealNo: 'S-1', containerNo: 'BOX-4' } });
    history(seal).when(seal).thenRefused('sealed');
    history()
      .when({ ...seal, meta: brinks })
      .thenRefused('not-custodian');
  });

  it('is looked at by its custodian, its receiver and authorities', () => {
    for (const meta of [alrosa, brinks, customs]) {
      history(seal, release)
        .when({ ...verify, meta })
        .thenRecorded({ type: 'PacketSealVerified', data: { sealNo: 'S-1' } });
      history(seal, release)
        .when({ ...breach, meta })
        .thenRecorded({
          type: 'PacketSealBreachFound',
          data: { sealNo: 'S-1', foundNo: 'S-9', finding: 'another seal' },
        });
    }
    for (const act of [verify, breach]) {
      history(seal)
        .when({ ...act, meta: stranger })
        .thenRefused('not-custodian');
      history().when(act).thenRefused('not-sealed');
    }
    history(seal)
      .when({ ...verify, sealNo: 'S-2' })
      .thenRefused('seal-differs');
  });

  it('is not sealed any more after a breach, nor after it was opened', () => {
    for (const act of [breach, unseal]) {
      expect(fold(parcel, done(parcel, recover, seal, act))?.holding.seal).toBeNull();
    }
    history(seal)
      .when(unseal)
      .thenRecorded({ type: 'PacketUnsealed', data: { sealNo: 'S-1', reason: 'inspection' } });
    history(seal)
      .when({ ...unseal, meta: brinks })
      .thenRefused('not-custodian');
    history().when(unseal).thenRefused('not-sealed');
  });

  it('goes out under the seal it carries', () => {
    history(seal)
      .when({ ...release, sealNo: 'S-2' })
      .thenRefused('seal-differs');
    expect(done(parcel, recover, seal, { ...release, sealNo: 'S-1' })).toHaveLength(3);
  });

  it('is divided and mixed only after it was opened', () => {
    const part = { content: { weight: mct(1000) } };
    history(seal)
      .when({ type: 'SplitParcel', parts: [part], meta: alrosa })
      .thenRefused('sealed');
    history(seal)
      .when({ type: 'MixParcel', parcelId: 'a', into: 'b', meta: alrosa })
      .thenRefused('sealed');
    expect(
      done(parcel, recover, seal, unseal, { type: 'SplitParcel', parts: [part], meta: alrosa }),
    ).toHaveLength(4);
  });
});
