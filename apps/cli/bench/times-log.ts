import type { RecordCorrected } from '#events/correction';
import type { When } from '#events/event';
import { randomOf } from '#apps/cli/generate/random';
import type { Random } from '#apps/cli/generate/random';
import { isCorrection } from '#libs/decider/effective';
import { daysOf } from '#libs/decider/when';
import { emptyStream, leafHash, seal } from '#libs/store/envelope';
import type { Head } from '#libs/store/envelope';
import type { EventStore } from '#libs/store/store';

/** The share of corrections in the log, and in every stream but those of parties. */
export const correctedShare = 0.3;

/** A both-times question of a stone, which has `corrections` among its `events`. */
export type Asked = Readonly<{
  subject: string;
  validAt: string;
  position: bigint;
  events: number;
  corrections: number;
}>;

/** What the corrections of a stream are made of; `left` are those still to be recorded. */
type Stream = { readonly acts: { id: string; at: When }[]; leaf: string; left: number };

const countries = ['RU', 'BE', 'IN', 'AE', 'BW', 'US'] as const;
const mostUnderWay = 1024;
const isCorrected = (stream: string) => !/^(?:party|rulebook)-/.test(stream);

/**
 * Records corrections of place or time until they are 30 % of each stream but parties: one of every
 * stream, then another, so that each stream's are spread over all of them.
 */
export async function correctLog(
  store: EventStore,
  seed: string,
  onProgress: (done: number) => void,
): Promise<void> {
  const random = randomOf(`${seed} corrections`);
  const streams = new Map<string, Stream>();
  let recordedAt = '';
  for await (const batch of store.readAll(0n)) {
    for (const event of batch) {
      ({ recordedAt } = event);
      if (!isCorrected(event.stream)) continue;
      const stream = streams.get(event.stream) ?? { acts: [], leaf: '', left: 0 };
      stream.acts.push({ id: event.meta.id, at: event.meta.at });
      stream.leaf = event.leaf;
      streams.set(event.stream, stream);
    }
  }
  const heads = new Map<string, Head>();
  for (const [name, stream] of streams) {
    const { length } = stream.acts;
    heads.set(name, { revision: length - 1, hash: leafHash(stream.leaf) });
    stream.leaf = '';
    stream.left = Math.round((length * correctedShare) / (1 - correctedShare));
  }
  let underWay: Promise<unknown>[] = [];
  let done = 0;
  for (let open = [...streams]; open.length > 0; open = open.filter(([, { left }]) => left > 0)) {
    for (const [name, stream] of open) {
      if (stream.left <= 0) continue;
      stream.left -= 1;
      const entries = seal(store.ledger, name, heads.get(name) ?? emptyStream, recordedAt, [
        correction(random, stream, recordedAt),
      ]);
      const [last] = entries;
      if (last) heads.set(name, last);
      underWay.push(store.append(name, (last?.revision ?? 0) - 1, entries));
      if (underWay.length < mostUnderWay) continue;
      await Promise.all(underWay);
      done += underWay.length;
      underWay = [];
      onProgress(done);
    }
  }
  await Promise.all(underWay);
}

/** An act is said to have been elsewhere, or on the day it was of all the same. */
function correction(random: Random, { acts }: Stream, recordedAt: string): RecordCorrected {
  const revision = random.int(0, acts.length - 1);
  const { id = '', at = { time: '2025', precision: 'year' } } = acts[revision] ?? {};
  const changes = random.chance(0.75)
    ? [{ field: 'place', from: null, to: { country: random.pick(countries) } }]
    : [{ field: 'at', from: at, to: { time: daysOf(at).first, precision: 'day' } }];
  const data = { target: { id, revision }, changes, reason: 'misread', reached: 0 };
  const when: When = { time: recordedAt, precision: 'instant' };
  const meta = { id: random.uuid(Date.parse(recordedAt)), by: 'registry', at: when };
  return { type: 'RecordCorrected', data, meta };
}

type Life = { events: number; corrections: number; first: string; last: string };

/**
 * Questions about random stones (of three acts or more) on random days of their lives, half of them as known at the end and half
 * at a random position among the corrections, which begin behind `plain`.
 */
export async function questionsOn(
  store: EventStore,
  plain: bigint,
  { seed, questions }: Readonly<{ seed: string; questions: number }>,
): Promise<readonly Asked[]> {
  const random = randomOf(`${seed} questions`);
  const stones = new Map<string, Life>();
  const positions: bigint[] = [];
  let end = plain;
  for await (const batch of store.readAll(0n)) {
    end = batch.at(-1)?.position ?? end;
    if (end > plain) positions.push(end);
    for (const event of batch) {
      if (!event.stream.startsWith('stone-')) continue;
      const { first } = daysOf(event.meta.at);
      const life = stones.get(event.stream) ?? { events: 0, corrections: 0, first, last: first };
      life.events += 1;
      if (isCorrection(event)) life.corrections += 1;
      else if (first > life.last) life.last = first;
      stones.set(event.stream, life);
    }
  }
  const all = [...stones].filter(([, { corrections }]) => corrections > 0);
  return Array.from({ length: questions }, (_, n) => {
    const [subject, { first, last, events, corrections }] = random.pick(all);
    const [from, to] = [Date.parse(first), Date.parse(last)];
    const validAt = new Date(random.int(from, to)).toISOString().slice(0, 10);
    const position = n % 2 === 0 ? end : random.pick(positions);
    return { subject, validAt, position, events, corrections };
  });
}
