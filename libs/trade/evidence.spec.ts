import { describe, expect, it } from '@jest/globals';
import type { Paper } from '#events/evidence';
import { jewellery } from '#libs/jewellery/jewellery';
import { parcel } from '#libs/parcel/parcel';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer', 'jeweller']);
const stranger = as('kgk', ['dealer']);
const authority = as('kp-authority', ['authority']);
const operator = as('registry', ['operator']);
const recover = {
  type: 'RecoverRough',
  mineId: 'bw-jwaneng',
  weight: mct(34_170),
  meta: alrosa,
} as const;
const document = { type: 'paper', sha256: 'a'.repeat(64) };
const kimberley: Paper = {
  kind: 'kimberley-certificate',
  number: 'BW0012345',
  origin: { kind: 'single', country: 'BW' },
};
const attach = {
  type: 'AttachEvidence',
  evidenceNo: 'EV-1',
  paper: kimberley,
  document,
  validFrom: '2025-04-01',
  validTo: '2025-06-01',
  meta: alrosa,
} as const;
const revoke = {
  type: 'RevokeEvidence',
  evidenceNo: 'EV-1',
  ground: 'withdrawn',
  reason: 'mistaken',
  meta: alrosa,
} as const;
const { type: _, meta: __, ...said } = attach;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover, ...commands));
const saying = (paper: object) => history().when({ ...attach, paper: paper as Paper });

describe('evidence', () => {
  it('is put on file by the holder or an authority, by the hash of its bytes', () => {
    history().when(attach).thenRecorded({ type: 'EvidenceAttached', data: said });
    history()
      .when({ ...attach, meta: authority })
      .thenRecorded({ type: 'EvidenceAttached', data: said });
    history()
      .when({ ...attach, meta: stranger })
      .thenRefused('not-holder');
    history()
      .when({ ...attach, document: { type: 'paper' } })
      .thenRefused('document-needed');
    history()
      .when({ ...attach, document: { type: 'paper', sha256: 'A' } })
      .thenRefused('bad-hash');
  });

  it('is put on file for parcels and jewellery too', () => {
    const month = day('2025-03-01');
    const lot = {
      type: 'RecoverLot',
      mineId: 'bw-jwaneng',
      from: month,
      to: month,
      content: { weight: mct(100_000) },
      meta: alrosa,
    } as const;
    given(parcel)(...done(parcel, lot))
      .when(attach)
      .thenRecorded({ type: 'EvidenceAttached', data: said });
    const make = {
      type: 'MakeItem',
      description: 'ring',
      metal: 'gold',
      fineness: 585,
      grossMg: 5_000,
      meta: alrosa,
    } as const;
    given(jewellery)(...done(jewellery, make))
      .when(attach)
      .thenRecorded({ type: 'EvidenceAttached', data: said });
  });

  it('has a number of its own, even once it is revoked', () => {
    history(attach).when(attach).thenRefused('evidence-exists');
    history(attach, revoke).when(attach).thenRefused('evidence-exists');
  });

  it('counts over an interval of real days', () => {
    history()
      .when({ ...attach, validTo: '2025-02-30' })
      .thenRefused('bad-date');
    history()
      .when({ ...attach, validTo: '2025-03-31' })
      .thenRefused('impossible-interval');
  });

  it('says what its kind must say, and nothing else', () => {
    saying({ kind: 'kimberley-certificate', number: 'BW0012345' }).thenRefused('bad-evidence');
    saying({ ...kimberley, signatory: 'x' }).thenRefused('bad-evidence');
    saying({ ...kimberley, number: '12' }).thenRefused('bad-certificate-number');
    saying({ ...kimberley, origin: { kind: 'single', country: 'XX' } }).thenRefused('bad-country');
    saying({ ...kimberley, origin: { kind: 'mixed-listed', countries: [] } }).thenRefused(
      'bad-country',
    );
    saying({ kind: 'us-country-of-mining', countries: ['UK'] }).thenRefused('bad-country');
  });

  it('tells of the past: stays and processing', () => {
    const stay = { kind: 'location-proof', country: 'AE', from: '2023-05-01' };
    saying({ ...stay, to: '2023-04-30' }).thenRefused('impossible-interval');
    saying({ ...stay, from: '2025-04-06' }).thenRefused('in-the-future');
    saying({ ...stay, country: 'ZZ' }).thenRefused('bad-country');
    const cut = { kind: 'processing-record', country: 'IN', operation: 'polished' };
    saying(cut).thenRefused('bad-evidence');
    saying({ ...cut, on: '2025-04-31' }).thenRefused('bad-date');
    saying({ ...cut, on: '2025-04-06' }).thenRefused('in-the-future');
  });

  it('is revoked by whoever put it on file, an authority or the operator, once', () => {
    const data = {
      evidenceNo: 'EV-1',
      ground: 'withdrawn',
      from: '2025-04-04',
      reason: 'mistaken',
    } as const;
    for (const meta of [alrosa, authority, operator]) {
      history(attach)
        .when({ ...revoke, meta })
        .thenRecorded({ type: 'EvidenceRevoked', data });
    }
    history(attach)
      .when({ ...revoke, from: '2025-04-01' })
      .thenRecorded({ type: 'EvidenceRevoked', data: { ...data, from: '2025-04-01' } });
    history(attach)
      .when({ ...revoke, meta: stranger })
      .thenRefused('not-your-act');
    history(attach)
      .when({ ...revoke, from: '2025-04-05' })
      .thenRefused('in-the-future');
    history(attach)
      .when({ ...revoke, from: '2025-04-00' })
      .thenRefused('bad-date');
    history(attach, revoke).when(revoke).thenRefused('evidence-revoked');
    history().when(revoke).thenRefused('unknown-evidence');
  });

  it('binds nothing', () => expect(done(stone, recover, attach)).toHaveLength(2));
});
