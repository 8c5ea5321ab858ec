import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { Answer, Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };
const release = { to: 'antwerp-broker', purpose: 'sale' };

describe('a write', () => {
  let service: Service;
  let mine: Client;
  let broker: Client;

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('siberian-mine', ['producer']);
    broker = await service.party('antwerp-broker', ['dealer']);
  });
  afterAll(() => service.close());

  const recover = (id: string) =>
    created(mine.post(`/v1/stones/${id}/recover-rough`, { mineId: 'ru-ebelyakh', weight }));
  const give = (id: string, body: object, headers: Record<string, string>) =>
    mine.post(`/v1/stones/${id}/release-custody`, body, headers);
  const told = ({ status, body }: Answer) => [status, body.code];

  it.each([
    ['a UUID', v7()],
    ['any other key', 'release no. 7'.replaceAll(' ', '-')],
  ])('repeated under %s answers the same and appends nothing', async (_, key) => {
    const id = `repeat-${key.slice(0, 7).toLowerCase()}`;
    await recover(id);
    const first = await created(give(id, release, { 'idempotency-key': key }));
    await created(broker.post(`/v1/stones/${id}/accept-custody`));
    const end = await service.end();
    const again = await created(give(id, release, { 'idempotency-key': key }));
    expect(again.body).toEqual({ ...first.body, replayed: true });
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await service.end()).toBe(end);
  });

  it('repeated under the same key with another body is refused', async () => {
    await recover('reused');
    const headers = { 'idempotency-key': v7() };
    await created(give('reused', release, headers));
    const end = await service.end();
    const other = await give('reused', { ...release, purpose: 'memo' }, headers);
    expect(told(other)).toEqual([422, 'idempotency-key-reused']);
    await recover('reused-elsewhere');
    const elsewhere = await give('reused-elsewhere', release, headers);
    expect(told(elsewhere)).toEqual([422, 'idempotency-key-reused']);
    expect(await service.end()).toBe(end + 1n);
  });

  it('says by its party’s marks what it belongs to, where by a GLN, and how the scale errs', async () => {
    const marks = { correlationId: 'ORDER-7', causationId: 'MSG-77' };
    const place = { gln: '9506000134352' };
    const rough = { mineId: 'ru-ebelyakh', weight: { ...weight, tolMct: 1 }, place, ...marks };
    const path = '/v1/stones/marked/recover-rough';
    expect(told(await mine.post(path, { ...rough, place: { gln: '9506000134353' } }))).toEqual([
      422,
      'bad-gln',
    ]);
    expect(told(await mine.post(path, { ...rough, correlationId: 'two words' }))).toEqual([
      422,
      'invalid-body',
    ]);
    const { body } = await created(mine.post(path, rough));
    const page = await mine.get(`/v1/events?after=${Number(body.position) - 1}&limit=1`);
    expect(page.body.events[0].leaf.statement).toMatchObject({
      ...marks,
      place,
      data: { weight: rough.weight },
    });
    const read = await mine.get(`/v1/stones/marked/history?at-least=${body.position}`);
    expect(read.body.steps[0]).toMatchObject({
      line: 'siberian-mine recovered rough of 5.00 ct ± 0.001 ct at ru-ebelyakh (correlation ORDER-7, caused by MSG-77)',
      place,
    });
    const found = await mine.get(`/v1/search?q=order-7&at-least=${body.position}`);
    expect(found.body.hits).toMatchObject([{ id: 'marked', kind: 'correlation' }]);
    expect(found.body.more).toBe(false);
    const one = await mine.get('/v1/search?q=siberian&limit=1');
    expect([one.body.hits.length, one.body.more]).toEqual([1, true]);
  });

  it('of two parties under one key are two acts', async () => {
    await recover('two-parties');
    const headers = { 'idempotency-key': 'order-1' };
    await created(give('two-parties', release, headers));
    const accepted = broker.post('/v1/stones/two-parties/accept-custody', {}, headers);
    expect((await created(accepted)).body.replayed).toBe(false);
  });

  it('may rest on a revision: 412 when the stream moved on, and nothing is appended', async () => {
    const { headers } = await recover('if-match');
    const etag = headers.get('etag') ?? '';
    await created(give('if-match', release, { 'if-match': etag }));
    const end = await service.end();
    const stale = await mine.post(
      '/v1/stones/if-match/name-stone',
      { name: 'x' },
      { 'if-match': etag },
    );
    expect(told(stale)).toEqual([412, 'wrong-revision']);
    expect(stale.body.errors).toEqual([{ field: 'If-Match', message: 'the revision is now 1' }]);
    expect(await service.end()).toBe(end);
  });

  it('that loses a race for the same act is refused; exactly one wins', async () => {
    await recover('race');
    const answers = await Promise.all(Array.from({ length: 10 }, () => give('race', release, {})));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    for (const lost of answers.filter((answer) => !won.includes(answer))) {
      expect([
        [409, 'wrong-revision'],
        [422, 'custody-released'],
      ]).toContainEqual(told(lost));
    }
    const { events } = (await mine.get('/v1/events?limit=1000')).body;
    const ofRace = events.filter(
      (event: { leaf: { statement: { stream: string } } }) =>
        event.leaf.statement.stream === 'stone-race',
    );
    expect(ofRace).toHaveLength(2);
  });

  it('sent many times at once under one key is done once', async () => {
    await recover('burst');
    const headers = { 'idempotency-key': v7() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => give('burst', release, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ body }) => body.position)).size).toBe(1);
    const history = await service.running.parts.store.read('stone-burst');
    expect(history).toHaveLength(2);
  });
});

describe('a read', () => {
  let service: Service;
  let mine: Client;

  beforeAll(async () => {
    service = await serve({ WAIT_LIMIT: '150' });
    mine = await service.party('siberian-mine', ['producer']);
  });
  afterAll(() => service.close());

  it('sees every write whose position it asks for', async () => {
    for (let n = 0; n < 20; n++) {
      const path = `/v1/stones/fresh-${n}`;
      const { body } = await created(
        mine.post(`${path}/recover-rough`, { mineId: 'ru-ebelyakh', weight }),
      );
      const read = await mine.get(`${path}?at-least=${body.position}`);
      expect(read.status).toBe(200);
      const reached = BigInt(read.headers.get('adamant-position') ?? 0);
      expect(reached).toBeGreaterThanOrEqual(BigInt(body.position));
    }
  });

  it('does not wait for ever for a position', async () => {
    const answer = await mine.get('/v1/stones/fresh-0?at-least=999999');
    expect([answer.status, answer.body.code]).toEqual([503, 'views-behind']);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('of a stone that is known already is answered 304', async () => {
    const first = await mine.get('/v1/stones/fresh-0');
    const etag = first.headers.get('etag') ?? '';
    const again = await mine.get('/v1/stones/fresh-0', { 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([304, '']);
    const other = await mine.get('/v1/stones/fresh-0', { 'if-none-match': '"7"' });
    expect(other.status).toBe(200);
  });
});
