import { fsck, type Damage, type Findings, type FsckOptions } from '#libs/store/fsck';
import { fsckFile } from '#libs/store/fsck-sqlite';
import { openStore, type OpenOptions } from '#libs/store/open-store';

/** What was read back of a ledger is not sound; it is not to be relied on. */
export class DamagedLedger extends Error {
  override readonly name = 'DamagedLedger';
  readonly code = 'damaged';
  readonly findings: Findings;

  constructor(what: string, findings: Findings) {
    const { damages, damaged } = findings;
    const [first] = damages;
    const place = first?.position === undefined ? '' : `position ${first.position}: `;
    const more = damaged > 1 ? `, and ${damaged - 1} more faults` : '';
    super(`${what} is damaged: ${place}${first?.problem ?? 'it cannot be read'}${more}`);
    this.findings = findings;
  }
}

/** The file of an `sqlite:` address; `undefined` for any other. */
export function fileOf(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}

/** A ledger by its address and name; credentials are for a server. */
export type LedgerAt = Readonly<{
  url: string;
  ledger: string;
  credentials?: OpenOptions['credentials'];
}>;

export function openAt({ url, ledger, credentials }: LedgerAt, readOnly: boolean) {
  return openStore(url, { ledger, readOnly, ...(credentials && { credentials }) });
}

/** Everything there is to be checked of a ledger, whatever its engine. */
export async function examine(at: LedgerAt, options: FsckOptions = {}): Promise<Findings> {
  const { url, ledger } = at;
  const store = await openAt(at, true);
  try {
    const findings = await fsck(store, options);
    const file = fileOf(url);
    const more = file === undefined ? [] : fsckFile(file, ledger);
    const damages = [...findings.damages, ...more].sort(byPosition);
    return { ...findings, damages, damaged: findings.damaged + more.length };
  } finally {
    await store.close();
  }
}

/** As {@link examine} of an SQLite ledger, which must be sound. Throws {@link DamagedLedger}. */
export async function verified(
  file: string,
  ledger: string,
  options?: FsckOptions,
): Promise<Findings & Readonly<{ root: string }>> {
  const findings = await examine({ url: `sqlite:${file}`, ledger }, options);
  const { root, damaged } = findings;
  if (damaged > 0 || root === undefined) throw new DamagedLedger(file, findings);
  return { ...findings, root };
}

function byPosition(a: Damage, b: Damage): number {
  const [one, other] = [a.position ?? 0n, b.position ?? 0n];
  return one < other ? -1 : one > other ? 1 : 0;
}
