/** Somebody else appended first; `actual` is the stream's revision now (-1 when empty). */
export class WrongRevision extends Error {
  override readonly name = 'WrongRevision';
  readonly code = 'wrong-revision';
  readonly stream: string;
  readonly expected: number;
  readonly actual: number;

  constructor(stream: string, expected: number, actual: number) {
    super(`${stream} is at revision ${actual}, not ${expected}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The id was recorded with another statement. */
export class IdReused extends Error {
  override readonly name = 'IdReused';
  readonly code = 'id-reused';
  readonly id: string;

  constructor(id: string) {
    super(`event id ${id} was recorded with another statement`);
    this.id = id;
  }
}

/** The store cannot serve now; `reason` says which of the known causes it is. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code = 'store-unavailable';
  readonly reason: 'locked' | 'full' | 'read-only' | 'overloaded' | 'closed' | 'failed';

  constructor(reason: StoreUnavailable['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A leaf over the limit; attach big documents by hash instead. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly code = 'too-large';
  readonly bytes: number;
  readonly limit: number;

  constructor(stream: string, bytes: number, limit: number) {
    super(`an event for ${stream} takes ${bytes} bytes, over the limit of ${limit}`);
    this.bytes = bytes;
    this.limit = limit;
  }
}

/** The entries do not follow from each other or from the recorded head: a caller's bug. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain';
  readonly code = 'broken-chain';
  readonly stream: string;
  readonly problem: string;

  constructor(stream: string, problem: string) {
    super(`${stream}: ${problem}`);
    this.stream = stream;
    this.problem = problem;
  }
}

/** The file holds another ledger than the one asked for. */
export class WrongLedger extends Error {
  override readonly name = 'WrongLedger';
  readonly code = 'wrong-ledger';
  readonly file: string;
  readonly recorded: string;
  readonly asked: string;

  constructor(file: string, recorded: string, asked: string) {
    super(`${file} holds the ledger "${recorded}", not "${asked}"`);
    this.file = file;
    this.recorded = recorded;
    this.asked = asked;
  }
}

/** Stored bytes are not what was recorded; never skipped. `position` is absent for a whole file. */
export class CorruptRecord extends Error {
  override readonly name = 'CorruptRecord';
  readonly code = 'corrupt-record';
  readonly file: string;
  readonly position: bigint | undefined;
  readonly problem: string;

  constructor(file: string, position: bigint | undefined, problem: string, options?: ErrorOptions) {
    super(
      position === undefined ? `${file}: ${problem}` : `${file}, position ${position}: ${problem}`,
      options,
    );
    this.file = file;
    this.position = position;
    this.problem = problem;
  }
}

/** A store's address cannot be used. The message names an option at most: addresses hold secrets. */
export class BadAddress extends TypeError {
  override readonly name = 'BadAddress';
  readonly code = 'bad-address';
}
