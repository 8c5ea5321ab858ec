import { describe, expect, it } from '@jest/globals';
import type { BorderRule } from '#events/shipment';
import { certificate } from '#libs/certificate/certificate';
import type { Certificate } from '#libs/certificate/certificate-state';
import type { RefusalCode } from '#libs/decider/codes';
import { fold } from '#libs/decider/decider';
import { shipment } from '#libs/shipment/shipment';
import { as, given, refusalOf, stated } from '#test/support/given';
import { issued, suspected, used, validated } from '#test/support/kimberley';
import {
  alrosa,
  kgk,
  goods,
  packing,
  journey,
  create,
  created,
  attached,
  sealed,
  left,
  arrived,
  ready,
  inUse,
  under,
  dispatch,
} from '#test/support/shipment';

const inside = { ...packing({ shipment: 's1' }), shipment: 's1' };

describe('packing', () => {
  it('is of goods the sender holds, at their weight and heading', () =>
    given(shipment)()
      .when(create)
      .thenRecorded({ type: 'ShipmentCreated', data: { ...journey, reliedOn: [] } }));

  it.each<[RefusalCode, object]>([
    ['not-custodian', { known: packing({ refusal: 'not-custodian' }) }],
    ['goods-packed', { known: packing({ shipment: 's9' }) }],
    ['goods-differ', { known: { goods: [], reliedOn: [] } }],
    ['goods-differ', { goods: [...goods, ...goods] }],
    ['hs-differs', { goods: [{ stream: 'stone-dawn', hs: '710239', mct: 236_000 }] }],
    ['weight-differs', { goods: [{ stream: 'stone-dawn', hs: '710231', mct: 200_000 }] }],
    ['bad-weight', { goods: [{ stream: 'stone-dawn', hs: '710231', mct: 0 }] }],
    ['bad-country', { to: 'EU' }],
    ['bad-count', { parcels: 0 }],
    ['role-needed', { meta: as('alrosa', ['operator']) }],
  ])('is refused as %s for %j', (code, part) =>
    given(shipment)()
      .when({ ...create, ...part })
      .thenRefused(code),
  );

  it('is refused twice', () =>
    given(shipment)(created()).when(create).thenRefused('already-exists'));
});

describe('the certificate', () => {
  const attach = {
    type: 'AttachCertificate',
    number: 'RU0012345',
    known: { certificate: ready, reliedOn: [] },
    meta: alrosa,
  } as const;

  it('is attached when it is validated, free and of this journey', () =>
    given(shipment)(created())
      .when(attach)
      .thenRecorded({ type: attached.type, data: attached.data }));

  it.each<[RefusalCode, Parameters<typeof created>[0]]>([
    ['certificate-differs', { consignee: 'graff' }],
    ['certificate-differs', { to: 'BW' }],
    ['parcels-differ', { parcels: 2 }],
    ['carats-differ', { goods: [{ stream: 'stone-dawn', hs: '710231', mct: 235_900 }] }],
    ['hs-differs', { goods: [{ stream: 'parcel-a', hs: '710210', mct: 236_000 }] }],
    ['not-rough', { goods: [{ stream: 'stone-a', hs: '710239', mct: 236_000 }] }],
  ])('is refused as %s with %j', (code, part) =>
    given(shipment)(created(part)).when(attach).thenRefused(code),
  );

  it('is refused when it is not there, used, doubted or not validated', () => {
    const known = (paper: Certificate | null) => ({ certificate: paper, reliedOn: [] });
    const refused = (paper: Certificate | null, code: RefusalCode) =>
      given(shipment)(created())
        .when({ ...attach, known: known(paper) })
        .thenRefused(code);
    refused(null, 'unknown-certificate');
    refused(inUse, 'certificate-used');
    refused(fold(certificate, [issued()]), 'not-validated');
    refused(fold(certificate, [issued(), validated(), suspected()]), 'under-suspicion');
    given(shipment)(created(), attached).when(attach).thenRefused('certificate-attached');
  });

  it('comes off when its own stream says so, once', () => {
    const off = {
      type: 'DetachCertificate',
      number: 'RU0012345',
      cause: 'c1',
      code: 'certificate-used',
      meta: alrosa,
    } as const;
    const data = { number: 'RU0012345', cause: 'c1', code: 'certificate-used' };
    given(shipment)(created(), attached)
      .when(off)
      .thenRecorded({ type: 'CertificateDetached', data });
    const detached = stated('alrosa', { type: 'CertificateDetached' as const, data });
    given(shipment)(created(), attached, detached).when(off).thenRecorded();
  });
});

