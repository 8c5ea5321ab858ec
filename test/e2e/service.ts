import 'reflect-metadata';
import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { readConfig } from '#apps/ledger/config';
import type { Running } from '#apps/ledger/start';
import { startService } from '#apps/ledger/start';
import type { PartyRole } from '#events/values';
import { openLedger } from '#libs/ledger/ledger';
import { mintApiKey } from '#libs/signing/api-key';
import { openStore } from '#libs/store/open-store';

type Json = Readonly<Record<string, unknown>>;

/** An answer as a test wants it: `body` is the parsed JSON, or the text of anything else. */
export type Answer = Readonly<{
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}>;

export type Client = Readonly<{
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}>;

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
  /** The ledger's last position, to tell that nothing was appended. */
  end: () => Promise<bigint>;
  /** Stops and starts the service on the same files. */
  restart: () => Promise<Service>;
  /** Stops it and throws its files away. */
  close: () => Promise<void>;
}>;

/** A busy machine starts a service slowly; nothing here is a matter of speed. */
jest.setTimeout(60_000);

const operatorId = 'registry';

/** Parties of a test have had their roles for as long as its stones exist. */
const longAgo = { time: '2000-01-01', precision: 'day' } as const;

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

/** The first operator registers itself before there is a service to ask. */
async function firstKey(url: string, name: string): Promise<string> {
  const store = await openStore(url, { ledger: name });
  const now = new Date().toISOString();
  const ledger = openLedger(store, () => now);
  const { token, keyId, secretSha256 } = mintApiKey();
  const roles: readonly PartyRole[] = ['operator'];
  const meta = () => ({
    id: v7(),
    by: operatorId,
    roles,
    now,
    at: longAgo,
  });
  await ledger.execute({
    category: 'party',
    id: operatorId,
    command: { type: 'RegisterParty', name: 'Registry', country: 'BE', roles, meta: meta() },
  });
  await ledger.execute({
    category: 'party',
    id: operatorId,
    command: {
      type: 'IssueApiKey',
      partyId: operatorId,
      keyId,
      secretSha256,
      roles,
      meta: meta(),
    },
  });
  await store.close();
  return token;
}

/** The answer to a write that must succeed. */
export async function created(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.status === 201) return answer;
  throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
}

function client(url: string, always: Record<string, string>): Client {
  return {
    get: (path, headers = {}) => ask(path, { headers: { ...always, ...headers } }),
    post: (path, body = {}, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { ...always, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
  };

  async function ask(path: string, options: RequestInit): Promise<Answer> {
    const response = await fetch(`${url}${path}`, options);
    const text = await response.text();
    const isJson = /^application\/(?:problem\+)?json/.test(
      response.headers.get('content-type') ?? '',
    );
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? (JSON.parse(text) as Json) : text,
    };
  }
}
