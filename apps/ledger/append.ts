import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { AppModule } from '#apps/ledger/app.module';
import { BodyPipe } from '#apps/ledger/body.pipe';
import { readConfig } from '#apps/ledger/config';
import type { Config } from '#apps/ledger/config';
import { flagIn } from '#apps/ledger/find-flag';
import { LocalCredentials } from '#apps/ledger/local-credentials';
import { Metrics } from '#apps/ledger/metrics';
import { ProblemFilter } from '#apps/ledger/problem.filter';
import { equip, serverOptions } from '#apps/ledger/server';
import { openLedger } from '#libs/ledger/ledger';
import { useReferenceFolder } from '#libs/ledger/reference-folder';
import { openStore } from '#libs/store/open-store';
import { overlayStore } from '#libs/store/overlay';
import type { EventStore } from '#libs/store/store';

/** One act as a line on standard input: the path and body of the API, by a party of the file. */
type Asked = Readonly<{ path: string; body: unknown; by: string; key: string }>;

/**
 * The service's acts without its port: requests come in as lines, go through the same routes,
 * bodies and deciders, and are answered by lines `{ status, body }`. Whoever may write the ledger's
 * file may act for every party in it, in the roles that party has. `DRY_RUN=true` records nothing.
 */
const isDryRun = process.env['DRY_RUN'] === 'true';
const log = pino({ level: 'silent' });
const metrics = new Metrics();

/** A dry run on no ledger tries the acts on an empty one. */
async function opened({ LEDGER_URL: url, LEDGER_NAME: ledger }: Config): Promise<EventStore> {
  if (!isDryRun) return openStore(url, { ledger });
  const isThere = existsSync(url.slice('sqlite:'.length));
  return overlayStore(await openStore(isThere ? url : 'memory:', { ledger, readOnly: true }));
}

try {
  const config = readConfig({ ...process.env, LOG_LEVEL: 'silent' });
  useReferenceFolder(config.REFERENCE_DIR);
  const store = await opened(config);
  const credentials = new LocalCredentials(store);
  const ledger = openLedger(store, () => new Date().toISOString(), flagIn);
  const adapter = new FastifyAdapter({ ...serverOptions({ config }, log), skipMiddie: true });
  equip(adapter.getInstance(), { metrics });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.acting({ config, store, ledger, credentials }),
    adapter,
    { bodyParser: false, logger: false, abortOnError: false },
  );
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalFilters(new ProblemFilter(metrics));
  await app.init();
  await adapter.getInstance().ready();
  for await (const line of createInterface({ input: process.stdin })) {
    const { path, body, by, key } = JSON.parse(line) as Asked;
    credentials.by = by;
    const { statusCode, payload } = await app.inject({
      method: 'POST',
      url: path,
      headers: {
        authorization: `Bearer ${credentials.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      payload: JSON.stringify(body),
    });
    process.stdout.write(`{"status":${statusCode},"body":${payload === '' ? 'null' : payload}}\n`);
  }
  await app.close();
  await store.close();
} catch (error) {
  const { code, message } = error as Readonly<{ code?: unknown; message?: unknown }>;
  const body = { code: typeof code === 'string' ? code : 'internal', detail: String(message) };
  process.stdout.write(`${JSON.stringify({ status: 500, body })}\n`);
  process.exitCode = 1;
}