describe('the border', () => {
  it('lets rough between participants out under its certificate', () =>
    given(shipment)(created(), attached, sealed)
      .when(dispatch)
      .thenRecorded({ type: left.type, data: left.data }));

  it.each<[string, BorderRule, Parameters<typeof created>[0]]>([
    [
      'polished',
      { need: 'none', why: 'polished' },
      { goods: [{ stream: 'stone-dawn', hs: '710239', mct: 1 }] },
    ],
    ['rough inside one country', { need: 'none', why: 'inside-one-country' }, { to: 'RU' }],
    [
      'rough inside the Union',
      { need: 'none', why: 'inside-one-participant' },
      { from: 'BE', to: 'DE' },
    ],
  ])('asks nothing of %s', (_, rule, part) => {
    const state = fold(shipment, [created(part), sealed]);
    expect(shipment.decide({ ...dispatch, known: under(null) }, state)).toMatchObject([
      { data: { border: rule } },
    ]);
  });

  it.each<[RefusalCode, Parameters<typeof created>[0]]>([
    ['certificate-needed', {}],
    ['certificate-needed', { to: 'BY' }],
    ['certificate-needed', { from: 'GB', to: 'BE' }],
    ['not-a-participant', { to: 'PK' }],
  ])('is refused as %s for %j without one', (code, part) =>
    given(shipment)(created(part), sealed)
      .when({ ...dispatch, known: under(null) })
      .thenRefused(code),
  );

  it('is refused for a certificate that is another’s, doubted or of another seal', () => {
    const refused = (paper: Certificate | null, code: RefusalCode) =>
      given(shipment)(created(), attached, sealed)
        .when({ ...dispatch, known: under(paper) })
        .thenRefused(code);
    refused(fold(certificate, [issued(), validated(), used('s2')]), 'wrong-status');
    refused(fold(certificate, [issued(), validated(), used(), suspected('s1')]), 'under-suspicion');
    refused(fold(certificate, [issued(), validated('SEAL-2'), used()]), 'seal-differs');
  });

  it('is refused when what is packed is no longer what is certified', () =>
    given(shipment)(created({ parcels: 2 }), attached, sealed)
      .when(dispatch)
      .thenRefused('parcels-differ'));

  it('is refused without a whole seal, for goods that are out or on hold, and to others', () => {
    given(shipment)(created(), attached).when(dispatch).thenRefused('not-sealed');
    const broken = stated('gokhran', {
      type: 'SealBreachFound' as const,
      data: { sealNo: 'SEAL-1', finding: 'cut' },
    });
    given(shipment)(created(), attached, sealed, broken)
      .when(dispatch)
      .thenRefused('seal-breached');
    const all = given(shipment)(created(), attached, sealed);
    all
      .when({ ...dispatch, known: under(inUse, { shipment: null }) })
      .thenRefused('goods-not-packed');
    all
      .when({ ...dispatch, known: under(inUse, { refusal: 'not-clear' }) })
      .thenRefused('not-clear');
    all.when({ ...dispatch, meta: kgk }).thenRefused('not-your-act');
  });
});

