import type { Origin } from '#events/values';
import type { Holding } from '#libs/trade/holding';
import type { TradeCommand } from '#libs/trade/trade-command';

type Unsaid<C> = C extends unknown ? Omit<C, 'meta'> : never;

/** Acts that bind goods, or act on what binds them. */
export const bindings = [
  'IssueMemo',
  'RegisterPledge',
  'ReportLoss',
  'SeizeGoods',
  'PlaceHold',
  'SealPacket',
  'ContestOrigin',
  'ContestTitle',
] as const;

type Binding = (typeof bindings)[number];

export type Unbinding =
  | 'ReturnMemo'
  | 'ConvertMemo'
  | 'ReleasePledge'
  | 'EnforcePledge'
  | 'ConsentToTransfer'
  | 'ReportRecovery'
  | 'EndSeizure'
  | 'ForfeitGoods'
  | 'ReleaseHold'
  | 'UnsealPacket'
  | 'ReportSealBreach'
  | 'ResolveOriginContest'
  | 'ResolveTitleContest'
  | 'ConsentToCutting';

export type BindingVerb = Binding | Unbinding;

/** What may be done about what binds goods now. */
export function unbindings(holding: Holding): readonly Unbinding[] {
  return [
    ...(holding.memo ? (['ReturnMemo', 'ConvertMemo'] as const) : []),
    ...(holding.pledges.length > 0
      ? (['ReleasePledge', 'EnforcePledge', 'ConsentToTransfer', 'ConsentToCutting'] as const)
      : []),
    ...(holding.missing ? (['ReportRecovery'] as const) : []),
    ...(holding.seizure ? (['EndSeizure', 'EndSeizure', 'ForfeitGoods'] as const) : []),
    ...(holding.holds.length > 0 ? (['ReleaseHold'] as const) : []),
    ...(holding.seal === null ? [] : (['UnsealPacket', 'ReportSealBreach'] as const)),
    ...(holding.contests.length > 0 ? (['ResolveOriginContest'] as const) : []),
    ...(holding.titleContests.length > 0 ? (['ResolveTitleContest'] as const) : []),
  ];
}

/** Who may do it, mostly. */
export function rightful(verb: BindingVerb, holding: Holding): string {
  const { custodian, memo, pledges, seizure } = holding;
  const owner = holding.owner ?? custodian;
  switch (verb) {
    case 'IssueMemo':
    case 'RegisterPledge':
    case 'ConvertMemo':
    case 'ReportLoss':
      return owner;
    case 'ReturnMemo':
      return memo?.consignee ?? custodian;
    case 'ReleasePledge':
    case 'EnforcePledge':
    case 'ConsentToTransfer':
    case 'ConsentToCutting':
      return pledges[0]?.lender ?? owner;
    case 'EndSeizure':
      return seizure?.authority ?? custodian;
    default:
      return custodian;
  }
}

/** The act itself; `other` picks what the rules leave open. */
export function bindingAct(
  verb: BindingVerb,
  { pledges, contests, titleContests }: Holding,
  party: string,
  other: number,
): Unsaid<TradeCommand> {
  const pledgeNo = pledges[0]?.pledgeNo ?? 'P0';
  switch (verb) {
    case 'IssueMemo': {
      const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }] as const;
      return { type: verb, memoNo: 'M', consignee: party, dueOn: '2025-05-04', warranties };
    }
    case 'RegisterPledge': {
      const priority = 1 + (other % 3);
      return { type: verb, pledgeNo: `P${priority}`, lender: party, filingRef: 'F', priority };
    }
    case 'ReportLoss':
      return { type: verb, circumstances: 'gone' };
    case 'SeizeGoods':
      return { type: verb, orderNo: 'O', reason: 'doubt', inPlace: other % 2 === 0 };
    case 'PlaceHold':
      return { type: verb, holdNo: `H${other % 2}`, reason: 'doubt', officer: 'one' };
    case 'SealPacket':
      return { type: verb, sealNo: 'S' };
    case 'ContestOrigin':
      return {
        type: verb,
        contestNo: `C${other % 2}`,
        ground: 'seen elsewhere',
        ...(other % 3 > 0 && { origin: unknownFrom(other % 3 === 1 ? 'AO' : 'CA') }),
      };
    case 'ContestTitle':
      return { type: verb, contestNo: `T${other % 2}`, ground: 'never sold' };
    case 'ReturnMemo':
    case 'ConvertMemo':
      return { type: verb };
    case 'ReleasePledge':
    case 'EnforcePledge':
    case 'ConsentToCutting':
      return { type: verb, pledgeNo };
    case 'ConsentToTransfer':
      return { type: verb, pledgeNo, to: party };
    case 'ReportRecovery':
      return { type: verb };
    case 'EndSeizure':
      return { type: verb, reason: 'genuine' };
    case 'ForfeitGoods':
      return { type: verb, orderNo: 'F', to: party };
    case 'ReleaseHold': {
      const officer = other % 3 === 0 ? 'one' : 'two';
      return { type: verb, holdNo: `H${other % 2}`, reason: 'shown', officer };
    }
    case 'UnsealPacket':
      return { type: verb, reason: 'inspection' };
    case 'ReportSealBreach':
      return { type: verb, finding: 'broken' };
    case 'ResolveTitleContest': {
      const contestNo = titleContests[0]?.contestNo ?? 'T0';
      const outcome = other % 2 === 0 ? 'dismissed' : 'upheld';
      return { type: verb, contestNo, outcome, ground: 'records' };
    }
    case 'ResolveOriginContest': {
      const contestNo = contests[0]?.contestNo ?? 'C0';
      const outcome = other % 2 === 0 ? 'dismissed' : 'upheld';
      return { type: verb, contestNo, outcome, ground: 'records' };
    }
  }
}

function unknownFrom(country: string): Origin {
  const countries = [{ country, minPpm: 0, maxPpm: 1_000_000 }];
  return { countries, mineIds: [], chainOfCustody: 'unknown' };
}
