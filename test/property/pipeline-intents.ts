import fc from 'fast-check';
import type { PartyRole, Weight } from '#events/values';

/** Who may turn up; a stranger was never registered. */
export const roles = {
  operator: ['operator'],
  mine: ['producer'],
  dealer: ['dealer'],
  cutter: ['cutter'],
  laboratory: ['laboratory'],
  auditor: ['auditor'],
  stranger: ['producer', 'dealer', 'cutter'],
} as const satisfies Readonly<Record<string, readonly PartyRole[]>>;

export type Who = keyof typeof roles;

const parties = Object.keys(roles) as Who[];

export const stoneKinds = [
  'RecoverRough',
  'OpenHistory',
  'StartManufacturing',
  'ApproveCuttingPlan',
  'SawRough',
  'CleaveRough',
  'ProducePolished',
  'RecordLoss',
  'CloseManufacturing',
  'IssueReport',
  'MatchReport',
  'InscribeStone',
  'NameStone',
  'ScanRough',
] as const;

export const parcelKinds = [
  'RecoverLot',
  'SortParcel',
  'SplitParcel',
  'MixParcel',
  'SingleOutStone',
] as const;

const tradeKinds = [
  'ReleaseCustody',
  'AcceptCustody',
  'RefuseCustody',
  'OfferForSale',
  'AwardLot',
  'TransferTitle',
  'DeclareOrigin',
] as const;

const commonKinds = [
  'RecoverLot',
  'StartManufacturing',
  'SawRough',
  'ProducePolished',
  'ProducePolished',
  'RecordLoss',
  'CloseManufacturing',
  'IssueReport',
  'SortParcel',
  'SplitParcel',
  'MixParcel',
  'SingleOutStone',
  'ReleaseCustody',
  'AcceptCustody',
  'TransferTitle',
] as const;

/** What somebody means to do; what it comes to depends on the goods there are by then. */
export type Intent = Readonly<{
  kind: (typeof stoneKinds | typeof parcelKinds | typeof tradeKinds)[number];
  /** Mostly who may act; now and then anybody. */
  actor: 'rightful' | Who;
  target: number;
  other: number;
  to: Who;
  /** Percent of what is left, over all parts together. */
  share: number;
  lossShare: number;
  count: number;
  qualifier: Weight['qualifier'];
  when: 'now' | 'long ago' | 'tomorrow week' | 'no such day';
  /** Said again with the same id, or with the id of the command before. */
  repeat: 'no' | 'same' | 'same id, other words';
}>;

export const intents: fc.Arbitrary<readonly Intent[]> = fc.array(
  fc.record<Intent>({
    kind: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...commonKinds) },
      { weight: 2, arbitrary: fc.constantFrom(...stoneKinds, ...parcelKinds, ...tradeKinds) },
    ),
    actor: fc.oneof(
      { weight: 8, arbitrary: fc.constant('rightful' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...parties) },
    ),
    target: fc.nat(60),
    other: fc.nat(60),
    to: fc.constantFrom('mine', 'dealer', 'cutter', 'laboratory', 'stranger', 'cutter'),
    share: fc.oneof(fc.constantFrom(40, 50, 95, 98, 100), fc.integer({ min: -5, max: 140 })),
    lossShare: fc.oneof(fc.constantFrom(0, 2, 5, 60), fc.integer({ min: -1, max: 120 })),
    count: fc.integer({ min: 0, max: 4 }),
    qualifier: fc.oneof(
      { weight: 8, arbitrary: fc.constant('eq' as const) },
      { weight: 1, arbitrary: fc.constantFrom('gt' as const, 'lt' as const, 'approx' as const) },
    ),
    when: fc.oneof(
      { weight: 20, arbitrary: fc.constant('now' as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'long ago' as const,
          'tomorrow week' as const,
          'no such day' as const,
        ),
      },
    ),
    repeat: fc.oneof(
      { weight: 8, arbitrary: fc.constant('no' as const) },
      { weight: 1, arbitrary: fc.constantFrom('same' as const, 'same id, other words' as const) },
    ),
  }),
  { minLength: 20, maxLength: 60 },
);

const usual: Intent = {
  kind: 'RecoverLot',
  actor: 'rightful',
  target: 0,
  other: 1,
  to: 'cutter',
  share: 100,
  lossShare: 0,
  count: 1,
  qualifier: 'eq',
  when: 'now',
  repeat: 'no',
};

/** Goods to begin with: two lots, a stone at the mine and one that a cutter has begun to cut. */
export const beginnings: readonly Intent[] = [
  usual,
  { ...usual, target: 1, count: 0, share: 140 },
  { ...usual, kind: 'RecoverRough' },
  { ...usual, kind: 'ReleaseCustody', target: 2 },
  { ...usual, kind: 'AcceptCustody', target: 2 },
  { ...usual, kind: 'StartManufacturing' },
  { ...usual, kind: 'RecoverRough', target: 1 },
];
