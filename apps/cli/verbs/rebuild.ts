import { now, openReadable, viewsUrl } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';
import { openViews } from '#libs/views/open-views';
import { rebuild } from '#libs/views/projector';
import { projections } from '#projections/projections';

/** Beside the live views; interrupted with Ctrl-C it is taken up by the next call. */
export function rebuildVerb({ config, terminal }: Surroundings) {
  const known = projections.map(({ name }) => name);
  const command = verb(
    'rebuild [projections...]',
    `build views anew from the ledger, beside the live ones, then swap them in (${known.join(', ')})`,
    'rebuild',
    'rebuild custody title',
  );
  return withPlace(command, config).action(async (names: string[], options: PlaceOptions) => {
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw usage(`no projection ${unknown.join(', ')}: one of ${known.join(', ')}`);
    }
    const wanted = projections.filter(({ name }) => names.length === 0 || names.includes(name));
    const began = performance.now();
    const store = await openReadable(options);
    const views = openViews(viewsUrl(options), { projections });
    const progress = terminal.progress('rebuild', Number(await store.end()));
    const stop = new AbortController();
    const abort = () => stop.abort();
    process.once('SIGINT', abort);
    try {
      const swapped = await rebuild(store, views, wanted, {
        signal: stop.signal,
        today: now,
        onBatch: ({ position }) => progress.at(Number(position)),
      });
      progress.end();
      const position = await store.end();
      const seconds = (performance.now() - began) / 1000;
      const rebuilt = wanted.map(({ name }) => name);
      if (options.json) return terminal.data(json({ rebuilt, swapped, position, seconds }));
      terminal.say(
        swapped
          ? `rebuilt ${rebuilt.join(', ')} to position ${position} in ${seconds.toFixed(1)} s`
          : 'stopped; the live views are as they were, and rebuild goes on from here',
      );
    } finally {
      progress.end();
      process.off('SIGINT', abort);
      await views.close();
      await store.close();
    }
  });
}
