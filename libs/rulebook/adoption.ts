import type { Draft, Recorded, When } from '#events/event';
import type { RuleBookEvent } from '#events/rulebook';
import { checkAct, checkSha256, needRole } from '#libs/decider/acts';
import type { Command, Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { isAfterNow, later } from '#libs/decider/when';
import { ruleBooks } from '#libs/rulebook/rule-book';
import { rulesIn } from '#libs/rulebook/rule-file';
import { isAlike } from '#libs/rulebook/rules-used';

/**
 * An operator adopts rules for a jurisdiction. `sha256` is that of `rules` as RFC 8785 bytes: who
 * sends the command has reckoned it, as a decider reckons no hashes. `version` is the file's own.
 */
export type AdoptRuleBook = Command<'AdoptRuleBook'> &
  Readonly<{
    /** The id of the stream: `eu`. */
    rulebookId: string;
    version: string;
    sha256: string;
    rules: Readonly<Record<string, unknown>>;
  }>;

export type RuleBookCommand = AdoptRuleBook;

/** Every version ever adopted, by its name, and the one in use. */
export type Adoptions = Readonly<{
  hashes: Readonly<Record<string, string>>;
  version: string;
  latest: When;
}>;

/** The rules a ledger judges by; a version once adopted keeps its content for good. */
export const rulebook: Decider<Adoptions | null, RuleBookCommand, RuleBookEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The name to adopt rules under: the file's own. Refuses `bad-rule-file` where it bears none. */
export function nameOf({ version }: AdoptRuleBook['rules']): string {
  if (typeof version === 'string' && version !== '') return version;
  return refuseFile('/version', 'the file bears no name to be adopted under');
}

function evolve(
  state: Adoptions | null,
  { data, meta }: RuleBookEvent | Recorded<RuleBookEvent>,
): Adoptions {
  const { version, sha256 } = data;
  const latest = state ? later(state.latest, meta.at) : meta.at;
  return { hashes: { ...state?.hashes, [version]: sha256 }, version, latest };
}

function decide(
  command: RuleBookCommand,
  state: Adoptions | null,
): readonly Draft<RuleBookEvent>[] {
  const { meta, rulebookId, version, sha256, rules } = command;
  checkAct(command, state?.latest ?? null);
  needRole(meta, 'operator');
  checkSha256(sha256, 'sha256');
  const { id: jurisdiction, version: ownName, knownThrough } = rulesIn(rules);
  if (jurisdiction.toLowerCase() !== rulebookId) {
    throw new Refused('unknown-jurisdiction', `the rules are of ${jurisdiction}`, {
      field: 'rules.id',
    });
  }
  if (isAfterNow({ time: knownThrough, precision: 'day' }, meta.now)) {
    refuseFile('/knownThrough', `its law cannot have been followed through ${knownThrough} yet`);
  }
  const own = ruleBooks.find((each) => each.version === version)?.jurisdictions;
  if (own?.some((each) => each.id === jurisdiction && !isAlike(each, rules)) === true) {
    throw new Refused('version-taken', `version ${version} of this build has other rules`, {
      field: 'version',
    });
  }
  const before = state && Object.hasOwn(state.hashes, version) ? state.hashes[version] : undefined;
  if (before !== undefined && before !== sha256) {
    throw new Refused('version-taken', `version ${version} was adopted with other rules`, {
      field: 'version',
    });
  }
  if (ownName === undefined && before === undefined) {
    refuseFile('/version', `the file bears no name of its own to be adopted as ${version}`);
  }
  if (ownName !== undefined && ownName !== version) {
    refuseFile('/version', `the file is version ${ownName}, not ${version}`);
  }
  if (state?.version === version) {
    throw new Refused('already-adopted', `version ${version} is in use`, { field: 'version' });
  }
  return [{ type: 'RuleBookAdopted', data: { jurisdiction, version, sha256, rules } }];
}

function refuseFile(place: string, what: string): never {
  throw new Refused('bad-rule-file', `${place}: ${what}`, { field: place, place });
}
