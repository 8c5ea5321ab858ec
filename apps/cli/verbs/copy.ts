import { addressed, checkThere, ledgerAt, progressOn, rated } from '#apps/cli/address';
import { json } from '#apps/cli/show/json';
import type { CommonOptions, Surroundings } from '#apps/cli/verb';
import { verb } from '#apps/cli/verb';
import { copyLedger } from '#libs/store/copy';
import { openAt } from '#libs/store/fsck-ledger';

type Options = CommonOptions &
  Readonly<{ from: string; to: string; ledgerName: string; follow?: true }>;

/** Interrupted at any moment it is taken up by the next call. */
export function copyVerb({ config, terminal }: Surroundings) {
  return verb(
    'copy',
    'copy a whole ledger between stores: ids, order, recorded times and hashes are kept; ' +
      'goes on with a copy that was interrupted',
    'copy --from sqlite:data/ledger.db --to sqlite:/mnt/ledger.db',
    'copy --from sqlite:data/ledger.db --to esdb://user:password@host:2113',
  )
    .requiredOption('--from <url>', 'the ledger to copy; it may be in use')
    .requiredOption('--to <url>', 'where to: a new ledger, or one that begins like the source')
    .option('--ledger-name <name>', 'name of the log (LEDGER_NAME)', config.ledgerName)
    .option('--follow', 'go on with what arrives at the source until Ctrl-C')
    .action(async (options: Options) => {
      const { ledgerName, follow, json: asJson } = options;
      const began = performance.now();
      const from = ledgerAt(options.from, ledgerName, config);
      checkThere(from);
      const source = await addressed(() => openAt(from, true));
      const stop = new AbortController();
      const abort = () => stop.abort();
      if (follow) process.once('SIGINT', abort);
      const { onProgress, end } = progressOn(terminal, 'copy');
      try {
        const target = await addressed(() =>
          openAt(ledgerAt(options.to, ledgerName, config), false),
        );
        try {
          const copied = await copyLedger(source, target, {
            onProgress,
            ...(follow && { follow: stop.signal }),
          });
          end();
          const seconds = (performance.now() - began) / 1000;
          if (asJson) return terminal.data(json({ ledger: source.ledger, ...copied, seconds }));
          const there = copied.already > 0 ? `, ${copied.already} were there` : '';
          terminal.say(`copied ${rated('events', copied.copied, seconds)}${there}`);
          for (const side of ['source', 'target'] as const) {
            const { size, root } = copied[side];
            terminal.say(`${side}: ${size} events, root ${root}`);
          }
        } finally {
          await target.close();
        }
      } finally {
        end();
        process.off('SIGINT', abort);
        await source.close();
      }
    });
}
