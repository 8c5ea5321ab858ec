import { describe, it } from '@jest/globals';
import type { RefusalCode } from '#libs/decider/codes';
import { shipment } from '#libs/shipment/shipment';
import { as, given, stated } from '#test/support/given';
import { alrosa, kgk, created, attached, sealed, left, dispatch } from '#test/support/shipment';

describe('seals', () => {
  const verify = { type: 'VerifySeal', sealNo: 'SEAL-1', meta: kgk } as const;

  it('are verified by the number they were sealed with', () => {
    given(shipment)(created(), sealed)
      .when(verify)
      .thenRecorded({ type: 'SealVerified', data: { sealNo: 'SEAL-1' } });
    given(shipment)(created(), sealed)
      .when({ ...verify, sealNo: 'SEAL-2' })
      .thenRefused('seal-differs');
    given(shipment)(created()).when(verify).thenRefused('not-sealed');
    given(shipment)(created(), sealed)
      .when({ ...verify, meta: as('graff') })
      .thenRefused('not-your-act');
  });

  it('are set anew on the way by an authority only', () => {
    const seal = { type: 'SealContainer', sealNo: 'SEAL-2', meta: alrosa } as const;
    given(shipment)(created(), sealed).when(seal).thenRefused('wrong-status');
    given(shipment)(created(), sealed, left).when(seal).thenRefused('role-needed');
    given(shipment)(created(), sealed, left)
      .when({ ...seal, meta: as('customs', ['authority']) })
      .thenRecorded({ type: 'ContainerSealed', data: { sealNo: 'SEAL-2' } });
  });

  it('are reported broken', () =>
    given(shipment)(created(), sealed)
      .when({ type: 'ReportSealBreach', finding: 'cut', foundNo: 'X', meta: kgk })
      .thenRecorded({
        type: 'SealBreachFound',
        data: { sealNo: 'SEAL-1', finding: 'cut', foundNo: 'X' },
      }));
});

describe('customs', () => {
  const said = {
    office: 'post',
    mrn: 'MRN-1',
    lines: [{ hs: '710231', mct: 236_000 }],
    countriesOfMining: ['RU'],
  };
  const declare = { type: 'DeclareExport', ...said, meta: alrosa } as const;
  const declared = stated('alrosa', { type: 'ExportDeclared' as const, data: said });
  const release = {
    type: 'ReleaseByCustoms',
    office: 'post',
    mrn: 'MRN-1',
    meta: as('customs', ['authority']),
  } as const;

  it('are told headings and weights of the goods', () => {
    given(shipment)(created()).when(declare).thenRecorded({ type: 'ExportDeclared', data: said });
    const refused = (part: object, code: RefusalCode) =>
      given(shipment)(created())
        .when({ ...declare, ...part })
        .thenRefused(code);
    refused({ lines: [{ hs: '710239', mct: 236_000 }] }, 'hs-differs');
    refused({ lines: [{ hs: '710231', mct: 200_000 }] }, 'carats-differ');
    refused({ countriesOfMining: ['XX'] }, 'bad-country');
    refused({ meta: kgk }, 'not-your-act');
    given(shipment)(created(), declared).when(declare).thenRefused('already-declared');
    given(shipment)(created())
      .when({ ...declare, type: 'DeclareImport', meta: kgk })
      .thenRefused('wrong-status');
  });

  it('release what was declared, and nothing leaves before', () => {
    given(shipment)(created(), declared)
      .when(release)
      .thenRecorded({ type: 'CustomsReleased', data: { office: 'post', mrn: 'MRN-1' } });
    given(shipment)(created()).when(release).thenRefused('not-declared');
    given(shipment)(created(), declared, attached, sealed)
      .when(dispatch)
      .thenRefused('not-released-by-customs');
  });
});
