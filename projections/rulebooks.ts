import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { rulebookStream } from '#events/streams';
import type { KnownAt } from '#libs/decider/effective';
import { daysOf } from '#libs/decider/when';
import { listsOf } from '#libs/rulebook/counterparty';
import { ruleBook } from '#libs/rulebook/rule-book';
import { adoptedRules, builtInRules } from '#libs/rulebook/rules-used';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** An adoption; `adopted_on` is the first day on which the ledger judged by it. */
export type Adoption = Readonly<{
  position: bigint;
  subject: string;
  jurisdiction: string;
  version: string;
  sha256: string;
  adopted_on: string;
  by: string;
}>;

const adoptions: Table<Adoption> = {
  name: 'rulebook_adoptions',
  columns: {
    position: 'bigint',
    subject: 'text',
    jurisdiction: 'text',
    version: 'text',
    sha256: 'text',
    adopted_on: 'text',
    by: 'text',
  },
  key: ['subject', 'position'],
};

type Content = Readonly<{ subject: string; version: string; sha256: string; rules: unknown }>;

const contents: Table<Content> = {
  name: 'rulebook_versions',
  columns: { subject: 'text', version: 'text', sha256: 'text', rules: 'json' },
  key: ['subject', 'version'],
};

/** Which rules the ledger judged by, since when, and what each version says. */
export const rulebooks: Projection = {
  name: 'rulebooks',
  version: 1,
  tables: [adoptions, contents],
  handles: ['RuleBookAdopted'],
  project,
  forget: forgetSubject(adoptions, contents),
};

function project(event: Recorded<LedgerEvent>, views: ViewWriter): void {
  if (event.type !== 'RuleBookAdopted') return;
  const { stream: subject, position, data, meta } = event;
  const { jurisdiction, version, sha256, rules } = data;
  const adopted_on = daysOf(meta.at).first;
  views.put(adoptions, {
    position,
    subject,
    jurisdiction,
    version,
    sha256,
    adopted_on,
    by: meta.by,
  });
  views.put(contents, { subject, version, sha256, rules });
}

/** Every adoption for a jurisdiction, oldest first. */
export async function adoptionsOf(
  views: ViewReader,
  jurisdiction: string,
): Promise<readonly Adoption[]> {
  return views.list(adoptions, { subject: rulebookStream(jurisdiction) });
}

/**
 * `on`: the rules that the ledger judged by on that day; `upTo`: those adopted up to a position;
 * the ones in use when absent.
 */
export type WhichRules = Readonly<{ version?: string; on?: string; upTo?: bigint }>;

/** Which rules were in use then: by a day those adopted by it, by a position those recorded by it. */
export function rulesKnownAt(knownAt: KnownAt | undefined): WhichRules {
  if (!knownAt) return {};
  return 'day' in knownAt ? { on: knownAt.day } : { upTo: knownAt.position };
}

/** Rules with how they came to be used; `null` for those of this build, which nobody adopted. */
export type RulesFound = RulesUsed & Readonly<{ adoption: Adoption | null }>;

/**
 * The rules of a jurisdiction: a version adopted here or of this build, or those in use. Refuses
 * `unknown-jurisdiction` and `unknown-rule-book-version`.
 */
export async function rulesOf(
  views: ViewReader,
  jurisdiction: string,
  { version, on, upTo }: WhichRules = {},
): Promise<RulesFound> {
  const subject = rulebookStream(jurisdiction);
  const adoption = (await adoptionsOf(views, jurisdiction)).findLast(
    (each) =>
      (version === undefined || each.version === version) &&
      (on === undefined || each.adopted_on <= on) &&
      (upTo === undefined || each.position <= upTo),
  );
  const content = adoption && (await views.get(contents, { subject, version: adoption.version }));
  if (!adoption || !content) return { ...builtInRules(jurisdiction, version), adoption: null };
  const rules = adoptedRules(content.sha256, content.rules);
  return { version: content.version, jurisdiction: rules, adoption };
}

/**
 * A version of a jurisdiction's rules, once for each time it was taken up: `position` of the adoption,
 * null with `sha256`, `adoptedOn` and `by` for those of this build, which stand before all others.
 * `inUse`: the ledger judges by it, or judged by it then.
 */
export type RulesVersion = Readonly<{
  version: string;
  sha256: string | null;
  adoptedOn: string | null;
  by: string | null;
  position: bigint | null;
  knownThrough: string;
  inUse: boolean;
}>;

/** Every version that was ever in use, oldest first. Refuses `unknown-jurisdiction`. */
export async function versionsOf(
  views: ViewReader,
  id: string,
  which: WhichRules = {},
): Promise<readonly RulesVersion[]> {
  const used = await rulesOf(views, id, which);
  const { version, jurisdiction } = builtInRules(id);
  const versions: RulesVersion[] = [
    {
      version,
      sha256: null,
      adoptedOn: null,
      by: null,
      position: null,
      knownThrough: jurisdiction.knownThrough,
      inUse: used.adoption === null,
    },
  ];
  for (const each of await adoptionsOf(views, id)) {
    const { version, sha256, adopted_on: adoptedOn, by, position, subject } = each;
    const content = await views.get(contents, { subject, version });
    if (!content) throw new TypeError(`version ${version} of ${id} was adopted and is not kept`);
    const { knownThrough } = adoptedRules(sha256, content.rules);
    const inUse = position === used.adoption?.position;
    versions.push({ version, sha256, adoptedOn, by, position, knownThrough, inUse });
  }
  return versions;
}

/**
 * The rules whose lists of persons count beside these: their own or, of measures on Belarus, those of
 * the same jurisdiction that `which` names.
 */
export async function listsBeside(
  views: ViewReader,
  rules: RulesUsed,
  which: WhichRules,
): Promise<RulesUsed> {
  const { id } = rules.jurisdiction;
  return listsOf(id) === id ? rules : rulesOf(views, listsOf(id), which);
}

/** The rules of every jurisdiction the rule book has, in its order. */
export async function rulesOfAll(
  views: ViewReader,
  which: WhichRules = {},
): Promise<readonly RulesFound[]> {
  const found: RulesFound[] = [];
  for (const { id } of ruleBook().jurisdictions) found.push(await rulesOf(views, id, which));
  return found;
}
