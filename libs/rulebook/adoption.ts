import type { Draft, Recorded, When } from '#events/event';
import type { RuleBookEvent } from '#events/rulebook';
import { checkAct, checkSha256, needRole } from '#libs/decider/acts';
import type { Command, Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { later } from '#libs/decider/when';
import { ruleBooks } from '#libs/rulebook/rule-book';
import { rulesIn } from '#libs/rulebook/rule-file';
import { isAlike } from '#libs/rulebook/rules-used';

/**
 * An operator adopts rules for a jurisdiction. `sha256` is that of `rules` as RFC 8785 bytes: who
 * sends the command has reckoned it, as a decider reckons no hashes.
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
  const { id: jurisdiction } = rulesIn(rules);
  if (jurisdiction.toLowerCase() !== rulebookId) {
    throw new Refused('unknown-jurisdiction', `the rules are of ${jurisdiction}`, {
      field: 'rules.id',
    });
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
  if (state?.version === version) {
    throw new Refused('already-adopted', `version ${version} is in use`, { field: 'version' });
  }
  return [{ type: 'RuleBookAdopted', data: { jurisdiction, version, sha256, rules } }];
}
