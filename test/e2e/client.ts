import { v7 } from 'uuid';
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

const operatorId = 'registry';

/** Parties of a test have had their roles for as long as its stones exist. */
export const longAgo = { time: '2000-01-01', precision: 'day' } as const;

/** The first operator registers itself before there is a service to ask. */
export async function firstKey(url: string, name: string): Promise<string> {
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

export function client(url: string, always: Record<string, string>): Client {
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
