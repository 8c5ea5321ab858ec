import { beforeAll, describe, expect, it } from '@jest/globals';
import { questionOf } from '#apps/cli/as-known';
import { viewsAt } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';
import { appendStories, carryOut } from '#apps/cli/demo/append-stories';
import { stories } from '#apps/cli/demo/stories';
import { handOver } from '#apps/cli/demo/story';
import { Failure } from '#apps/cli/failure';
import { openLedger } from '#libs/ledger/ledger';
import { memoryStore } from '#libs/store/memory';
import { replay } from '#libs/views/replay';
import { dossierOf } from '#projections/dossier';
import { projections } from '#projections/projections';
import { countedIds } from '#test/support/demo-ledger';

const store = memoryStore({ ledger: 'test' });
const today = '2026-11-22';
/** The ledger hears of New Sun on the first day, of everything else on the second. */
const days = ['2026-01-01T12:00:00.000Z', '2026-01-02T12:00:00.000Z'];

beforeAll(async () => {
  const nextId = countedIds();
  let [now = '', next = ''] = days;
  const clock = () => now;
  const ledger = openLedger(store, clock);
  const [newSun, ...others] = stories;
  await appendStories(ledger, newSun ? [newSun] : [], { clock, nextId });
  [now, next] = [next, now];
  for (const step of others.flatMap(({ steps }) => steps)) {
    await carryOut(ledger, step, { clock, nextId });
  }
  const released = { by: 'almazy-anabara', at: { time: '2024-12-05', precision: 'day' } } as const;
  const [release, accept] = handOver('ebelyakh-262', 'alrosa', 'vault', released);
  const accepted = accept && { ...accept, at: { time: '2024', precision: 'year' } as const };
  for (const step of [release, accepted]) {
    if (step) await carryOut(ledger, step, { clock, nextId });
  }
});

async function asked(subject: string, question: Question) {
  return dossierOf(await viewsAt(store, projections, subject, question, today), subject);
}

describe('what was true by a day', () => {
  it('is the rough before it was cut', async () => {
    const dossier = await asked('stone-dawn', { validAt: '2024-01-01' });
    expect(dossier?.card).toMatchObject({
      form: 'rough',
      consumed: 0,
      custodian: 'alrosa-diamonds',
    });
    expect(dossier?.lineage.edges).toEqual([]);
    expect(await asked('stone-dawn.1', { validAt: '2024-01-01' })).toBeUndefined();
  });

  it('cuts a history at the day and never thins it out', async () => {
    const whole = await asked('stone-stravinsky.1', {});
    const part = await asked('stone-stravinsky.1', { validAt: '2019-06-01' });
    expect(part?.title.owner).toBe('alrosa');
    expect(whole?.title.owner).toBe('graff');
    expect(part?.steps).toEqual(whole?.steps.slice(0, part?.steps.length));
    const before = await asked('stone-ebelyakh-262', { validAt: '2024-12-01' });
    expect(before?.steps.map(({ type }) => type)).toEqual(['RoughDiamondRecovered']);
    const after = await asked('stone-ebelyakh-262', { validAt: '2024-12-05' });
    expect(after?.card.custodian).toBe('alrosa');
  });
});

describe('what the ledger knew', () => {
  it('by a day is what had been recorded by its end', async () => {
    expect((await asked('stone-dawn.1', { knownAt: { day: '2026-01-01' } }))?.card.owner).toBe(
      'illustrative-buyer',
    );
    expect(await asked('stone-stravinsky', { knownAt: { day: '2026-01-01' } })).toBeUndefined();
    expect(await asked('stone-stravinsky', { knownAt: { day: '2026-01-02' } })).toBeDefined();
  });

  it('at a position is what a replay up to it gives', async () => {
    const events = [];
    for await (const batch of store.readAll(0n)) events.push(...batch);
    for (const position of [8n, 14n, 20n, 24n]) {
      const then = events.filter((event) => event.position <= position);
      const views = await replay(projections, then, today);
      for (const subject of ['stone-dawn', 'stone-dawn.1']) {
        expect(await asked(subject, { knownAt: { position } })).toEqual(
          await dossierOf(views, subject),
        );
      }
    }
  });
});

it('asks nothing of the past unless it is told to', () => {
  expect(questionOf({})).toBeUndefined();
  expect(questionOf({ validAt: '2024-02-29', knownAt: '17' })).toEqual({
    validAt: '2024-02-29',
    knownAt: { position: 17n },
  });
});

it.each([
  { validAt: '2023-02-29' },
  { validAt: '12' },
  { knownAt: 'yesterday' },
  { knownAt: '-1' },
])('refuses %j', (options) => {
  expect(() => questionOf(options)).toThrow(Failure);
});
