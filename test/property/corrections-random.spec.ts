import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStream } from '#events/streams';
import { partyRoles } from '#events/values';
import { restated } from '#libs/correction/restate';
import { fold } from '#libs/decider/decider';
import { isCorrection } from '#libs/decider/effective';
import { examineInvariants } from '#libs/laws/invariants';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { deciderOf } from '#libs/ledger/ledger-command';
import { actsOf } from '#libs/ledger/restand';
import { mineById } from '#libs/reference/mines';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';
import { projections } from '#projections/projections';
import { dump, firstDifference } from '#test/support/dump';
import { keptUp } from '#test/support/kept-up';
import { foldAnew, inForce } from '#test/support/effective-fold';
import { choices, commandOf } from '#test/support/random-acts';
import type { World } from '#test/support/random-world';
import { registered } from '#test/support/random-world';
import { unlikeVerdicts } from '#test/support/unlike-verdicts';
import { strike, strikeOf } from '#test/support/random-corrections';
import type { Strike } from '#test/support/random-corrections';

const today = '2025-06-01';

/**
 * Sequences tried; the full run is `SEQUENCES=10000 npm run jest -- test/property/corrections-random`.
 */
const sequences = Number(process.env['SEQUENCES'] ?? 60);
const seed = Number(process.env['SEED'] ?? 20251122);

async function eventsOf({ store }: World): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}

async function keptRows(events: readonly RecordedEvent[], size: number) {
  const reader = await keptUp(projections, events, today, size);
  expect(await unlikeVerdicts(reader, today)).toEqual([]);
  return dump(reader, projections);
}

const withStrikes = fc.tuple(
  choices.map((acts) => acts.slice(0, 30)),
  fc.array(fc.option(strike, { freq: 2 }), { minLength: 30, maxLength: 30 }),
  fc.integer({ min: 1, max: 12 }),
);

describe('a ledger under random commands with corrections and annulments', () => {
  it('has views that equal a fold of what is in force, states that do, and every invariant', async () => {
    const told = { acts: 0, corrected: 0, annulled: 0, followed: 0 };
    await fc.assert(
      fc.asyncProperty(withStrikes, async ([acts, strikes, size]) => {
        const world = await registered();
        for (const [n, picked] of acts.entries()) {
          const asked = commandOf(picked, world.goods(), 0);
          const meta = { ...asked.command.meta, id: world.nextId() };
          await world.attempt({ ...asked, command: { ...asked.command, meta } } as LedgerCommand);
          const struck: Strike | null = strikes[n] ?? null;
          if (!struck) continue;
          const correction = strikeOf(struck, world.histories(), world.nextId());
          if (correction) await world.attempt(correction);
        }
        const events = await eventsOf(world);
        const anew = await dump(await foldAnew(projections, events, today), projections);
        expect(firstDifference(await keptRows(events, size), anew)).toBeUndefined();
        expect(anew['unfinished']).toEqual([]);
        const { broken, unfinished: open } = await examineInvariants(world.store);
        expect({ broken, open }).toEqual({ broken: [], open: 0 });
        for (const history of world.histories()) {
          const decider = deciderOf(parseStream(history[0]?.stream ?? '')?.category ?? 'stone');
          const state = inForce(history).reduce(decider.evolve, decider.initial);
          expect(fold(decider, history)).toEqual(state);
          expect(misjudgedMines(history)).toEqual([]);
        }
        for (const each of ['acts', 'corrected', 'annulled', 'followed'] as const) {
          told[each] += world.told[each];
        }
      }),
      { numRuns: sequences, seed, endOnFailure: true },
    );
    if (sequences > 1000) process.stderr.write(`${JSON.stringify(told)}\n`);
    expect(Object.values(told).every((count) => count >= sequences / 4)).toBe(true);
  }, 6_000_000);

  it('records nothing that the same commands, said again, would not bring about', async () => {
    const unlike: string[] = [];
    await fc.assert(
      fc.asyncProperty(choices, async (acts) => {
        const world = await registered();
        for (const picked of acts) {
          const asked = commandOf(picked, world.goods(), 0);
          const meta = { ...asked.command.meta, id: world.nextId() };
          await world.attempt({ ...asked, command: { ...asked.command, meta } } as LedgerCommand);
        }
        for (const history of world.histories()) unlike.push(...unlikeIn(history));
      }),
      { numRuns: 40, seed },
    );
    expect(unlike).toEqual([]);
  }, 120_000);
});

/** Recoveries that read as of one mine, and of the country of another. */
function misjudgedMines(history: readonly RecordedEvent[]): readonly string[] {
  return inForce(history).flatMap(({ type, data }) => {
    if (type !== 'RoughDiamondRecovered' && type !== 'ProductionLotRecovered') return [];
    const country = mineById(data.mineId)?.country;
    return country === data.mine?.country ? [] : [`${data.mineId} in ${data.mine?.country}`];
  });
}

/** The acts of a stream that do not come about again when what was said is said again. */
function unlikeIn(history: readonly RecordedEvent[]): readonly string[] {
  const { category = 'stone', id = '' } = parseStream(history[0]?.stream ?? '') ?? {};
  const decider = deciderOf(category);
  let state = decider.initial;
  const unlike: string[] = [];
  for (const act of actsOf(history.filter((event) => !isCorrection(event)))) {
    const [head] = act;
    const said = head && restated(head, id);
    if (head && said) {
      const roles = partyRoles.filter((role) => role !== 'auditor');
      const meta = { ...head.meta, roles, now: head.recordedAt };
      const drafts = decider.decide({ ...said, meta } as never, state);
      const recorded = act.map(({ type, data }) => ({ type, data }));
      if (canonicalJson(drafts) !== canonicalJson(recorded)) unlike.push(head.type);
    }
    state = act.reduce(decider.evolve, state);
  }
  return unlike;
}
