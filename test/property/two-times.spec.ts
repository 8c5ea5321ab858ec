import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 as uuidV5 } from 'uuid';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { judge } from '#libs/rulebook/judge';
import type { RecordedEvent } from '#libs/store/store';
import { viewsAt } from '#libs/views/as-known';
import type { KnownAt } from '#libs/decider/effective';
import { custodyOf } from '#projections/custody';
import { factsOf } from '#projections/way/facts';
import { cardOf } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { originOf } from '#projections/origin';
import { ofSingleThings } from '#projections/projections';
import { sanctionsOf } from '#projections/sanctions';
import { titleOf } from '#projections/title';
import type { BruteGoods } from '#test/support/brute-goods';
import { bruteGoods } from '#test/support/brute-goods';
import { allowedOf, areGrown, bannedOn, banning, possibleIn } from '#test/support/brute-verdict';
import { inForce } from '#test/support/effective-fold';
import { choices, commandOf } from '#test/support/random-acts';
import type { Choice } from '#test/support/random-acts';
import { registered } from '#test/support/random-world';
import { strike, strikeOf } from '#test/support/random-corrections';
import { dividing } from '#test/support/random-mixes';
import { day } from '#test/support/given';
import type { Goods } from '#test/support/world';

/** Ledgers tried, 25 questions of each: the full run is `LEDGERS=4000 npm run jest -- two-times`. */
const ledgers = Number(process.env['LEDGERS'] ?? 40);
const questionsEach = 25;

const onDay = (n: number) => new Date(Date.UTC(2025, 2, 1 + n)).toISOString().slice(0, 10);

/** Acts come to be known at least a month later than they happened, and ever later. */
const recordedOn = (n: number) => onDay(36 + n + Math.floor(n / 5) * 4);

/** Half of the acts mix, divide or cut what is there, once there are lots of two mines. */
function actOf(picked: Choice, n: number, goods: readonly Goods[]): LedgerCommand {
  if (n < 4) return commandOf({ ...picked, what: 8 * (picked.what % 100), who: 0 }, goods, n);
  return (n % 2 === 0 ? dividing(picked, goods) : undefined) ?? commandOf(picked, goods, n);
}

type Answer =
  (Readonly<{ custodian: string; owner: string | null; steps: number }> & BruteGoods) | null;

/**
 * What was true of goods by a day as known then, by going through every event there is: who was last
 * said to have them and to own them, what they weigh and where they could have been mined, and how many
 * events had happened to them. What is mixed into goods is their holders' before and tells no others.
 */
