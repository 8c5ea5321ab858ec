import { parseStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import type { Correction } from '#projections/history/corrections';
import { correctionsOf } from '#projections/history/corrections';
import type { Step } from '#projections/history/step';
import { steps } from '#projections/history/step';

/**
 * Whose step it is, as seen from the goods asked about: their own; of what they came out of; of the
 * article they were set in then and followed (domain I12); of a record that was found to be of the
 * same stone; of the record that theirs was given up for.
 */
type ToldOf = 'itself' | 'source' | 'article' | 'merged-record' | 'surviving-record';

/**
 * A step as it reads now. `corrections` are those in force that are of it, in order, wherever they
 * stand; `annulled` is 1 for a step that did not happen.
 */
export type ShownStep = Step &
  Readonly<{ corrections: readonly Correction[]; annulled: number; told_of: ToldOf }>;

/** A part of a stream, by its revisions, and as what it is told. */
type Span = Readonly<{ stream: string; from: number; until: number; toldOf: ToldOf }>;

/**
 * Everything that happened to the goods of a stream, from the mine on: the steps of the streams
 * they came out of are part of it, up to the separation; those of the article a stone is set in, for as
 * long as it is; those of records of the same stone. For a party, what it recorded of itself.
 */
export async function historyOf(views: ViewReader, subject: string): Promise<readonly ShownStep[]> {
  const found = new Map<bigint, ShownStep>();
  const begun = new Map<string, readonly Span[]>();
  const open: Span[] = [{ stream: subject, from: 0, until: Infinity, toldOf: 'itself' }];
  for (let next = open.shift(); next; next = open.shift()) {
    const { stream, from, until } = next;
    const before = begun.get(stream) ?? [];
    if (!parseStream(stream)) continue;
    if (before.some((span) => span.from <= from && until <= span.until)) continue;
    begun.set(stream, [...before, next]);
    for (const step of await shownIn(views, next)) {
      if (!found.has(step.position)) found.set(step.position, step);
      if (step.annulled === 0) open.push(...(await goingOn(views, step)));
    }
  }
  return [...found.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
}

/** Where else the step leads to. */
async function goingOn(views: ViewReader, step: ShownStep): Promise<readonly Span[]> {
  const { came_from: stream, came_from_revision: until, told_of: toldOf } = step;
  if (stream !== null && until !== null) return [{ stream, from: 0, until, toldOf: 'source' }];
  if (toldOf === 'article') return [];
  switch (step.type) {
    case 'StoneSet':
      return followingArticle(views, step);
    case 'IdentitiesMerged':
      return (step.kin ?? []).map((merged) => {
        return { stream: merged, from: 0, until: Infinity, toldOf: 'merged-record' };
      });
    case 'IdentityGivenUp':
      return toldOf === 'merged-record' ? [] : followingSurvivor(views, step);
    default:
      return [];
  }
}

/** Of the article from the taking in to the letting go: what happens to it happens to its stones. */
async function followingArticle(views: ViewReader, set: ShownStep): Promise<readonly Span[]> {
  const [stream = ''] = set.kin ?? [];
  const ofStone = (await shownIn(views, { stream, from: 0, until: Infinity, toldOf: 'article' }))
    .filter(({ position, annulled }) => position > set.position && annulled === 0)
    .filter(({ kin }) => kin?.includes(set.subject) === true);
  const [taken, ...later] = ofStone;
  if (taken?.type !== 'StoneTakenIn') return [];
  const until = later.find(({ type }) => type !== 'StoneTakenIn')?.revision ?? Infinity;
  return [{ stream, from: taken.revision, until, toldOf: 'article' }];
}

/** Of the record that stays, from the merge on; nothing while it did not take the other in. */
async function followingSurvivor(views: ViewReader, given: ShownStep): Promise<readonly Span[]> {
  const [stream = ''] = given.kin ?? [];
  const toldOf = 'surviving-record';
  const ofSurvivor = await shownIn(views, { stream, from: 0, until: Infinity, toldOf });
  const merged = ofSurvivor.find(
    ({ type, position, kin, annulled }) =>
      type === 'IdentitiesMerged' &&
      position > given.position &&
      annulled === 0 &&
      kin?.includes(given.subject) === true,
  );
  return merged ? [{ stream, from: merged.revision, until: Infinity, toldOf }] : [];
}

async function shownIn(
  views: ViewReader,
  { stream, from, until, toldOf }: Span,
): Promise<readonly ShownStep[]> {
  const struck = await correctionsOf(views, stream);
  const bound = until === Infinity ? {} : { atMost: { column: 'revision', value: until } as const };
  const told = await views.list(steps, { subject: stream }, { orderBy: ['revision'], ...bound });
  return told
    .filter(({ revision }) => revision >= from)
    .map((step) => {
      const said = struck.get(step.revision) ?? [];
      const isAnnulled = said.some(({ kind }) => kind === 'annulled');
      return { ...step, corrections: said, annulled: isAnnulled ? 1 : 0, told_of: toldOf };
    });
}
