import { Failure } from '#apps/cli/failure';
import { idOf, parseStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { historyOf } from '#projections/history';
import type { Hit } from '#projections/search';
import { find } from '#projections/search';

const mostShown = 5;

/**
 * The one stream of goods or papers an identifier means: its name (`certificate-ru0012345`), an id, else a whole identifier, else the beginning
 * of one. Throws a {@link Failure} that lists the candidates when it means several, or none.
 */
export async function identify(views: ViewReader, text: string): Promise<string> {
  const named = parseStream(text);
  if (named && named.category !== 'party' && (await historyOf(views, text)).length > 0) return text;
  const hits = (await find(views, text)).filter(({ subject }) => !subject.startsWith('party-'));
  const borne = hits.filter(({ exact, kind }) => exact && kind !== 'document');
  const tiers = [
    borne.filter(({ kind, shown }) => kind === 'id' && shown === text),
    borne,
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
  const goods = meant.every((each) => /^(?:stone|parcel)-/.test(each));
  const shown = meant
    .slice(0, mostShown)
    .map((each) => (goods ? idOf(each) : each))
    .join(', ');
  const more = meant.length > mostShown ? `, and ${meant.length - mostShown} more` : '';
  return new Failure('ambiguous', `“${text}” may be ${shown}${more}: give one of these`);
}
