import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from '#apps/ledger/app.module';
import { BodyPipe } from '#apps/ledger/body.pipe';
import type { Config } from '#apps/ledger/config';
import { describeApi } from '#apps/ledger/openapi';
import type { Parts } from '#apps/ledger/open-parts';
import { openParts } from '#apps/ledger/open-parts';
import { equip, serverOptions } from '#apps/ledger/server';
import { ProblemFilter } from '#apps/ledger/problem.filter';
import { useReferenceFolder } from '#libs/ledger/reference-folder';

/** A running service; `close` finishes what was accepted, then lets go of everything. */
export type Running = Readonly<{ url: string; parts: Parts; close: () => Promise<void> }>;

/**
 * How often in ms connections are closed that fell idle while stopping: they were promised to be
 * kept alive before, and would hold the stop up until their client lets go.
 */
const sweepEvery = 20;

/** `adapt` may put other parts in front of those that were opened, which are closed all the same. */
export async function startService(
  config: Config,
  log: Logger,
  adapt: (parts: Parts) => Parts = (opened) => opened,
): Promise<Running> {
  useReferenceFolder(config.REFERENCE_DIR);
  const parts = adapt(await openParts(config, log));
  try {
    const app = await createApp(parts, log);
    await app.listen(config.PORT, config.HOST);
    const url = await app.getUrl();
    return { url, parts, close };

    async function close(): Promise<void> {
      parts.live.close();
      const server = app.getHttpServer();
      const sweep = setInterval(() => server.closeIdleConnections(), sweepEvery);
      await app.close();
      clearInterval(sweep);
      await parts.close();
    }
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function createApp(parts: Parts, log: Logger): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ ...serverOptions(parts, log), skipMiddie: true });
  equip(adapter.getInstance(), parts);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalFilters(new ProblemFilter(parts.metrics));
  describeApi(app);
  return app;
}
