import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { openStore } from '#libs/store/open-store';
import { startCluster, type Cluster } from '#test/cluster/cluster';
import type { Process } from '#test/cluster/processes';
import type { Answer, Client } from '#test/e2e/client';
import { client } from '#test/e2e/client';

jest.setTimeout(180_000);

const longAgo = { time: '2000-01-01', precision: 'day' } as const;
const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };

describe('several services over one EventStoreDB and one PostgreSQL', () => {
  let cluster: Cluster;
  let services: Process[];
  let mineKey: string;

  beforeAll(async () => {
    cluster = await startCluster();
    services = await Promise.all([cluster.service(), cluster.service(), cluster.service()]);
    const roles = ['producer'];
    const registered = { id: 'siberian-mine', name: 'Mine', country: 'RU', roles, at: longAgo };
    const operator = at(0, cluster.operatorKey);
    await recorded(operator.post('/v1/parties', registered));
    const issued = await recorded(operator.post('/v1/parties/siberian-mine/keys', { roles }));
    mineKey = String(issued.body.key);
  });
  afterAll(() => cluster.close());

  /** A client of the n-th service. */
  function at(n: number, key = mineKey): Client {
    return client(services[n]?.url ?? '', { authorization: `Bearer ${key}` });
  }

  const recover = (n: number, id: string, key = v7()) =>
    at(n).post(
      `/v1/stones/${id}/recover-rough`,
      { mineId: 'ru-ebelyakh', weight },
      { 'idempotency-key': key },
    );

  /** Which service keeps the views, by what each says of itself; -1 when none does. */
  async function leader(): Promise<number> {
    const said = await Promise.all(services.map(leads));
    expect(said.filter(Boolean).length).toBeLessThan(2);
    return said.indexOf(true);
  }

  it('shows what was recorded at one in all the others', async () => {
    const { headers } = await recorded(recover(0, 'first'));
    const position = headers.get('adamant-position') ?? '';
    for (const n of [0, 1, 2]) {
      const shown = await at(n).get(`/v1/stones/first?at-least=${position}`);
      expect([shown.status, shown.body.id]).toEqual([200, 'first']);
    }
    expect(await leader()).toBeGreaterThanOrEqual(0);
  });

  it('opens nothing anywhere with a key that was revoked at one', async () => {
    const operator = at(0, cluster.operatorKey);
    const issued = await recorded(
      operator.post('/v1/parties/siberian-mine/keys', { roles: ['producer'] }),
    );
    const key = String(issued.body.key);
    for (const n of [0, 1, 2]) expect((await at(n, key).get('/v1/stones/first')).status).toBe(200);
    await recorded(operator.post(`/v1/parties/siberian-mine/keys/${issued.body.keyId}/revoke`));
    for (const n of [0, 1, 2]) expect((await at(n, key).get('/v1/stones/first')).status).toBe(401);
  });

  it('lets another take over when the one that keeps the views is killed', async () => {
    const before = await leader();
    const watched = watchPositions([0, 1, 2].filter((n) => n !== before));
    await services[before]?.kill('SIGKILL');
    const alive = before === 0 ? 1 : 0;
    const { headers } = await recorded(recover(alive, 'after-the-kill'));
    const position = headers.get('adamant-position') ?? '';
    const shown = await at(alive).get(`/v1/stones/after-the-kill?at-least=${position}`);
    expect(shown.status).toBe(200);
    services[before] = await cluster.service();
    expect(await leader()).not.toBe(before);
    expect(await watched()).toEqual([]);
  });

  it('goes on when the views were cut off and when the event store was killed', async () => {
    await cluster.cutOffViews();
    await recorded(again(() => recover(0, 'after-the-cut')));
    await cluster.restartEventStore();
    const { headers } = await recorded(again(() => recover(1, 'after-the-restart')));
    const position = headers.get('adamant-position') ?? '';
    for (const n of [0, 1, 2]) {
      const shown = await again(() =>
        at(n).get(`/v1/stones/after-the-restart?at-least=${position}`),
      );
      expect(shown.status).toBe(200);
    }
  });

  it('loses nothing that was acknowledged when all are restarted one by one under load', async () => {
    const acknowledged = new Map<string, string>();
    const stop = new AbortController();
    const callers = Array.from({ length: 6 }, async (_, caller) => {
      for (let i = 0; !stop.signal.aborted; i++) {
        const id = `rolling-${caller}-${i}`;
        const key = v7();
        const answer = await again((n) => recover((caller + n) % 3, id, key));
        if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
        acknowledged.set(id, key);
      }
    });
    const watched = watchPositions([0, 1, 2]);
    for (const n of [0, 1, 2]) {
      await pause(300);
      await services[n]?.kill('SIGTERM');
      services[n] = await cluster.service();
    }
    await pause(300);
    stop.abort();
    await Promise.all(callers);
    expect(await watched()).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(20);
    const recordedIds = new Map<string, string[]>();
    const store = await openStore(cluster.ledgerUrl, {
      ledger: cluster.ledgerName,
      readOnly: true,
    });
    for await (const batch of store.readAll(0n)) {
      for (const { stream, meta } of batch) {
        recordedIds.set(stream, [...(recordedIds.get(stream) ?? []), meta.id]);
      }
    }
    await store.close();
    for (const [id, key] of acknowledged) expect(recordedIds.get(`stone-${id}`)).toEqual([key]);
  });

  /** Asks services where the views are, over and over; answers how to stop and what went back. */
  function watchPositions(which: readonly number[]): () => Promise<readonly string[]> {
    const wrong: string[] = [];
    const stop = new AbortController();
    const watching = which.map(async (n) => {
      let process = services[n];
      let last = 0n;
      while (!stop.signal.aborted) {
        if (process !== services[n]) last = 0n;
        process = services[n];
        const ready = await at(n)
          .get('/health/ready')
          .catch(() => undefined);
        if (ready?.status === 200) {
          const position = BigInt(ready.body.views);
          if (position < last) wrong.push(`service ${n} went from ${last} to ${position}`);
          last = position;
        }
        await pause(20);
      }
    });
    return async () => {
      stop.abort();
      await Promise.all(watching);
      return wrong;
    };
  }
});

/** Tries a request again while nobody can take it, each time from the next number on. */
async function again(request: (n: number) => Promise<Answer>): Promise<Answer> {
  for (let n = 0; ; n++) {
    const answer = await request(n).catch(() => undefined);
    if (answer && answer.status !== 503) return answer;
    if (n > 300) throw new Error(`given up: ${JSON.stringify(answer?.body)}`);
    await pause(50);
  }
}

async function recorded(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.status === 201) return answer;
  throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
}

async function leads({ url }: Process): Promise<boolean> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return /^adamant_leads 1$/m.test(text);
}
