import { Failure } from '#apps/cli/failure';
import { idOf } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import type { Hit } from '#projections/search';
import { find } from '#projections/search';

const mostShown = 5;

/**
 * The one stream of goods an identifier means: an id, else a whole identifier, else the beginning
 * of one. Throws a {@link Failure} that lists the candidates when it means several, or none.
 */
export async function identify(views: ViewReader, text: string): Promise<string> {
  const hits = (await find(views, text)).filter(({ subject }) => !subject.startsWith('party-'));
  const named = hits.filter(({ exact, kind }) => exact && kind !== 'document');
  const tiers = [
    named.filter(({ kind, shown }) => kind === 'id' && shown === text),
    named,
    hits.filter(({ exact }) => exact),
    hits,
  ];
  const meant = subjectsOf(tiers.find((tier) => tier.length > 0) ?? []);
  const [only] = meant;
  if (only === undefined) throw new Failure('not-found', `nothing in the ledger bears “${text}”`);
  if (meant.length > 1) throw ambiguous(text, meant);
  return only;
}

function subjectsOf(hits: readonly Hit[]): readonly string[] {
  return [...new Set(hits.map(({ subject }) => subject))];
}

function ambiguous(text: string, meant: readonly string[]): Failure {
  const shown = meant.slice(0, mostShown).map(idOf).join(', ');
  const more = meant.length > mostShown ? `, and ${meant.length - mostShown} more` : '';
  return new Failure('ambiguous', `“${text}” may be ${shown}${more}: give one of these ids`);
}
