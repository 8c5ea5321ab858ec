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

/** A running service; `close` finishes what was accepted, then lets go of everything. */
export type Running = Readonly<{ url: string; parts: Parts; close: () => Promise<void> }>;

export async function startService(config: Config, log: Logger): Promise<Running> {
  const parts = await openParts(config, log);
  try {
    const app = await createApp(parts, log);
    await app.listen(config.PORT, config.HOST);
    const url = await app.getUrl();
    return { url, parts, close };

    async function close(): Promise<void> {
      parts.live.close();
      await app.close();
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
