import { existsSync } from 'node:fs';
import { addressed, placeOf, countedBy, progressOn } from '#apps/cli/address';
import { Failure } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';
import { restore } from '#libs/store/backup-restore';

type Options = PlaceOptions & Readonly<{ to?: string; viewsAt?: string }>;

export function restoreVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'restore <file>',
    'bring a ledger back from a backup once every leaf and the root are checked; never over a ' +
      'ledger that is there, nor beside views that have counted further',
    'restore backups/monday.db --data data',
    'restore backups/monday.db --to esdb://user:password@host:2113',
  )
    .option('--to <url>', 'where the ledger shall be (LEDGER_URL; default: ledger.db in --data)')
    .option('--views-at <url>', 'the views kept of it (VIEWS_URL; default: views.db beside it)');
  return withPlace(command, config).action(async (file: string, options: Options) => {
    const { to, viewsAt, ledgerName: ledger } = options;
    if (!existsSync(file)) throw new Failure('no-backup', `there is no backup at ${file}`);
    const isDataSaid = command.getOptionValueSource('data') === 'cli';
    const place = placeOf({ ledger: to, views: viewsAt }, isDataSaid, options, config);
    const { onProgress, end } = progressOn(terminal, 'restore');
    try {
      const counted = await addressed(() => countedBy(place.views));
      const record = await addressed(() =>
        restore({ ...place, file, onProgress, ...(counted && { counted }) }),
      );
      end();
      if (options.json) return terminal.data(json({ restored: record.size, ...record }));
      const until = record.recordedAt === undefined ? '' : `, recorded until ${record.recordedAt}`;
      terminal.say(`restored ${record.size} events of ${ledger}${until}: every leaf was checked`);
      terminal.say(`root ${record.root}`);
    } finally {
      end();
    }
  });
}
