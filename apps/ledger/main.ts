import 'reflect-metadata';
import { pino } from 'pino';
import { BadConfig, readConfig } from '#apps/ledger/config';
import type { Config } from '#apps/ledger/config';
import { startService } from '#apps/ledger/start';
import { shownStore } from '#libs/store/open-store';

/** How long in ms accepted requests may take to finish before the process ends anyway. */
const patience = 30_000;

const config = configOrExit();
const log = pino({ level: config.LOG_LEVEL, base: null });
try {
  const service = await startService(config, log);
  log.info({ url: service.url, ledger: shownStore(config.LEDGER_URL) }, 'serving');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'finishing what was accepted');
      setTimeout(() => process.exit(1), patience).unref();
      service.close().then(
        () => log.info('closed'),
        (error: unknown) => {
          log.error({ err: error }, 'closing failed');
          process.exitCode = 1;
        },
      );
    });
  }
} catch (error) {
  const { code, message } = error as Readonly<{ code?: unknown; message?: unknown }>;
  if (typeof code === 'string') {
    process.stderr.write(`error: ${code.toLowerCase()}: ${String(message)}\n`);
    log.fatal({ code }, `the service cannot start: ${String(message)}`);
  } else {
    log.fatal({ err: error }, 'the service cannot start');
  }
  process.exitCode = 1;
}

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    process.stderr.write(`error: ${error.code}: ${error.message}\n`);
    process.exit(1);
  }
}
