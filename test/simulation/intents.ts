import type { Random } from '#apps/cli/generate/random';
import type { Intent } from '#test/property/pipeline-intents';

/** What is asked for; acts with effects on other streams come up most. */
const kinds: readonly Intent['kind'][] = [
  'RecoverLot',
  'RecoverLot',
  'RecoverRough',
  'StartManufacturing',
  'SawRough',
  'CleaveRough',
  'ProducePolished',
  'ProducePolished',
  'RecordLoss',
  'CloseManufacturing',
  'IssueReport',
  'SortParcel',
  'SortParcel',
  'SplitParcel',
  'SplitParcel',
  'SingleOutStone',
  'SingleOutStone',
  'MixParcel',
  'MixParcel',
  'MixParcel',
  'ReleaseCustody',
  'AcceptCustody',
  'RefuseCustody',
  'TransferTitle',
  'DeclareOrigin',
];

/** One act that mostly can be carried out. */
export function intentOf(random: Random): Intent {
  const kind = random.pick(kinds);
  const isWhole = kind === 'SortParcel' || kind === 'SawRough' || kind === 'CleaveRough';
  return {
    kind,
    actor: random.chance(0.05) ? 'dealer' : 'rightful',
    target: random.int(0, 60),
    other: random.int(0, 60),
    to: random.pick(['mine', 'dealer', 'cutter'] as const),
    share: isWhole ? random.pick([95, 98, 100]) : random.pick([10, 30, 50]),
    lossShare: random.pick([0, 2, 5]),
    count: random.int(1, 4),
    qualifier: 'eq',
    when: 'now',
    repeat: 'no',
  };
}
