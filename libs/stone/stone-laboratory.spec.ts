import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, given, mct } from '#test/support/given';

const kgk = as('kgk', ['dealer']);
const gia = as('gia', ['laboratory']);
const stranger = as('stranger', ['dealer']);
const opened: StoneCommand = {
  type: 'OpenHistory',
  form: 'polished',
  weight: mct(1_000),
  origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
  owner: 'kgk',
  basis: 'bought',
  meta: kgk,
};
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, opened, ...commands));

const submit = {
  type: 'SubmitToLaboratory',
  laboratory: 'gia',
  service: 'grading',
  meta: kgk,
} as const;
const accept = { type: 'AcceptCustody', meta: gia } as const;
const giveBack = { type: 'ReturnFromLaboratory', to: 'kgk', meta: gia } as const;

describe('a stone at a laboratory', () => {
  it('is released to it, and by it again', () => {
    history()
      .when(submit)
      .thenRecorded(
        { type: 'SubmittedToLaboratory', data: { laboratory: 'gia', service: 'grading' } },
        { type: 'CustodyReleased', data: { from: 'kgk', to: 'gia', purpose: 'laboratory' } },
      );
    history(submit, accept)
      .when(giveBack)
      .thenRecorded(
        { type: 'ReturnedFromLaboratory', data: { laboratory: 'gia', to: 'kgk' } },
        { type: 'CustodyReleased', data: { from: 'gia', to: 'kgk', purpose: 'return' } },
      );
  });

  it('goes there from its custodian, even on hold', () => {
    history()
      .when({ ...submit, meta: stranger })
      .thenRefused('not-custodian');
    history(submit).when(submit).thenRefused('custody-released');
    history()
      .when({ ...submit, laboratory: 'kgk' })
      .thenRefused('to-itself');
    const hold = { type: 'PlaceHold', holdNo: 'H', reason: 'r', officer: 'o', meta: kgk } as const;
    expect(done(stone, opened, hold, submit)).toHaveLength(4);
  });

  it('comes back from the laboratory it was submitted to', () => {
    history(submit, accept)
      .when({ ...giveBack, meta: { ...gia, roles: ['dealer'] } })
      .thenRefused('role-needed');
    history(submit).when(giveBack).thenRefused('not-custodian');
    const byHand = { type: 'ReleaseCustody', to: 'gia', purpose: 'vault', meta: kgk } as const;
    history(byHand, accept).when(giveBack).thenRefused('not-at-laboratory');
    history(submit, accept)
      .when({ ...giveBack, to: 'gia' })
      .thenRefused('to-itself');
    const theft = {
      type: 'ReportTheft',
      policeRef: 'A',
      circumstances: 'x',
      meta: kgk,
    } as const;
    history(submit, accept, theft).when(giveBack).thenRefused('not-clear');
  });

  it('is not there when the laboratory refused it', () => {
    const refuse = { type: 'RefuseCustody', reason: 'no order', meta: gia } as const;
    expect(fold(stone, done(stone, opened, submit))?.laboratory).toBe('gia');
    expect(fold(stone, done(stone, opened, submit, refuse))?.laboratory).toBeNull();
  });
});

describe('a treatment', () => {
  const treat = { type: 'DiscloseTreatment', kind: 'hpht', permanent: true, meta: kgk } as const;

  it('is disclosed by holders and laboratories, for life', () => {
    for (const meta of [kgk, gia]) {
      history()
        .when({ ...treat, meta })
        .thenRecorded({ type: 'TreatmentDisclosed', data: { kind: 'hpht', permanent: true } });
    }
    history()
      .when({ ...treat, meta: stranger })
      .thenRefused('not-holder');
    history(treat).when(treat).thenRefused('treatment-disclosed');
    expect(fold(stone, done(stone, opened, treat))?.treatments).toEqual(['hpht']);
  });

  it('of another kind is disclosed besides', () =>
    expect(
      fold(stone, done(stone, opened, treat, { ...treat, kind: 'coating', permanent: false }))
        ?.treatments,
    ).toEqual(['hpht', 'coating']));
});

describe('a laboratory-grown stone', () => {
  const detect = { type: 'DetectLaboratoryGrown', instrument: 'DiamondView', meta: kgk } as const;

  it('is found by its custodian, once, and was mined nowhere', () => {
    history()
      .when(detect)
      .thenRecorded({ type: 'LaboratoryGrownDetected', data: { instrument: 'DiamondView' } });
    history()
      .when({ ...detect, meta: stranger })
      .thenRefused('not-custodian');
    history(detect).when(detect).thenRefused('laboratory-grown');
    const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
    history(detect)
      .when({ type: 'DeclareOrigin', origin, purpose: 'g7', meta: kgk })
      .thenRefused('laboratory-grown');
  });
});

describe('an inscription', () => {
  const inscribe = { type: 'InscribeStone', text: 'GIA 1', location: 'girdle', meta: kgk } as const;
  const verify = { type: 'VerifyInscription', text: 'GIA 1', method: 'loupe', meta: kgk } as const;
  const remove = { type: 'RemoveInscription', text: 'GIA 1', reason: 'recut', meta: kgk } as const;

  it('is read on the stone and may be gone', () => {
    history(inscribe)
      .when(verify)
      .thenRecorded({ type: 'LaserInscriptionVerified', data: { text: 'GIA 1', method: 'loupe' } });
    history(inscribe)
      .when(remove)
      .thenRecorded({ type: 'LaserInscriptionRemoved', data: { text: 'GIA 1', reason: 'recut' } });
  });

  it.each([verify, remove])('must be there, in its custodian’s hands: %j', (act) => {
    history().when(act).thenRefused('unknown-inscription');
    history(inscribe, remove).when(act).thenRefused('unknown-inscription');
    history(inscribe)
      .when({ ...act, meta: stranger })
      .thenRefused('not-custodian');
  });
});
