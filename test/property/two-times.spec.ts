import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { RecordedEvent } from '#libs/store/store';
import { viewsAt } from '#libs/views/as-known';
import { custodyOf } from '#projections/custody';
import { historyOf } from '#projections/history';
import { projections } from '#projections/projections';
import { titleOf } from '#projections/title';
import { inForce } from '#test/support/effective-fold';
import { choices, commandOf } from '#test/support/random-acts';
import { registered } from '#test/support/random-world';
import { strike, strikeOf } from '#test/support/random-corrections';
import { day } from '#test/support/given';

/** Ledgers tried, 25 questions of each: the full run is `LEDGERS=4000 npm run jest -- two-times`. */
const ledgers = Number(process.env['LEDGERS'] ?? 12);
const questionsEach = 25;

const onDay = (n: number) => new Date(Date.UTC(2025, 2, 1 + n)).toISOString().slice(0, 10);

type Answer = Readonly<{ custodian: string; owner: string | null; steps: number }> | null;

/**
 * What was true of goods by a day as known at a position, by going through every event there is:
 * who was last said to have them and to own them, and how many events had happened to them.
 */
function oracle(
  events: readonly RecordedEvent[],
  subject: string,
  validAt: string,
  position: bigint,
): Answer {
  const all = inForce(events.filter((event) => event.position <= position));
  const own = happened(all, subject, validAt);
  let answer: Answer = null;
  for (const { data, meta } of own) {
    const said = data as Readonly<Partial<Record<'custodian' | 'to' | 'from', string>>> &
      Readonly<{ owner?: string | null }>;
    answer = { ...(answer ?? { custodian: meta.by, owner: meta.by }), steps: own.length };
    if (said.custodian !== undefined) answer = { ...answer, custodian: said.custodian };
    if (said.owner !== undefined) answer = { ...answer, owner: said.owner };
  }
  for (const { type, data } of own) {
    if (!answer) continue;
    if (type === 'CustodyAccepted' || type === 'Recovered' || type === 'Seized') {
      const custodian = 'to' in data ? data.to : data.custodian;
      answer = { ...answer, custodian };
    }
    if (type === 'TitleTransferred' || type === 'Forfeited') {
      answer = { ...answer, owner: data.to };
    }
    if (type === 'TitleShareTransferred') {
      const owners = data.shares.map(({ party }) => party);
      answer = { ...answer, owner: owners.length > 1 ? null : (owners[0] ?? null) };
    }
    if (type === 'TitleContestResolved' && data.passed) {
      answer = { ...answer, owner: data.passed.to };
    }
  }
  return answer;
}

/** The events of a stream up to the first that began after the day, or has nothing to come from. */
function happened(
  all: readonly RecordedEvent[],
  subject: string,
  validAt: string,
): readonly RecordedEvent[] {
  const own = all.filter(({ stream }) => stream === subject);
  const beyond = own.findIndex(({ meta, type, data }) => {
    const first = meta.at.time.slice(0, 10).padEnd(7, '-01').padEnd(10, '-01');
    if (first > validAt) return true;
    if (type !== 'StoneOpened' && type !== 'ParcelOpened') return false;
    const before = happened(all, data.parent.stream, validAt);
    return before.every(({ revision }) => revision !== data.parent.revision);
  });
  return beyond < 0 ? own : own.slice(0, beyond);
}

const scripts = fc.tuple(
  choices.map((acts) => acts.slice(0, 30)),
  fc.array(fc.option(strike, { freq: 2 }), { minLength: 30, maxLength: 30 }),
  fc.array(fc.tuple(fc.nat(), fc.nat(34), fc.nat()), {
    minLength: questionsEach,
    maxLength: questionsEach,
  }),
);

describe('what was true by a day, as known at a position', () => {
  it('is what going through every event gives, corrections and late ones included', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(scripts, async ([acts, strikes, questions]) => {
        const world = await registered();
        for (const [n, picked] of acts.entries()) {
          const asked = commandOf(picked, world.goods(), 0);
          const at =
            n % 7 === 6 ? ({ time: '2025-03', precision: 'month' } as const) : day(onDay(n));
          const meta = { ...asked.command.meta, id: world.nextId(), at };
          await world.attempt({ ...asked, command: { ...asked.command, meta } } as LedgerCommand);
          const struck = strikes[n] ?? null;
          const said = struck && strikeOf(struck, world.histories(), world.nextId());
          if (said) await world.attempt(said);
        }
        const histories = world.histories();
        const events = histories.flat().sort((a, b) => Number(a.position - b.position));
        const last = Number(events.at(-1)?.position ?? 0n);
        for (const [which, on, upTo] of questions) {
          const subject = histories[which % histories.length]?.[0]?.stream;
          if (subject === undefined) continue;
          const position = BigInt(1 + (upTo % last));
          const validAt = onDay(on);
          const question = { validAt, knownAt: { position } };
          const views = await viewsAt(world.store, projections, subject, question, '2025-06-01');
          const custody = await custodyOf(views, subject);
          const title = await titleOf(views, subject);
          const steps = (await historyOf(views, subject)).filter(
            (step) =>
              step.subject === subject &&
              step.annulled === 0 &&
              !/^(?:RecordC|EventA)/.test(step.type),
          );
          const told: Answer =
            custody && title
              ? { custodian: custody.custodian, owner: title.owner, steps: steps.length }
              : null;
          const expected = oracle(events, subject, validAt, position);
          expect({ question, subject, told }).toEqual({ question, subject, told: expected });
          if (expected) answered += 1;
        }
      }),
      { numRuns: ledgers, seed: Number(process.env['SEED'] ?? 20251122) },
    );
    expect(answered).toBeGreaterThan(ledgers * 5);
  }, 6_000_000);
});
