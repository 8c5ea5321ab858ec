import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '#apps/cli/bench/report';
import { appendTo, ownStones, run } from '#apps/cli/bench/workload';
import { openAudit } from '#libs/store/fsck-chain';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { hashLeaf, treeHasher } from '#libs/tlog/tree';
import { rebuild } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import { projections } from '#projections/projections';

/** Signatures checked in a run; one takes about a tenth of a millisecond. */
const signatures = 5_000;

/** The day verdicts are of, the same in every run. */
const today = () => '2026-01-01';

/** Durable appends of `callers` at once to a new ledger. */
export async function appendRate(
  folder: string,
  ledger: string,
  callers: number,
  each: number,
): Promise<Run> {
  const file = join(folder, `${randomUUID()}.db`);
  const store = await openStore(`sqlite:${file}`, { ledger });
  try {
    return await run(ownStones(file, callers, each), appendTo(store));
  } finally {
    await store.close();
    removeDatabase(file);
  }
}

/** Reads and parses the whole ledger. */
export async function replayRate(store: EventStore): Promise<Run> {
  return timed(async () => {
    let events = 0;
    for await (const batch of store.readAll(0n)) events += batch.length;
    return events;
  });
}

/** As `fsck` does: canonical bytes, every chain, no id twice. Throws at the first problem. */
export async function auditRate(store: EventStore): Promise<Run> {
  const audit = openAudit(store.ledger);
  try {
    return await timed(async () => {
      let events = 0;
      for await (const batch of store.readAll(0n)) {
        for (const event of batch) {
          const [problem] = audit.take(event).problems;
          if (problem !== undefined) throw new Error(problem);
        }
        events += batch.length;
      }
      return events;
    });
  } finally {
    audit.close();
  }
}

/** Leaf hashes and the tree over them, of leaves in memory. */
export function hashRate(leaves: readonly string[]): Promise<Run> {
  return timed(async () => {
    const tree = treeHasher();
    for (const leaf of leaves) tree.add(hashLeaf(leaf));
    tree.root();
    return leaves.length;
  });
}

/** Every projection into a new file; `extra.bytes` is its size in the end. */
export async function rebuildRate(store: EventStore, folder: string): Promise<Run> {
  const file = join(folder, `${randomUUID()}.db`);
  const { signal } = new AbortController();
  try {
    const made = await timed(async () => {
      const views = sqliteViews({ file, projections });
      try {
        await rebuild(store, views, projections, { signal, today });
      } finally {
        await views.close();
      }
      return Number(await store.end());
    });
    return { ...made, extra: { ...made.extra, bytes: statSync(file).size } };
  } finally {
    removeDatabase(file);
  }
}

/** Ed25519 signatures over leaves, made or checked; a false one throws. */
export async function signatureRate(leaves: readonly string[]): Promise<Run> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signed = Array.from({ length: signatures }, (_, i) => {
    const text = Buffer.from(leaves[i % leaves.length] ?? '');
    return { text, signature: sign(null, text, privateKey) };
  });
  return timed(async () => {
    for (const { text, signature } of signed) {
      if (!verify(null, text, publicKey, signature)) throw new Error('a signature does not hold');
    }
    return signed.length;
  });
}

/**
 * `extra.perCore` is what a core does in a second of its own: what else runs on the machine takes
 * time, but not the processor time of this process and its threads.
 */
async function timed(act: () => Promise<number>): Promise<Run> {
  const used = process.cpuUsage();
  const began = performance.now();
  const events = await act();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  return {
    events,
    perSecond: events / seconds,
    extra: { perCore: events / ((user + system) / 1e6) },
  };
}

export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(file + suffix, { force: true });
}
