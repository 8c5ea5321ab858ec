import type { BorderRule, ShipmentEvent } from '#events/shipment';
import { certificate } from '#libs/certificate/certificate';
import type { Certificate } from '#libs/certificate/certificate-state';
import { fold } from '#libs/decider/decider';
import type { GoodsKnown } from '#libs/shipment/shipment-command';
import { as, stated } from '#test/support/given';
import { issued, judged, used, validated } from '#test/support/kimberley';

type Of<T> = Extract<ShipmentEvent, { type: T }>;
export const alrosa = as('alrosa', ['producer']);
export const kgk = as('kgk', ['dealer']);
export const goods = [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }];
export const dawn: GoodsKnown = {
  stream: 'stone-dawn',
  hs: ['710221', '710231'],
  weight: { min: 236_000, max: 236_000 },
  shipment: null,
  refusal: null,
};
export const packing = (over: Partial<GoodsKnown> = {}) => ({
  goods: [{ ...dawn, ...over }],
  reliedOn: [],
});
export const journey = { consignee: 'kgk', from: 'RU', to: 'IN', goods, parcels: 1 } as const;
export const create = {
  type: 'CreateShipment',
  ...journey,
  known: packing(),
  meta: alrosa,
} as const;

export const created = (over: Partial<Of<'ShipmentCreated'>['data']> = {}): Of<'ShipmentCreated'> =>
  stated('alrosa', { type: 'ShipmentCreated', data: { ...journey, reliedOn: [], ...over } });
export const attached: Of<'CertificateAttached'> = stated('alrosa', {
  type: 'CertificateAttached',
  data: { number: 'RU0012345', reliedOn: [] },
});
export const sealed: Of<'ContainerSealed'> = stated('gokhran', {
  type: 'ContainerSealed',
  data: { sealNo: 'SEAL-1' },
});
export const border: BorderRule = {
  need: 'certificate',
  number: 'RU0012345',
  exporting: judged('RU'),
  importing: judged('IN'),
};
export const left: Of<'ShipmentDispatched'> = stated('alrosa', {
  type: 'ShipmentDispatched',
  data: { carrier: 'Malca-Amit', border, reliedOn: [] },
});
export const arrived: Of<'ShipmentArrived'> = stated('kgk', {
  type: 'ShipmentArrived',
  data: { parcels: 1, findings: [], reliedOn: [] },
});

export const ready = fold(certificate, [issued(), validated()]);
export const inUse = fold(certificate, [issued(), validated(), used()]);
export const under = (paper: Certificate | null, over: Partial<GoodsKnown> = {}) => ({
  certificate: paper,
  goods: packing({ shipment: 's1', ...over }).goods,
  shipment: 's1',
  reliedOn: [],
});
export const dispatch = {
  type: 'DispatchShipment',
  carrier: 'Malca-Amit',
  known: under(inUse),
  meta: alrosa,
} as const;
