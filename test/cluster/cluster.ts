import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Process } from '#test/cluster/processes';
import { firstKey } from '#test/e2e/client';
import { testPostgres } from '#test/support/postgres';

/** Several services over one EventStoreDB and one PostgreSQL, each a process of its own. */
export type Cluster = Readonly<{
  ledgerUrl: string;
  ledgerName: string;
  viewsUrl: string;
  /** The first operator's API key. */
  operatorKey: string;
  /** Starts one more service. */
  service: () => Promise<Process>;
  /** Kills the event store with SIGKILL and starts it again on the same port and file. */
  restartEventStore: () => Promise<void>;
  /** Ends every connection to the views' database. */
  cutOffViews: () => Promise<void>;
  /** Kills a process of the views' database with SIGKILL; it recovers by itself. */
  crashViews: () => Promise<void>;
  close: () => Promise<void>;
}>;

const ledgerName = 'adamant.test/cluster';

/** Starts all but the services. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'adamant-cluster-'));
  const postgres = await testPostgres({ durable: true });
  const viewsUrl = await postgres.database();
  const data = ['--data', join(folder, 'log.bin')];
  let eventStore = await start('eventStore', ['--port', '0', ...data]);
  const ledgerUrl = eventStore.url;
  const operatorKey = await firstKey(ledgerUrl, ledgerName);
  const services: Process[] = [];
  return {
    ledgerUrl,
    ledgerName,
    viewsUrl,
    operatorKey,
    service: async () => {
      const started = await start('service', [], {
        LEDGER_URL: ledgerUrl,
        LEDGER_NAME: ledgerName,
        VIEWS_URL: viewsUrl,
        PUBLIC_METRICS: 'true',
        PORT: '0',
      });
      services.push(started);
      return started;
    },
    restartEventStore: async () => {
      await eventStore.kill('SIGKILL');
      eventStore = await start('eventStore', ['--port', new URL(ledgerUrl).port, ...data]);
    },
    cutOffViews: () => postgres.cutOff(viewsUrl),
    crashViews: () => postgres.crash(viewsUrl),
    close: async () => {
      await Promise.all(services.map((service) => service.kill('SIGKILL')));
      await eventStore.kill('SIGKILL');
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
