import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { effective } from '#libs/decider/effective';
import { claimsOf } from '#libs/laws/claims-of';
import { type Disagreement, openClaims } from '#libs/laws/claims';
import { custodyChain } from '#libs/laws/custody-chain';
import { massBalance } from '#libs/laws/mass-balance';
import { onceLaw } from '#libs/laws/once-law';
import { originLaw } from '#libs/laws/origin-law';
import { paperLaws } from '#libs/laws/paper-laws';
import { thresholdLaw } from '#libs/laws/threshold-law';
import { timeFaults } from '#libs/laws/two-times-law';
import type { EventStore } from '#libs/store/store';

/** An invariant of the domain that does not hold; `problem` begins with its name where it has one. */
export type Broken = Readonly<{ position: bigint; problem: string }>;

export type Examined = Readonly<{
  streams: number;
  /** The first of them. */
  broken: readonly Broken[];
  count: number;
  /** Effects on other streams that are still to come: a service that runs, or runs next, does them. */
  unfinished: number;
}>;

const mostListed = 1000;
const batch = 1000;

/** Takes down the streams of a ledger while all of it is read in order, from its first event on. */
export function meetStreams() {
  const claims = openClaims();
  let until = 0n;
  return {
    claims,
    take({ stream, revision, position }: Recorded): void {
      if (revision === 0) claims.addStream(stream);
      until = position;
    },
    /** The last event met: what comes later is not examined. */
    until: () => until,
    close: () => claims.close(),
  };
}

export type StreamsMet = ReturnType<typeof meetStreams>;

/**
 * Holds every stream, as it is in force, against the invariants that span the ledger, and streams
 * against each other: carats and pieces balance, one custodian and one owner, nothing of what is no
 * more, parts and parents, origins and what may be claimed of them, mixes, settings, certificates
 * and UINs agree; and both times of all that was recorded. Events decide, not the deciders that let
 * them in. One stream at a time is in memory. `met` is for
 * who has just read all of it: it is not read twice then, and closed by whoever opened it.
 */
export async function examineInvariants(
  store: EventStore,
  met?: StreamsMet,
  onProgress: (streams: number) => void = () => undefined,
): Promise<Examined> {
  const streamsMet = met ?? meetStreams();
  const { claims } = streamsMet;
  const broken: Broken[] = [];
  let count = 0;
  let unfinished = 0;
  let streams = 0;
  const found = (position: bigint, problem: string) => {
    count += 1;
    if (broken.length < mostListed) broken.push({ position, problem });
  };
  try {
    if (!met) {
      for await (const events of store.readAll(0n))
        for (const event of events) streamsMet.take(event);
    }
    const until = streamsMet.until();
    for (let names = claims.streams(0, batch); names.length > 0;) {
      for (const name of names) {
        const all = await store.read(name);
        const recorded = all.filter(({ position }) => position <= until);
        const history = effective(recorded);
        try {
          for (const claim of claimsOf(name, history)) claims.add(claim, name);
          for (const { position, problem } of problemsOf(name, recorded)) found(position, problem);
        } catch (error) {
          if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
          const position = recorded.at(-1)?.position ?? 0n;
          found(position, `an event of ${name} is not of the published shape: ${error.message}`);
        }
      }
      streams += names.length;
      onProgress(streams);
      names = claims.streams(streams, batch);
    }
    for (const disagreement of claims.disagreements()) {
      if (disagreement.what === 'unanswered') unfinished += 1;
      else found(disagreement.position, inWords(disagreement));
    }
    return { streams, broken, count, unfinished };
  } finally {
    if (!met) streamsMet.close();
  }
}

/** What is wrong inside one stream; `recorded` is all of it, corrections included. */
export function* problemsOf(
  stream: string,
  recorded: readonly Recorded<LedgerEvent>[],
): Generator<Broken> {
  for (const { event, problem } of timeFaults(recorded)) yield broken(event, problem);
  const laws = lawsFor(stream);
  for (const event of effective(recorded)) {
    for (const law of laws) {
      for (const problem of law(event)) yield broken(event, problem);
    }
  }
}

/** The laws that one stream is held against, each fed every event in force. */
function lawsFor(stream: string): readonly ((event: LedgerEvent) => Iterable<string>)[] {
  const { category } = parseStream(stream) ?? {};
  const isParcel = category === 'parcel';
  const mass = massBalance(isParcel);
  const ofGoods = category === 'stone' || isParcel ? [originLaw(isParcel)] : [];
  return [thresholdLaw(mass.left), custodyChain(), mass.take, paperLaws(), onceLaw(), ...ofGoods];
}

function broken({ position, stream, revision }: Recorded, problem: string): Broken {
  return { position, problem: `${problem} (${stream}@${revision})` };
}

function inWords({ key, what, law, place }: Disagreement): string {
  const said = {
    twice: 'claimed twice',
    'from-nowhere': 'nothing it came from says so',
    differs: 'the two sides do not say the same',
    unanswered: 'nothing answers it',
  };
  return `${law}: ${key}: ${said[what]} (${place})`;
}
