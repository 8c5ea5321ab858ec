import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };

type Message = Readonly<{ id: string; event: string; data: string }>;

describe('the live events', () => {
  let service: Service;
  let mine: Client;
  let key: string;

  beforeAll(async () => {
    service = await serve({ HEARTBEAT: '100', LIVE_LIMIT: '2' });
    mine = await service.party('siberian-mine', ['producer']);
    const issued = mine.post('/v1/parties/siberian-mine/keys', { roles: ['producer'] });
    key = (await created(issued)).body.key;
  });
  afterAll(() => service.close());

  const recover = (id: string) =>
    created(mine.post(`/v1/stones/${id}/recover-rough`, { mineId: 'ru-ebelyakh', weight }));

  /** Opens a stream; `next` gives its messages, `undefined` at its end; `text` all that came. */
  async function listen(headers: Record<string, string> = {}, path = '/v1/events/live') {
    const stop = new AbortController();
    const response = await fetch(`${service.url}${path}`, {
      headers: { authorization: `Bearer ${key}`, ...headers },
      signal: stop.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    let text = '';
    async function next(): Promise<Message | undefined> {
      for (;;) {
        const end = rest.indexOf('\n\n');
        if (end < 0) {
          const chunk = await reader?.read();
          if (chunk?.value === undefined) return undefined;
          rest += chunk.value;
          text += chunk.value;
          continue;
        }
        const message = rest.slice(0, end);
        rest = rest.slice(end + 2);
        const [, id, event, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/s.exec(message) ?? [];
        if (id && event && data) return { id, event, data };
      }
    }
    return { response, next, stop: () => stop.abort(), text: () => text };
  }

  const closed = async () => {
    while (service.running.parts.live.count > 0) await new Promise((wake) => setTimeout(wake, 5));
  };

  it('come as they are recorded, with their exact leaf', async () => {
    const live = await listen();
    expect(live.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const { body } = await recover('live-1');
    const message = await live.next();
    expect(message).toMatchObject({ id: body.position, event: 'RoughDiamondRecovered' });
    const [recorded] = await service.running.parts.store.read('stone-live-1');
    expect(message?.data).toBe(`{"position":"${body.position}","leaf":${recorded?.leaf}}`);
    live.stop();
    await closed();
  });

  it('go on behind Last-Event-ID, leaving nothing out and repeating nothing', async () => {
    const from = await service.end();
    for (let n = 0; n < 5; n++) await recover(`resumed-${n}`);
    const live = await listen({ 'last-event-id': String(from) });
    const ids: bigint[] = [];
    for (let n = 0; n < 3; n++) ids.push(BigInt((await live.next())?.id ?? 0));
    live.stop();
    const again = await listen(
      { 'last-event-id': String(ids.at(-1)), accept: 'text/event-stream' },
      '/v1/events',
    );
    for (let n = 0; n < 2; n++) ids.push(BigInt((await again.next())?.id ?? 0));
    again.stop();
    expect(ids).toEqual([1n, 2n, 3n, 4n, 5n].map((step) => from + step));
    await closed();
  });

  it('show that the connection stands while nothing happens', async () => {
    const live = await listen();
    setTimeout(() => void recover('after-a-while'), 350);
    await live.next();
    expect(live.text().match(/: beat/g)?.length).toBeGreaterThanOrEqual(2);
    live.stop();
    await closed();
  });

  it('are refused to more clients than the operator allows', async () => {
    const open = [await listen(), await listen()];
    const third = await mine.get('/v1/events/live');
    expect([third.status, third.body.code]).toEqual([503, 'too-many-live-streams']);
    open.forEach(({ stop }) => stop());
    await closed();
    const free = await listen();
    expect(free.response.status).toBe(200);
    free.stop();
    await closed();
  });

  it('end for a key that is revoked', async () => {
    const live = await listen();
    const keyId = key.split('_')[1];
    await created(mine.post(`/v1/parties/siberian-mine/keys/${keyId}/revoke`));
    expect(await live.next()).toBeUndefined();
    const fresh = await created(
      mine.post('/v1/parties/siberian-mine/keys', { roles: ['producer'] }),
    );
    key = fresh.body.key;
  });

  it('refuse a Last-Event-ID that is no position', async () => {
    const answer = await mine.get('/v1/events/live', { 'last-event-id': 'x' });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-last-event-id']);
  });

  it('end when the service stops', async () => {
    const live = await listen();
    const next = live.next();
    service = await service.restart();
    expect(await next).toBeUndefined();
  });
});

describe('pages of events', () => {
  it('lead through the whole ledger, as JSON and as JSON Lines', async () => {
    const service = await serve();
    const mine = await service.party('siberian-mine', ['producer']);
    const positions: string[] = [];
    let after = '0';
    for (;;) {
      const { body } = await mine.get(`/v1/events?after=${after}&limit=3`);
      if (body.events.length === 0) break;
      positions.push(...body.events.map(({ position }: { position: string }) => position));
      after = body.next;
    }
    expect(positions).toEqual(['1', '2', '3', '4']);
    const lines = await mine.get('/v1/events', { accept: 'application/x-ndjson' });
    expect(lines.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    await service.close();
  });
});
