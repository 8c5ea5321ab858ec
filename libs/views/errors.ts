/** A projection has no live rows yet: it was never built, or only in another version. */
export class ViewsNotReady extends Error {
  override readonly name = 'ViewsNotReady';
  readonly code = 'views-not-ready';
  readonly projections: readonly string[];

  constructor(projections: readonly string[], options?: ErrorOptions) {
    super(`not built yet: ${projections.join(', ')}`, options);
    this.projections = projections;
  }
}

/** Somebody else committed to, swapped or dropped the set: open it again and go on from there. */
export class ViewsChanged extends Error {
  override readonly name = 'ViewsChanged';
  readonly code = 'views-changed';

  constructor(projection: string) {
    super(`the rows of ${projection} were changed by another projector`);
  }
}

/** The views cannot serve now; `reason` says which of the known causes it is. */
export class ViewsUnavailable extends Error {
  override readonly name = 'ViewsUnavailable';
  readonly code = 'views-unavailable';
  readonly reason:
    | 'locked'
    | 'full'
    | 'read-only'
    | 'missing'
    | 'corrupt'
    | 'closed'
    | 'refused'
    | 'unreachable'
    | 'timeout'
    | 'newer'
    | 'deposed'
    | 'failed';
  /** The file, or the server and its database. */
  readonly place: string;

  constructor(
    place: string,
    reason: ViewsUnavailable['reason'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(`views in ${place} are unavailable (${reason}): ${message}`, options);
    this.reason = reason;
    this.place = place;
  }
}

/** The ledger gave events out of order or left some out; a projector never goes on past that. */
export class LedgerGap extends Error {
  override readonly name = 'LedgerGap';
  readonly code = 'ledger-gap';
  readonly after: bigint;
  readonly got: bigint;

  constructor(after: bigint, got: bigint) {
    super(`after position ${after} the ledger gave position ${got}`);
    this.after = after;
    this.got = got;
  }
}

/** The views have counted events that the ledger does not hold: an older one stands in its place. */
export class LedgerRolledBack extends Error {
  override readonly name = 'LedgerRolledBack';
  readonly code = 'ledger-rolled-back';
  readonly counted: bigint;
  readonly end: bigint;

  constructor(counted: bigint, end: bigint) {
    super(
      `the views have counted the ledger up to position ${counted}, but it ends at ${end}: ` +
        'it was replaced by an older one or by another; bring the right one back, or move the ' +
        'views away, which are then made anew without what is lost',
    );
    this.counted = counted;
    this.end = end;
  }
}

/** The views did not reach the position within the time allowed. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';
  readonly code = 'views-behind';
  readonly position: bigint;
  readonly reached: bigint;

  constructor(position: bigint, reached: bigint) {
    super(`the views are at position ${reached}, not yet at ${position}`);
    this.position = position;
    this.reached = reached;
  }
}
