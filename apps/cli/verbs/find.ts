import { reading } from '#apps/cli/data-place';
import { Failure } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';
import { idOf, parseStream } from '#events/streams';
import { find } from '#projections/search';

export function findVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'find <text>',
    'find stones, parcels and parties by any identifier they ever bore, or its beginning',
    'find "New Sun"',
    'find GIA2141438171 --json',
  );
  return withPlace(command, config).action((text: string, options: PlaceOptions) =>
    reading(options, terminal, async ({ views }) => {
      const hits = await find(views, text);
      if (options.json) return terminal.data(json(hits));
      if (hits.length === 0) {
        throw new Failure('not-found', `nothing in the ledger bears “${text}”`);
      }
      const width = Math.max(...hits.map(({ subject }) => idOf(subject).length));
      for (const { subject, kind, shown, exact } of hits) {
        const what = parseStream(subject)?.category ?? '';
        const part = exact ? '' : ' (begins so)';
        terminal.say(`${what.padEnd(6)} ${idOf(subject).padEnd(width)}  ${kind} ${shown}${part}`);
      }
    }),
  );
}
