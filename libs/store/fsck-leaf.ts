import { longestLeaf, type Leaf, type Statement } from '#events/envelope';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const chainHash = /^(?:[A-Za-z0-9+/]{43}=)?$/;

/** A leaf as it is read back, or why it is none. */
export type Read = Readonly<{ leaf: Leaf }> | Readonly<{ problem: string }>;

/**
 * Checks one leaf for itself: its bytes are the canonical ones (RFC 8785), it is of the published
 * shape and of `ledger`, and the event that the store gives out is what it says. The bytes are
 * taken to be hostile.
 */
export function readLeaf(event: RecordedEvent, ledger: string): Read {
  const bytes = Buffer.byteLength(event.leaf);
  if (bytes > longestLeaf) return { problem: `it takes ${bytes} bytes, over ${longestLeaf}` };
  const value = parsed(event.leaf);
  if (value === undefined) return { problem: 'it is not JSON' };
  if (!isCanonical(value, event.leaf)) return { problem: 'its bytes are not canonical JSON' };
  if (!isLeaf(value)) return { problem: 'it is no leaf' };
  const problem = strangeness(value, event, ledger);
  return problem === undefined ? { leaf: value } : { problem };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A member named twice, a number written otherwise or a space anywhere: all of it shows here. */
function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

function isLeaf(value: unknown): value is Leaf {
  if (!isRecord(value)) return false;
  const { v, id, recordedAt, statement, sigs, ...others } = value;
  return (
    v === 1 &&
    isText(id, uuid) &&
    isText(recordedAt, instant) &&
    !Number.isNaN(Date.parse(recordedAt)) &&
    isStatement(statement) &&
    Array.isArray(sigs) &&
    sigs.every((sig) => typeof sig === 'string') &&
    Object.keys(others).length === 0
  );
}

function isStatement(value: unknown): value is Statement {
  if (!isRecord(value)) return false;
  const { ledger, stream, expectedRevision, prev, type, at, by, data } = value;
  return (
    [ledger, stream, type, by].every((text) => typeof text === 'string' && text !== '') &&
    Number.isSafeInteger(expectedRevision) &&
    Number(expectedRevision) >= -1 &&
    isText(prev, chainHash) &&
    isRecord(at) &&
    typeof at['time'] === 'string' &&
    typeof at['precision'] === 'string' &&
    data !== undefined
  );
}

/** In what the leaf differs from its ledger, or from the event it is given out as. */
function strangeness(
  { id, recordedAt, statement }: Leaf,
  event: RecordedEvent,
  ledger: string,
): string | undefined {
  const { stream, expectedRevision } = statement;
  if (statement.ledger !== ledger) return `it is of the ledger “${statement.ledger}”`;
  const isSame =
    stream === event.stream &&
    expectedRevision + 1 === event.revision &&
    id === event.meta.id &&
    recordedAt === event.recordedAt;
  return isSame ? undefined : 'the store gives it out as another event than its bytes say';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}
