import type { Logger } from 'pino';
import type { Config } from '#apps/ledger/config';
import { Credentials } from '#apps/ledger/credentials';
import { Live } from '#apps/ledger/live';
import { Metrics } from '#apps/ledger/metrics';
import { Projecting } from '#apps/ledger/projecting';
import type { Ledger } from '#libs/ledger/ledger';
import { openLedger } from '#libs/ledger/ledger';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { sqliteViews } from '#libs/views/sqlite';
import type { Views } from '#libs/views/views';
import { projections } from '#projections/projections';

/** Everything the HTTP surface stands on, open. */
export type Parts = Readonly<{
  config: Config;
  metrics: Metrics;
  store: EventStore;
  ledger: Ledger;
  projecting: Projecting;
  views: Views;
  credentials: Credentials;
  live: Live;
  close: () => Promise<void>;
}>;

/** Opens the ledger, starts the projector and the follower that finishes what a crash left open. */
export async function openParts(config: Config, log: Logger): Promise<Parts> {
  const { LEDGER_URL: ledgerUrl, LEDGER_NAME: name } = config;
  const viewsFile = config.VIEWS_URL.slice('sqlite:'.length);
  const metrics = new Metrics();
  const store = metrics.watch(await openStore(ledgerUrl, { ledger: name }));
  const projecting = new Projecting({ ledgerUrl, ledger: name, viewsFile }, log);
  await projecting.whenOpen;
  const views = sqliteViews({ file: viewsFile, projections, readOnly: true });
  const { WAIT_LIMIT: waitLimit } = config;
  const credentials = new Credentials(
    { store, views: views.reader, projecting, waitLimit },
    await store.end(),
  );
  const ledger = openLedger(store, () => new Date().toISOString());
  const live = new Live(store, config.LIVE_LIMIT);
  return { config, metrics, store, ledger, projecting, views, credentials, live, close };

  async function close(): Promise<void> {
    await projecting.close();
    await views.close();
    await store.close();
  }
}
