import type { Logger } from 'pino';
import type { Config } from '#apps/ledger/config';
import { Credentials } from '#apps/ledger/credentials';
import { startHealing } from '#apps/ledger/healing';
import { Live } from '#apps/ledger/live';
import { Metrics } from '#apps/ledger/metrics';
import { lagOf, Projecting } from '#apps/ledger/projecting';
import type { Ledger } from '#libs/ledger/ledger';
import { openLedger } from '#libs/ledger/ledger';
import { openStore } from '#libs/store/open-store';
import { rememberingStore } from '#libs/store/remembering';
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

/** Events of streams in use that are kept in memory: about 100 MB. */
const mostRemembered = 100_000;

/**
 * Opens the ledger, starts the projector and what finishes what a crash left open. What was opened
 * is closed again when a later step fails.
 */
export async function openParts(config: Config, log: Logger): Promise<Parts> {
  const { LEDGER_URL: ledgerUrl, LEDGER_NAME: name, WAIT_LIMIT: waitLimit } = config;
  const viewsFile = config.VIEWS_URL.slice('sqlite:'.length);
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const metrics = new Metrics();
    const engine = await openStore(ledgerUrl, { ledger: name });
    undo.push(engine.close);
    const store = rememberingStore(metrics.watch(engine), mostRemembered);
    const projecting = new Projecting({ ledgerUrl, ledger: name, viewsFile }, log);
    undo.push(() => projecting.close());
    await projecting.whenOpen;
    const views = sqliteViews({ file: viewsFile, projections, readOnly: true });
    undo.push(views.close);
    const sources = { store, views: views.reader, projecting, waitLimit };
    const credentials = new Credentials(sources, await store.end());
    const ledger = openLedger(store, () => new Date().toISOString());
    undo.push(startHealing(ledger, views, log));
    const live = new Live(store, config.LIVE_LIMIT);
    measure(metrics, store, projecting, live);
    return { config, metrics, store, ledger, projecting, views, credentials, live, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function measure(metrics: Metrics, store: EventStore, projecting: Projecting, live: Live): void {
  const reached = () => projecting.reached() ?? 0n;
  metrics.gauge('adamant_views_lag_seconds', 'Age of the oldest event not in the views', async () =>
    lagOf(store, reached()).then((ms) => ms / 1000),
  );
  metrics.gauge('adamant_ledger_position', 'Last position of the ledger', async () =>
    Number(await store.end()),
  );
  metrics.gauge('adamant_views_position', 'Last position in every view', () => Number(reached()));
  metrics.gauge('adamant_live_streams', 'Live event streams that are open', () => live.count);
}
