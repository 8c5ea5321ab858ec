import { addressed, placeOf, checkThere, progressOn } from '#apps/cli/address';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';
import { backup } from '#libs/store/backup';
import { recordOf } from '#libs/store/backup-record';

type Options = PlaceOptions & Readonly<{ ledger?: string; to: string }>;

export function backupVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'backup',
    'copy the ledger, while it is in use, into one file, read that back whole, and write beside ' +
      'it which tree of events it holds',
    'backup --to backups/monday.db',
    'backup --ledger esdb://user:password@host:2113 --to backups/monday.db',
  )
    .requiredOption('--to <file>', 'a new file; its record is written to FILE.json')
    .option('--ledger <url>', 'the ledger (LEDGER_URL; default: ledger.db in --data)');
  return withPlace(command, config).action(async (options: Options) => {
    const isDataSaid = command.getOptionValueSource('data') === 'cli';
    const place = placeOf({ ledger: options.ledger }, isDataSaid, options, config);
    checkThere(place);
    const { onProgress, end } = progressOn(terminal, 'backup');
    try {
      const { to: file, ledgerName: ledger } = options;
      const now = new Date().toISOString();
      const record = await addressed(() => backup({ ...place, file, now, onProgress }));
      end();
      if (options.json) return terminal.data(json({ file, record: recordOf(file), ...record }));
      terminal.say(
        `backed up ${record.size} events of ${ledger} to ${file}, read back and checked`,
      );
      terminal.say(`root ${record.root}`);
      terminal.say(`keep ${recordOf(file)} with it: restore wants both`);
    } finally {
      end();
    }
  });
}
