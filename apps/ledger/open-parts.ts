import type { Logger } from 'pino';
import type { Config } from '#apps/ledger/config';
import { Credentials } from '#apps/ledger/credentials';
import { flagIn } from '#apps/ledger/find-flag';
import { startHealing } from '#apps/ledger/healing';
import { Live } from '#apps/ledger/live';
import { Metrics } from '#apps/ledger/metrics';
import { lagOf, Projecting } from '#apps/ledger/projecting';
import type { Ledger } from '#libs/ledger/ledger';
import { openLedger } from '#libs/ledger/ledger';
import { credentialsFrom } from '#libs/store/credentials';
import { isServer, openStore } from '#libs/store/open-store';
import { rememberingStore } from '#libs/store/remembering';
import type { EventStore } from '#libs/store/store';
import { openViews } from '#libs/views/open-views';
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
  const { LEDGER_URL: ledgerUrl, VIEWS_URL: viewsUrl, WAIT_LIMIT: waitLimit } = config;
  const name = config.LEDGER_NAME;
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const isShared = isServer(ledgerUrl);
    const metrics = new Metrics();
    const credentials = credentialsFrom(config);
    const onAlarm = (alarm: string) => log.error({ alarm }, 'the record is in danger');
    const access = credentials && { credentials };
    const engine = await openStore(ledgerUrl, { ledger: name, onAlarm, ...access });
    undo.push(engine.close);
    const watched = metrics.watch(engine);
    const store = isShared ? watched : rememberingStore(watched, mostRemembered);
    const projecting = new Projecting({ ledgerUrl, ledger: name, viewsUrl, ...access }, log);
    undo.push(() => projecting.close());
    await projecting.whenOpen;
    const views = openViews(viewsUrl, { projections, readOnly: true });
    undo.push(views.close);
    const sources = { store, views: views.reader, projecting, waitLimit, isShared };
    const keys = new Credentials(sources, await store.end());
    const ledger = openLedger(store, () => new Date().toISOString(), flagIn);
    projecting.whileLeading(() => startHealing(ledger, views, log));
    undo.push(() => projecting.close());
    const live = new Live(store, config.LIVE_LIMIT);
    measure(metrics, store, projecting, live);
    return { config, metrics, store, ledger, projecting, views, credentials: keys, live, close };
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
  metrics.gauge(
    'adamant_ledger_alarms',
    'Dangers to the record; any is one too many',
    () => (store.alarms?.() ?? []).length,
  );
  metrics.gauge(
    'adamant_leads',
    'Whether this process keeps the views of all that share them',
    () => Number(projecting.leads()),
  );
  metrics.gauge('adamant_live_streams', 'Live event streams that are open', () => live.count);
}
