import { generate } from '#apps/cli/generate/generate';
import { openWritable } from '#apps/cli/data-place';
import { countOf } from '#apps/cli/count';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';

type Options = PlaceOptions & Readonly<{ stones: number; seed: string }>;

const eventsPerStone = 44;
const mostStones = 10_000_000;

export function generateVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'generate',
    'append a made-up but realistic trade, the same for the same stones and seed',
    'generate --stones 1000 --seed 7 --data /tmp/trade',
  )
    .requiredOption('--stones <n>', 'rough stones to follow, about 44 events each', (text) =>
      countOf('--stones', text, mostStones),
    )
    .option('--seed <text>', 'what decides everything else', '1');
  return withPlace(command, config).action(async (options: Options) => {
    const { stones, seed } = options;
    const store = await openWritable(options);
    const progress = terminal.progress('events', stones * eventsPerStone);
    try {
      const made = await generate({ store }, { stones, seed }, ({ events }) => progress.at(events));
      progress.end();
      const { events, stones: opened, parcels, seconds } = made;
      if (options.json) return terminal.data(json({ ...made, seed, data: options.data }));
      const rate = Math.round(events / seconds);
      terminal.say(
        `${events} events of ${opened} stones and ${parcels} parcels in ${seconds.toFixed(1)} s (${rate}/s), seed ${seed}`,
      );
    } finally {
      progress.end();
      await store.close();
    }
  });
}
