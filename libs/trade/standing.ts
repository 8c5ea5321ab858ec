import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import { checkTime, factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import { needParty, needPartyOr } from '#libs/trade/holder';
import type { Holding, Seizure } from '#libs/trade/holding';
import type {
  ForfeitGoods,
  PlaceHold,
  ReleaseHold,
  ReportLoss,
  ReportTheft,
  SeizeGoods,
  StandingCommand,
} from '#libs/trade/trade-command';

/** Loss, theft, seizure and holds: what keeps title, memo and setting where they are. */
export function decideStanding(command: StandingCommand, holding: Holding): Draft<TradeEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'ReportLoss':
      checkMissing(command, holding);
      return { type: 'LossReported', data: factsOf(command) };
    case 'ReportTheft':
      checkMissing(command, holding);
      return { type: 'TheftReported', data: factsOf(command) };
    case 'ReportRecovery':
      if (!holding.missing) throw new Refused('not-missing', 'the goods are not missing');
      needPartyOr(meta, holding, 'authority');
      return {
        type: 'Recovered',
        data: { from: holding.custodian, custodian: meta.by, ...factsOf(command) },
      };
    case 'SeizeGoods':
      return seize(command, holding);
    case 'ForfeitGoods':
      return forfeit(command, holding);
    case 'EndSeizure': {
      const { orderNo, authority } = needSeizure(holding);
      if (authority !== meta.by) {
        throw new Refused('not-your-act', `${authority} seized the goods`, { by: meta.by });
      }
      return { type: 'ReleasedFromSeizure', data: { orderNo, ...factsOf(command) } };
    }
    case 'PlaceHold':
      return placeHold(command, holding);
    case 'ReleaseHold':
      return releaseHold(command, holding);
    case 'RecordDecision':
      needPartyOr(meta, holding, 'authority', 'operator');
      return { type: 'ComplianceDecisionRecorded', data: factsOf(command) };
  }
}

function checkMissing({ meta, lastSeen }: ReportLoss | ReportTheft, holding: Holding): void {
  needParty(meta, holding);
  if (holding.missing) {
    throw new Refused('already-missing', `the goods are already reported ${holding.missing}`);
  }
  if (!lastSeen) return;
  checkTime(lastSeen, 'lastSeen', meta.now);
  if (isBefore(meta.at, lastSeen)) {
    throw new Refused('out-of-order', 'the goods were seen after they went missing', {
      field: 'lastSeen',
    });
  }
}

function seize(command: SeizeGoods, holding: Holding): Draft<TradeEvent> {
  const { meta, inPlace = false, orderNo, reason } = command;
  needRole(meta, 'authority');
  if (holding.seizure) {
    throw new Refused('already-seized', `${holding.seizure.authority} seized the goods`);
  }
  const { custodian: from } = holding;
  const custodian = inPlace ? from : meta.by;
  return { type: 'Seized', data: { orderNo, reason, from, custodian } };
}

function forfeit(command: ForfeitGoods, holding: Holding): Draft<TradeEvent> {
  needRole(command.meta, 'authority');
  needSeizure(holding);
  const { owner } = holding;
  if (owner === command.to) {
    throw new Refused('to-itself', `${owner} owns the goods already`, { field: 'to' });
  }
  return { type: 'Forfeited', data: { from: owner, ...factsOf(command) } };
}

function needSeizure({ seizure }: Holding): Seizure {
  if (seizure) return seizure;
  throw new Refused('not-seized', 'the goods are not seized');
}

function placeHold(command: PlaceHold, holding: Holding): Draft<TradeEvent> {
  needPartyOr(command.meta, holding, 'authority', 'operator');
  if (holding.holds.some(({ holdNo }) => holdNo === command.holdNo)) {
    throw new Refused('hold-exists', `there is a hold ${command.holdNo}`, { field: 'holdNo' });
  }
  return { type: 'HoldPlaced', data: factsOf(command) };
}

/** Four eyes: whoever stopped the goods is not the one who lets them go. */
function releaseHold(command: ReleaseHold, { holds }: Holding): Draft<TradeEvent> {
  const { meta, holdNo, officer } = command;
  const hold = holds.find((each) => each.holdNo === holdNo);
  if (!hold) {
    throw new Refused('unknown-hold', `there is no hold ${holdNo}`, { field: 'holdNo' });
  }
  if (hold.by !== meta.by && !meta.roles.includes('authority')) {
    throw new Refused('not-your-act', `${hold.by} placed the hold`, { by: meta.by });
  }
  if (compared(hold.officer) === compared(officer)) {
    throw new Refused('same-officer', `${hold.officer} placed the hold`, { field: 'officer' });
  }
  return { type: 'HoldReleased', data: factsOf(command) };
}

/** One person must not become two by spelling. */
function compared(officer: string): string {
  return officer
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{C}]+/gu, '');
}
