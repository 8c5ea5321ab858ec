import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { effective } from '#libs/decider/effective';
import { claimsOf } from '#libs/ledger/claims-of';
import { type Disagreement, openClaims } from '#libs/ledger/claims';
import { custodyChain } from '#libs/ledger/custody-chain';
import { massBalance } from '#libs/ledger/mass-balance';
import { paperLaws } from '#libs/ledger/paper-laws';
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

/**
 * Holds every stream, as it is in force, against the invariants that span the ledger, and streams
 * against each other: carats and pieces balance, one custodian and one owner, nothing of what is no
 * more, parts and parents, mixes, settings, certificates and UINs agree. Events decide, not the
 * deciders that let them in. One stream at a time is in memory.
 */
export async function examineInvariants(
  store: EventStore,
  onProgress: (streams: number) => void = () => undefined,
): Promise<Examined> {
  const claims = openClaims();
  const broken: Broken[] = [];
  let count = 0;
  let unfinished = 0;
  let streams = 0;
  const found = (position: bigint, problem: string) => {
    count += 1;
    if (broken.length < mostListed) broken.push({ position, problem });
  };
  try {
    for await (const events of store.readAll(0n)) {
      for (const { revision, stream } of events) if (revision === 0) claims.addStream(stream);
    }
    for (let names = claims.streams(0, batch); names.length > 0;) {
      for (const name of names) {
        const history = effective(await store.read(name));
        for (const claim of claimsOf(name, history)) claims.add(claim);
        for (const { position, problem } of problemsOf(name, history)) found(position, problem);
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
    claims.close();
  }
}

/** What is wrong inside one stream; `history` is what of it is in force. */
export function* problemsOf(
  stream: string,
  history: readonly Recorded<LedgerEvent>[],
): Generator<Broken> {
  const { category } = parseStream(stream) ?? {};
  const laws = [custodyChain(), massBalance(category === 'parcel'), paperLaws()];
  for (const event of history) {
    for (const law of laws) {
      for (const problem of law(event)) {
        yield { position: event.position, problem: `${problem} (${stream})` };
      }
    }
  }
}

function inWords({ key, what }: Disagreement): string {
  switch (what) {
    case 'twice':
      return `I4: ${key}: claimed twice`;
    case 'from-nowhere':
      return `I1: ${key}: nothing it came from says so`;
    case 'differs':
    case 'unanswered':
      return `I1: ${key}: the two sides do not say the same`;
  }
}
