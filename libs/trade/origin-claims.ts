import type { Draft } from '#events/event';
import type { OriginDeclared } from '#events/stone';
import type { TradeEvent } from '#events/trade';
import type { Origin } from '#events/values';
import { checkSha256, factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { unknownOrigin } from '#libs/origin/origin';
import { isCountry } from '#libs/reference/countries';
import { needHolding, needParty } from '#libs/trade/holder';
import type { Holding, OriginContest } from '#libs/trade/holding';
import { checkOrigin } from '#libs/trade/recovery';
import type {
  AttachOriginEvidence,
  DeclareOrigin,
  OriginClaimCommand,
  ResolveOriginContest,
} from '#libs/trade/trade-command';

/** Evidence for an origin, and contests of it: claims all of them, none removes a country. */
export function decideOriginClaim(
  command: OriginClaimCommand,
  holding: Holding,
): Draft<TradeEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'AttachOriginEvidence':
      needParty(meta, holding);
      checkEvidence(command);
      return { type: 'OriginEvidenceAttached', data: factsOf(command) };
    case 'ContestOrigin':
      if (command.origin) checkOrigin(command.origin);
      if (contestOf(holding, command.contestNo)) {
        throw new Refused('contest-exists', `there is a contest ${command.contestNo}`, {
          field: 'contestNo',
        });
      }
      return { type: 'OriginContested', data: factsOf(command) };
    case 'ResolveOriginContest':
      return resolve(command, holding);
  }
}

/** A claim of an origin; what a laboratory grew was mined nowhere. */
export function declareClaim(
  command: DeclareOrigin,
  holding: Holding,
  laboratoryGrown: boolean,
): Draft<OriginDeclared> {
  needHolding(command.meta, holding);
  checkOrigin(command.origin);
  checkMayDeclare(holding, command.origin);
  if (laboratoryGrown) {
    throw new Refused('laboratory-grown', 'what a laboratory grew was mined nowhere');
  }
  return { type: 'OriginDeclared', data: factsOf(command) };
}

/** Throws `origin-contested` when one country alone is claimed while a contest is open. */
function checkMayDeclare({ contests }: Holding, { countries }: Origin): void {
  const [contest] = contests;
  if (!contest || countries.length !== 1) return;
  throw new Refused('origin-contested', `${contest.claimant} contests the origin`, {
    field: 'origin.countries',
    contestNo: contest.contestNo,
  });
}

function checkEvidence({ document, countries }: AttachOriginEvidence): void {
  if (document.sha256 === undefined) {
    throw new Refused('document-needed', 'evidence is named by the hash of its bytes', {
      field: 'document.sha256',
    });
  }
  checkSha256(document.sha256, 'document.sha256');
  if (countries.every(isCountry)) return;
  throw new Refused('bad-country', 'a country is no ISO 3166-1 alpha-2 code', {
    field: 'countries',
  });
}

function resolve(command: ResolveOriginContest, holding: Holding): Draft<TradeEvent> {
  const { meta, contestNo, outcome } = command;
  const contest = contestOf(holding, contestNo);
  if (!contest) {
    throw new Refused('unknown-contest', `there is no contest ${contestNo}`, {
      field: 'contestNo',
    });
  }
  if (outcome === 'withdrawn') {
    if (contest.claimant !== meta.by) {
      throw new Refused('not-your-act', `${contest.claimant} contested`, { by: meta.by });
    }
  } else {
    needRole(meta, 'authority');
  }
  const found = outcome === 'upheld' && { origin: upheldOrigin(contest) };
  const data = { ...factsOf(command), ...found };
  return { type: 'OriginContestResolved', data };
}

/** Of an origin that is found wrong, and of which nothing else is said, all remains possible. */
export function upheldOrigin({ origin }: OriginContest): Origin {
  return origin ?? unknownOrigin;
}

/**
 * What may still be said of goods that are no more: where they were mined is so of all that came of
 * them.
 */
export const alsoWhenConsumed: readonly string[] = ['ContestOrigin', 'ResolveOriginContest'];

export function contestOf({ contests }: Holding, contestNo: string): OriginContest | undefined {
  return contests.find((contest) => contest.contestNo === contestNo);
}
