import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Weight } from '#events/values';
import type { StoneEvent } from '#events/stone';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { rangeOf } from '#libs/trade/weight';
import { as, refusalOf, stated } from '#test/support/given';

const meta = as('alrosa', ['producer']);

type Way = Readonly<{ qualifier: Weight['qualifier']; off: number }>;

const way: fc.Arbitrary<Way> = fc.record({
  qualifier: fc.constantFrom('eq', 'gt', 'lt', 'approx'),
  off: fc.integer({ min: 1, max: 900 }),
});

/** A true statement about a weight: exact, a bound on the right side of it, or within 1 %. */
function said(trueMct: number, { qualifier, off }: Way): Weight {
  const basis = 'reported';
  const aside = Math.max(1, Math.floor((trueMct * off) / 1000));
  switch (qualifier) {
    case 'eq':
      return { mct: trueMct, qualifier, basis };
    case 'gt':
      return { mct: Math.max(1, trueMct - aside), qualifier, basis };
    case 'lt':
      return { mct: trueMct + aside, qualifier, basis };
    case 'approx':
      return { mct: trueMct + Math.floor(aside / 100), qualifier, basis };
  }
}

/** Runs commands one after another; throws the first refusal. */
function live(commands: readonly StoneCommand[]): readonly StoneEvent[] {
  return commands.reduce<readonly StoneEvent[]>((history, command) => {
    const drafts = stone.decide(command, fold(stone, history));
    return [...history, ...drafts.map((draft) => stated('alrosa', draft) as StoneEvent)];
  }, []);
}

const story = fc.record({
  polished: fc.array(fc.tuple(fc.integer({ min: 1000, max: 900_000 }), way), {
    minLength: 1,
    maxLength: 4,
  }),
  loss: fc.tuple(fc.integer({ min: 1000, max: 900_000 }), way),
  rough: way,
});

const begun = (weight: Weight): readonly StoneCommand[] => [
  { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight, meta },
  { type: 'StartManufacturing', orderNo: '1', meta },
];

describe('bounded weights', () => {
  it('never make the ledger refuse a story that is true', () =>
    fc.assert(
      fc.property(story, ({ polished, loss, rough }) => {
        const whole = polished.reduce((sum, [weight]) => sum + weight, loss[0]);
        const weights = polished.map(([weight, how]) => said(weight, how));
        const first = begun(said(whole, rough));
        const made = weights.map((weight) => ({ type: 'ProducePolished', weight, meta }) as const);
        const lost = {
          type: 'RecordLoss',
          weight: said(...loss),
          cause: 'polishing',
          meta,
        } as const;
        const close = { type: 'CloseManufacturing', meta } as const;
        expect(refusalOf(() => live([...first, ...made, lost, close]))).toBeUndefined();
        const pieces = weights.map((weight) => ({ weight }));
        const saw = { type: 'SawRough', method: 'laser', pieces, loss: lost.weight, meta } as const;
        if (pieces.length > 1) expect(refusalOf(() => live([...first, saw]))).toBeUndefined();
      }),
    ));

  it('make it refuse every division that no true weights allow', () =>
    fc.assert(
      fc.property(story, ({ polished, loss, rough }) => {
        const weights = polished.map(([weight, how]) => said(weight, how));
        const all = [...weights, said(...loss)].map(rangeOf);
        const [least, most] = [sum(all.map(({ min }) => min)), sum(all.map(({ max }) => max))];
        const whole = said(polished[0]?.[0] ?? 1000, rough);
        const range = rangeOf(whole);
        const slack = 5 * (weights.length + 2);
        const isImpossible = least > range.max + slack || most < range.min - slack;
        fc.pre(isImpossible && weights.length > 1);
        const pieces = weights.map((weight) => ({ weight }));
        const saw = {
          type: 'SawRough',
          method: 'laser',
          pieces,
          loss: said(...loss),
          meta,
        } as const;
        const code = refusalOf(() => live([...begun(whole), saw]));
        expect(['gained-weight', 'unaccounted-weight']).toContain(code);
      }),
    ));
});

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
