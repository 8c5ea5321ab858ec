import type { RuleBookAdopted } from '#events/rulebook';
import type { Recorded } from '#events/event';
import { bothCuts, cutsOf, noCuts } from '#libs/rulebook/cuts';
import { ruleBook } from '#libs/rulebook/rule-book';
import { adoptedRules, builtInRules } from '#libs/rulebook/rules-used';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import type { ViewReader, ViewWriter } from '#libs/views/views';
import { editionRows, stateRows, top } from '#projections/verdicts/tables';
import type { Judged, SanctionsState } from '#projections/verdicts/tables';

/** The rules of this build are an edition that was adopted at no position. */
const builtIn = '@0';

const editionOf = (version: string, position: bigint) => `${version}@${position}`;

export const versionOf = (edition: string) => edition.slice(0, edition.lastIndexOf('@'));

export const settled: Omit<Judged, 'current'> = { coming: null, at: top, stale: [] };

let first: SanctionsState | undefined;

/** How every ledger begins: by the rules of this build. */
function beginning(): SanctionsState {
  const { version, jurisdictions } = ruleBook();
  const current = editionOf(version, 0n);
  first ??= {
    cuts: jurisdictions.map(cutsOf).reduce(bothCuts, noCuts),
    sorting: null,
    jurisdictions: Object.fromEntries(jurisdictions.map(({ id }) => [id, { current, ...settled }])),
  };
  return first;
}

/** Where the verdicts stand. */
export async function stateOf(views: ViewReader): Promise<SanctionsState> {
  return (await views.get(stateRows, { id }))?.state ?? beginning();
}

const id = 'now';

export function putState(views: ViewWriter, state: SanctionsState): void {
  views.put(stateRows, { id, state });
}

/** What ledgers without an adoption begin with has to be told from what a later build begins with. */
export async function keptState(views: ViewWriter): Promise<SanctionsState> {
  const row = await views.get(stateRows, { id });
  if (row) return row.state;
  putState(views, beginning());
  return beginning();
}

/** Old verdicts stay until every kind was judged by what was adopted. */
export async function adopt(
  { data, position }: Recorded<RuleBookAdopted>,
  views: ViewWriter,
): Promise<void> {
  const { jurisdiction, version, sha256, rules } = data;
  const edition = editionOf(version, position);
  views.put(editionRows, { jurisdiction, edition, sha256, rules });
  begin(
    views,
    await stateOf(views),
    { version, jurisdiction: adoptedRules(sha256, rules) },
    edition,
  );
}

/** Starts to judge by other rules; goods are sorted anew only when these compare with more. */
function begin(
  views: ViewWriter,
  state: SanctionsState,
  { jurisdiction }: RulesUsed,
  coming: string,
): void {
  const cuts = bothCuts(state.cuts, cutsOf(jurisdiction));
  const before = state.jurisdictions[jurisdiction.id];
  const { current = null, coming: given = null, stale = [] } = before ?? {};
  putState(views, {
    cuts,
    sorting: cuts === state.cuts ? state.sorting : top,
    jurisdictions: {
      ...state.jurisdictions,
      [jurisdiction.id]: {
        current,
        coming,
        at: top,
        stale: given === null ? stale : [...stale, given],
      },
    },
  });
}

/** Whether this build brought other rules than the ones judged by, where none were adopted. */
export async function takeUpBuiltIn(views: ViewWriter): Promise<number> {
  const { version, jurisdictions } = ruleBook();
  const newest = editionOf(version, 0n);
  for (const { id: jurisdiction } of jurisdictions) {
    const state = await stateOf(views);
    const judged = state.jurisdictions[jurisdiction];
    const edition = judged?.coming ?? judged?.current ?? builtIn;
    if (!edition.endsWith(builtIn) || edition === newest) continue;
    begin(views, state, builtInRules(jurisdiction), newest);
    return 1;
  }
  return 0;
}

/** The rules of an edition. Refuses `unknown-rule-book-version` for those of another build. */
export async function rulesOfEdition(
  views: ViewReader,
  jurisdiction: string,
  edition: string,
): Promise<RulesUsed> {
  const version = versionOf(edition);
  if (edition.endsWith(builtIn)) return builtInRules(jurisdiction, version);
  const row = await views.get(editionRows, { jurisdiction, edition });
  if (!row)
    throw new TypeError(`edition ${edition} of ${jurisdiction} was adopted and is not kept`);
  return { version, jurisdiction: adoptedRules(row.sha256, row.rules) };
}
