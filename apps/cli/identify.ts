import { Failure } from '#apps/cli/failure';
import { idOf, parseStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { historyOf } from '#projections/history/told';
import type { Hit } from '#projections/search';
import { find, struckBearers } from '#projections/search';

const mostShown = 5;

/**
 * The one stream an identifier means: its name (`certificate-ru0012345`, `party-graff`), the id of
 * goods or a paper, a certificate’s own number, else a whole identifier, else the beginning of one,
 * else one that was struck out; a party is meant by the name of its stream alone. Throws a
 * {@link Failure} that lists the candidates when it means several, or none.
 */
export async function identify(views: ViewReader, text: string): Promise<string> {
  const named = parseStream(text);
  if (named && (await historyOf(views, text)).length > 0) return text;
  const hits = (await find(views, text)).filter(({ subject }) => isNoParty(subject));
  const borne = hits.filter(({ exact, kind }) => exact && kind !== 'document');
  const tiers = [
    borne.filter(({ kind, shown }) => kind === 'id' && shown === text),
    borne.filter(({ kind, subject }) => subject.startsWith(`${kind}-`) && kind === 'certificate'),
    borne,
    hits.filter(({ exact }) => exact),
    hits,
  ];
  const found = subjectsOf(tiers.find((tier) => tier.length > 0) ?? []);
  const meant =
    found.length > 0 ? found : (await struckBearers(views, text, 100)).filter(isNoParty);
  const [only] = meant;
  if (only === undefined) throw new Failure('not-found', `nothing in the ledger bears “${text}”`);
  if (meant.length > 1) throw ambiguous(text, meant);
  return only;
}

const isNoParty = (subject: string) => !subject.startsWith('party-');

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
