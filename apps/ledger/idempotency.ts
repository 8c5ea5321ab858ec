import { v5, v7 } from 'uuid';
import { Problem } from '#apps/ledger/problem';

/** A caller's own UUID; v5 is kept for ids the ledger derives, so that none can be taken first. */
const callersUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const namespace = '6f0c1d0e-7a55-5d0b-9d5e-2f3c8f6a4b11';
const longest = 200;

/**
 * The command's id. A UUID v4 or v7 is taken as it is; any other key of up to 200 visible
 * characters stands for one act of one party at one path; without a key the act is new.
 */
export function commandId(key: unknown, party: string, path: string): string {
  if (key === undefined) return v7();
  if (typeof key !== 'string' || key.length > longest || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Problem(400, 'bad-idempotency-key', 'the Idempotency-Key cannot be used', [
      { field: 'Idempotency-Key', message: `must be 1 to ${longest} visible ASCII characters` },
    ]);
  }
  if (callersUuid.test(key)) return key.toLowerCase();
  return v5(JSON.stringify([party, path, key]), namespace);
}

/** The revision an `If-Match` header names, as given by `ETag`: a number in double quotes. */
export function expectedRevision(header: unknown): { revision: number } | undefined {
  if (header === undefined) return undefined;
  const [, digits] = (typeof header === 'string' && /^"(0|[1-9]\d{0,14})"$/.exec(header)) || [];
  if (digits === undefined) {
    throw new Problem(400, 'bad-if-match', 'If-Match must be one ETag of this service', [
      { field: 'If-Match', message: 'must be a revision in double quotes' },
    ]);
  }
  return { revision: Number(digits) };
}