function oracle(
  events: readonly RecordedEvent[],
  subject: string,
  validAt: string,
  knownAt: KnownAt,
): Answer {
  const own = happened(knownOf(events, knownAt), subject, validAt);
  const goods = bruteGoods(own);
  let answer: Answer = null;
  for (const { type, data, meta } of own) {
    const said = data as Readonly<Partial<Record<'custodian' | 'to' | 'from', string>>> &
      Readonly<{ owner?: string | null }>;
    if (!goods) continue;
    const isOpened = type === 'StoneOpened' || type === 'ParcelOpened' || type === 'MixReceived';
    const begun = { custodian: meta.by, owner: isOpened ? null : meta.by };
    const isMixedIn = type === 'MixReceived' && answer !== null;
    answer = { ...(answer ?? begun), steps: own.length, ...goods };
    if (isMixedIn) continue;
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

/**
 * What was in force of all that was known; what was recorded in one go is known with its first,
 * and what the ledger carries on of a correction with that.
 */
function knownOf(events: readonly RecordedEvent[], knownAt: KnownAt): readonly RecordedEvent[] {
  const known: RecordedEvent[] = [];
  const told = new Map<string, boolean>();
  let act: RecordedEvent[] = [];
  for (const event of events) {
    const [first] = act;
    const isOfAct = first !== undefined && event.meta.id === uuidV5(`${act.length}`, first.meta.id);
    act = isOfAct ? [...act, event] : [event];
    const { position } = act[0] ?? event;
    const isThere =
      'day' in knownAt ? event.recordedAt < `${knownAt.day}T24` : position <= knownAt.position;
    const cause = event.type === 'RecordCorrected' ? event.data.cause : undefined;
    const isTold = isThere || (cause !== undefined && told.get(cause) === true);
    told.set(event.meta.id, isTold);
    if (isTold) known.push(event);
  }
  return inForce(known);
}

/** All that had happened to the goods, and to what they came out of as long as they were of it. */
function familyOf(
  all: readonly RecordedEvent[],
  subject: string,
  validAt: string,
  until = Infinity,
): readonly RecordedEvent[] {
  const own = happened(all, subject, validAt).filter(({ revision }) => revision <= until);
  return own.flatMap((event) => {
    const { type, data } = event;
    if (type === 'StoneOpened' || type === 'ParcelOpened') {
      return [event, ...familyOf(all, data.parent.stream, validAt, data.parent.revision)];
    }
    if (type !== 'MixReceived') return [event];
    return [event, ...familyOf(all, data.from.stream, validAt, data.from.revision)];
  });
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
    let mixed = 0;
    const judged = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(scripts, async ([acts, strikes, questions]) => {
        const world = await registered();
        for (const [n, picked] of acts.entries()) {
          const asked = actOf(picked, n, world.goods());
          const at =
            n % 7 === 6 ? ({ time: '2025-03', precision: 'month' } as const) : day(onDay(n));
          const now = `${recordedOn(n)}T09:00:00.000Z`;
          const meta = { ...asked.command.meta, id: world.nextId(), at, now };
          world.recordFrom(now);
          await world.attempt({ ...asked, command: { ...asked.command, meta } } as LedgerCommand);
          const struck = strikes[n] ?? null;
          const said = struck && strikeOf(struck, world.histories(), world.nextId());
          if (!said) continue;
          const { command } = said;
          await world.attempt({
            ...said,
            command: { ...command, meta: { ...command.meta, now } },
          } as LedgerCommand);
        }
        const histories = world.histories();
        const events = histories.flat().sort((a, b) => Number(a.position - b.position));
        const last = Number(events.at(-1)?.position ?? 0n);
        const carried = events.filter(({ data }) => 'reached' in data && data.reached > 0);
        for (const [which, on, upTo] of questions) {
          const byDay = upTo % 2 === 0;
          const subject = histories[which % histories.length]?.[0]?.stream;
          if (subject === undefined) continue;
          const amid = upTo % 4 === 1 ? carried[upTo % carried.length]?.position : undefined;
          const position = amid ?? BigInt(1 + (upTo % last));
          const knownAt = byDay ? { day: recordedOn(upTo % 32) } : { position };
          const validAt = onDay(on);
          const question = { validAt, knownAt };
          const views = await viewsAt(world.store, ofSingleThings, subject, question, '2025-06-01');
          const custody = await custodyOf(views, subject);
          const title = await titleOf(views, subject);
          const steps = (await historyOf(views, subject)).filter(
            (step) =>
              step.subject === subject &&
              step.annulled === 0 &&
              !/^(?:RecordC|EventA)/.test(step.type),
          );
          const card = await cardOf(views, subject);
          const origin = await originOf(views, subject);
          const told: Answer =
            custody && title && card && origin
              ? {
                  custodian: custody.custodian,
                  owner: title.owner,
                  steps: steps.length,
                  mct: card.mct,
                  countries: origin.origin.countries
                    .map(({ country, minPpm, maxPpm }) => `${country} ${minPpm}-${maxPpm}`)
                    .sort(),
                }
              : null;
          const expected = oracle(events, subject, validAt, knownAt);
          expect({ question, subject, told }).toEqual({ question, subject, told: expected });
          if (!expected) continue;
          answered += 1;
          const family = familyOf(knownOf(events, knownAt), subject, validAt);
          if (family.some(({ type }) => type === 'MixReceived')) mixed += 1;
          if (areGrown(family)) continue;
          const found = await sanctionsOf(views, subject);
          const { says, allows } = allowedOf(expected, family);
          const day = bannedOn[upTo % bannedOn.length] ?? bannedOn[0];
          for (const jurisdiction of banning) {
            if (!found) continue;
            const facts = factsOf(found.way, jurisdiction);
            const mined = facts.minedIn;
            const left = mined ? possibleIn(expected).filter((each) => !mined.includes(each)) : [];
            expect({ subject, question, left }).toEqual({ subject, question, left: [] });
            const { outcome, rule } = judge(facts, jurisdiction, day);
            const verdict = {
              question,
              subject,
              jurisdiction,
              day,
              countries: expected.countries,
              rule,
            };
            expect({ ...verdict, outcome, allowed: allows(outcome) ? outcome : says }).toEqual({
              ...verdict,
              outcome,
              allowed: outcome,
            });
            judged.set(says, (judged.get(says) ?? 0) + 1);
          }
        }
      }),
      { numRuns: ledgers, endOnFailure: true, seed: Number(process.env['SEED'] ?? 20251122) },
    );
    expect(answered).toBeGreaterThan(ledgers * 5);
    expect(mixed).toBeGreaterThan(ledgers);
    for (const each of ['PROHIBITED', 'not PROHIBITED', 'neither CLEAR nor EXEMPT']) {
      expect([each, judged.get(each)]).toEqual([each, expect.any(Number)]);
    }
    if (process.env['TOLD'] === '1')
      process.stderr.write(`${JSON.stringify([answered, mixed, ...judged])}\n`);
  }, 6_000_000);
});
