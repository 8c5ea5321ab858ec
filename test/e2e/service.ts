import 'reflect-metadata';
import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from '#apps/ledger/config';
import type { Running } from '#apps/ledger/start';
import { startService } from '#apps/ledger/start';
import type { PartyRole } from '#events/values';
import type { Client } from '#test/e2e/client';
import { client, created, firstKey, longAgo } from '#test/e2e/client';

/** The real service over a real port on files of its own. */
export type Service = Readonly<{
  url: string;
  running: Running;
  /** An operator's key. */
  operator: Client;
  /** Without a key. */
  anonymous: Client;
  /** With any text as key. */
  withKey: (key: string) => Client;
  /** Registers a party and gives it a key with all its roles. */
  party: (id: string, roles: readonly PartyRole[]) => Promise<Client>;
  /** Waits until the service says that it can answer every question. */
  ready: () => Promise<void>;
  /** The ledger's last position, to tell that nothing was appended. */
  end: () => Promise<bigint>;
  /** Stops and starts the service on the same files. */
  restart: () => Promise<Service>;
  /** Stops it and throws its files away. */
  close: () => Promise<void>;
}>;

/** A busy machine starts a service slowly; nothing here is a matter of speed. */
jest.setTimeout(60_000);

export async function serve(settings: Record<string, string> = {}): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'adamant-'));
  const variables = {
    LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
    VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
    LEDGER_NAME: 'adamant.test/ledger',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...settings,
  };
  const key = await firstKey(variables.LEDGER_URL, variables.LEDGER_NAME);
  return start(folder, variables, key);
}

async function start(folder: string, variables: Record<string, string>, key: string) {
  const config = readConfig(variables);
  const running = await startService(config, pino({ level: config.LOG_LEVEL }));
  const { url } = running;
  const withKey = (token: string) => client(url, { authorization: `Bearer ${token}` });
  const operator = withKey(key);
  const service: Service = {
    url,
    running,
    operator,
    anonymous: client(url, {}),
    withKey,
    party: async (id, roles) => {
      await created(
        operator.post('/v1/parties', { id, name: `${id} Ltd`, country: 'BE', roles, at: longAgo }),
      );
      const issued = await created(operator.post(`/v1/parties/${id}/keys`, { roles }));
      return withKey(String(issued.body.key));
    },
    ready: async () => {
      while ((await operator.get('/health/ready')).status !== 200) await pause(20);
    },
    end: () => running.parts.store.end(),
    restart: async () => {
      await running.close();
      return start(folder, variables, key);
    },
    close: async () => {
      await running.close();
      await rm(folder, { recursive: true });
    },
  };
  return service;
}
