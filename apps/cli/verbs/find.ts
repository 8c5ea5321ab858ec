import { questionOf } from '#apps/cli/as-known';
import { reading, today } from '#apps/cli/data-place';
import { Failure } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf, parseStream } from '#events/streams';
import { listedAt } from '#libs/views/as-known';
import { find, search } from '#projections/search';
import { findThen } from '#projections/search-then';

type Options = PlaceOptions & Readonly<{ validAt?: string; knownAt?: string }>;

const most = 50;

export function findVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'find <text>',
    'find stones, parcels and parties by any identifier they ever bore, or its beginning',
    'find "New Sun"',
    'find GIA2141438171 --json',
    'find "New Sum" --known-at 2025-06-01',
  );
  return withQuestion(withPlace(command, config)).action((text: string, options: Options) => {
    const question = questionOf(options);
    return reading(
      options,
      terminal,
      async ({ store, views }) => {
        const readerThen = (subjects: readonly string[]) =>
          listedAt(store, [search], subjects, question ?? {}, today());
        const found = question
          ? await findThen(views, readerThen, text, most + 1)
          : await find(views, text, most + 1);
        const hits = found.slice(0, most);
        if (found.length > most)
          terminal.note(`more begins so than these ${most}: give more of it`);
        if (options.json) return terminal.data(json(hits));
        if (hits.length === 0) {
          throw new Failure(
            'not-found',
            `nothing in the ledger bears “${text}”${askedOf(question)}`,
          );
        }
        const width = Math.max(...hits.map(({ subject }) => idOf(subject).length));
        for (const { subject, kind, shown, exact } of hits) {
          const what = parseStream(subject)?.category ?? '';
          const part = exact ? '' : ' (begins so)';
          terminal.say(`${what.padEnd(6)} ${idOf(subject).padEnd(width)}  ${kind} ${shown}${part}`);
        }
      },
      question,
    );
  });
}
