import 'reflect-metadata';
import { pino } from 'pino';
import { readConfig } from '#apps/ledger/config';
import { startService } from '#apps/ledger/start';
import type { Done, Ledger } from '#libs/ledger/ledger';
import { streamOf } from '#libs/ledger/ledger-command';
import type { EventStore } from '#libs/store/store';

/**
 * The control of `bench http`: the same service, reader, validation and key check, but acts are
 * recorded nowhere. Answers are let go of together once a turn of the event loop, as those of a
 * group commit are; answered one by one, the same service is slower and would flatter the ledger.
 */
const config = readConfig(process.env);
const waiting: (() => void)[] = [];

function nextBurst(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) {
      setImmediate(() => {
        for (const answer of waiting.splice(0)) answer();
      });
    }
  });
}

const log = pino({ level: config.LOG_LEVEL });
const service = await startService(config, log, (parts) => {
  const store: EventStore = { ...parts.store, end: () => Promise.resolve(1n) };
  const ledger: Ledger = {
    store,
    follow: () => Promise.resolve(),
    execute: async (command): Promise<Done> => {
      await nextBurst();
      const events = [{ type: command.command.type, revision: 1 }];
      return { stream: streamOf(command), revision: 1, position: 1n, events, replayed: false };
    },
  };
  return { ...parts, store, ledger };
});
log.info({ url: service.url }, 'serving nothing');
process.once('SIGTERM', () => void service.close());