describe('on the way and after', () => {
  const arrive = {
    type: 'ArriveShipment',
    parcels: 1,
    mct: 236_000,
    sealNo: 'SEAL-1',
    known: { certificate: inUse, reliedOn: [] },
    meta: kgk,
  } as const;
  const travelling = [created(), attached, sealed, left] as const;

  it('arrival is a fact, recorded with what is wrong', () => {
    given(shipment)(...travelling)
      .when(arrive)
      .thenRecorded({
        type: 'ShipmentArrived',
        data: { parcels: 1, mct: 236_000, sealNo: 'SEAL-1', findings: [], reliedOn: [] },
      });
    const wrong = { ...arrive, parcels: 2, mct: 200_000, sealNo: 'X' };
    expect(shipment.decide(wrong, fold(shipment, travelling))).toMatchObject([
      { data: { findings: ['parcels-differ', 'carats-differ', 'seal-differs'] } },
    ]);
    given(shipment)(created()).when(arrive).thenRefused('wrong-status');
    given(shipment)(...travelling)
      .when({ ...arrive, meta: alrosa })
      .thenRefused('not-your-act');
  });

  it('transit is through a country under the same seal', () => {
    const transit = {
      type: 'RecordTransit',
      country: 'AE',
      sealNo: 'SEAL-1',
      meta: alrosa,
    } as const;
    given(shipment)(...travelling)
      .when(transit)
      .thenRecorded({
        type: 'TransitRecorded',
        data: { country: 'AE', sealNo: 'SEAL-1', goods: ['stone-dawn'] },
      });
    given(shipment)(...travelling)
      .when({ ...transit, sealNo: 'X' })
      .thenRefused('seal-differs');
    given(shipment)(...travelling)
      .when({ ...transit, country: 'XX' })
      .thenRefused('bad-country');
  });

  it('a rejected shipment goes back to its consignor, who unpacks it', () => {
    const rejected = stated('kgk', { type: 'ShipmentRejected' as const, data: { reason: 'x' } });
    const returned = stated('alrosa', { type: 'ReturnedToExporter' as const, data: {} });
    given(shipment)(...travelling)
      .when({ type: 'RejectShipment', reason: 'x', meta: kgk })
      .thenRecorded({ type: 'ShipmentRejected', data: { reason: 'x' } });
    given(shipment)(...travelling)
      .when({ type: 'RejectShipment', reason: 'x', meta: alrosa })
      .thenRefused('not-your-act');
    given(shipment)(...travelling, rejected)
      .when({ type: 'ReturnShipment', meta: alrosa })
      .thenRecorded({ type: 'ReturnedToExporter', data: {} });
    given(shipment)(...travelling, rejected, returned)
      .when({ type: 'UnpackShipment', known: inside, meta: alrosa })
      .thenRecorded({ type: 'ShipmentUnpacked', data: { goods: ['stone-dawn'], reliedOn: [] } });
  });

  it('is unpacked by the consignee after arrival and not on the way', () => {
    const unpack = { type: 'UnpackShipment', known: inside, meta: kgk } as const;
    given(shipment)(...travelling, arrived)
      .when(unpack)
      .thenRecorded({ type: 'ShipmentUnpacked', data: { goods: ['stone-dawn'], reliedOn: [] } });
    given(shipment)(...travelling)
      .when(unpack)
      .thenRefused('wrong-status');
  });

  it('is not unpacked before its goods say that they are in it', () =>
    given(shipment)(created())
      .when({ type: 'UnpackShipment', known: { ...packing(), shipment: 's1' }, meta: alrosa })
      .thenRefused('goods-not-packed'));

  it('stands still in quarantine', () => {
    const quarantined = stated('gjepc', {
      type: 'ShipmentQuarantined' as const,
      data: { number: 'RU0012345', cause: 'c', by: 'gjepc', goods: ['stone-dawn'] },
    });
    given(shipment)(...travelling, arrived, quarantined)
      .when({ type: 'UnpackShipment', meta: kgk })
      .thenRefused('quarantined');
  });
});

it('does not know a shipment that nobody packed', () =>
  expect(
    refusalOf(() => shipment.decide({ type: 'VerifySeal', sealNo: 'x', meta: kgk }, null)),
  ).toBe('unknown-shipment'));
