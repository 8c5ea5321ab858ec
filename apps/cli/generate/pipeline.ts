import { type Cast, castOf } from '#apps/cli/generate/cast';
import { type Consignment, consignmentSteps } from '#apps/cli/generate/consignment';
import { day, hour, secondsOf } from '#apps/cli/generate/moment';
import { type Random, randomOf } from '#apps/cli/generate/random';
import { type Step, metaOf } from '#apps/cli/generate/script';

/** How many rough stones are followed singly, and what decides everything else. */
export type PipelineOptions = Readonly<{ stones: number; seed: string | number }>;

const firstDay = '2019-01-07';
const lastStart = '2025-04-01';

/** What would come later has not happened yet: some goods are still on their way. */
const lastDay = '2026-10-31';
const mostStones = 10_000_000;

/**
 * The trade of some years, step by step in the order in which the ledger hears of it; each
 * command's `meta.now` is the ledger's clock for it. Equal options give equal commands. Ids carry a
 * tag of the options, so different pipelines may go into one ledger. Throws `RangeError` for a
 * number of stones that is not 1 to ten million.
 */
export function* pipeline({ stones, seed }: PipelineOptions): Generator<Step> {
  if (!Number.isSafeInteger(stones) || stones < 1 || stones > mostStones) {
    throw new RangeError(`stones is 1 to ${mostStones}, not ${stones}`);
  }
  const whole = `${seed}/${stones}`;
  const random = randomOf(whole);
  const tag = `g${random.hex(6)}`;
  const cast = castOf(tag);
  yield* registrations(cast, random);
  yield* inOrder(consignments(random, stones), (consignment) =>
    consignmentSteps(cast, tag, whole, consignment),
  );
}

/** Everybody registers in the first days, the operator itself first. */
function* registrations(cast: Cast, random: Random): Generator<Step> {
  const { operator } = cast;
  const begins = secondsOf(firstDay) - 6 * day;
  for (const [i, party] of [operator, ...cast.all].entries()) {
    const at = begins + i * hour;
    const { name, country, role, place } = party;
    const meta = metaOf(random, at + 60, { by: operator, at, place });
    const command = { type: 'RegisterParty', name, country, roles: [role], meta } as const;
    yield { recorded: at + 60, command: { category: 'party', id: party.id, command } };
  }
}

/** The followed stones by consignment, spread evenly over the years, earliest first. */
function consignments(random: Random, stones: number): readonly Consignment[] {
  const sizes: number[] = [];
  for (let left = stones; left > 0; left -= sizes.at(-1) ?? left) {
    sizes.push(Math.min(left, random.int(5, 14)));
  }
  const first = secondsOf(firstDay);
  const step = (secondsOf(lastStart) - first) / sizes.length;
  return sizes.map((size, i) => {
    const begins = Math.floor(first + (i + random.next()) * step);
    return { n: i + 1, stones: size, begins };
  });
}

/** What is still to come of a consignment, the next step last, so that what was done is let go. */
type Running = Step[];

/** Merges what happens to the consignments by time, opening each only when its turn comes. */
function* inOrder(
  all: readonly Consignment[],
  stepsOf: (consignment: Consignment) => readonly Step[],
): Generator<Step> {
  const running: Running[] = [];
  for (const consignment of all) {
    yield* until(running, consignment.begins);
    add(running, stepsOf(consignment).toReversed());
  }
  yield* until(running, secondsOf(lastDay));
}

/** The steps before a second, of a heap whose top is the earliest. */
function* until(running: Running[], second: number): Generator<Step> {
  for (;;) {
    const [top] = running;
    const step = top?.at(-1);
    if (!top || !step || step.recorded >= second) return;
    yield step;
    top.pop();
    if (top.length > 0) {
      sink(running, top);
      continue;
    }
    const last = running.pop();
    if (last && last !== top) sink(running, last);
  }
}

function due(running: Running | undefined): number {
  return running?.at(-1)?.recorded ?? Infinity;
}

function add(heap: Running[], item: Running): void {
  let at = heap.length;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (!parent || due(parent) <= due(item)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = item;
}

/** Puts an item in at the top and lets it down to its place. */
function sink(heap: Running[], item: Running): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const below = due(heap[left + 1]) < due(heap[left]) ? left + 1 : left;
    const child = heap[below];
    if (!child || due(child) >= due(item)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = item;
}
