import { ServerFailure } from '#libs/store/eventstoredb-failure';

/** What the socket gave at once comes event by event: it is waited for, and taken together. */
const moreAtHand = () => new Promise<void>(setImmediate);

type Source = Readonly<{
  read: () => unknown;
  on: (event: string, listener: (...told: readonly unknown[]) => void) => unknown;
}>;

/** What came, and what there was to tell when it was taken. */
export type Drained<T, N> = Readonly<{ items: readonly T[]; news: N | undefined }>;

type DrainOptions<N> = Readonly<{
  /** Ends it, without an error. */
  signal?: AbortSignal | undefined;
  /** Longest silence in ms. */
  patience: number;
  /** Whether silence is allowed now: a subscription at the end waits. */
  mayBeSilent?: () => boolean;
  /** Ends the call at the server. */
  cancel: () => Promise<void>;
  /** Takes what there is to tell besides; the stream's event `news` says that there is. */
  takeNews?: () => N | undefined;
}>;

/**
 * What is at hand of a stream of the client's, as it comes. The client's own iterator leaks the call
 * when it is left early and takes a stream that failed before the first step for one that ended; an
 * error that comes late would end the process. So listeners stay for good, the error is kept, and
 * whoever leaves cancels the call.
 */
export async function* drain<T, N = never>(
  stream: Source,
  { signal, patience, mayBeSilent, cancel, takeNews }: DrainOptions<N>,
): AsyncGenerator<Drained<T, N>> {
  let failure: unknown;
  let ended = false;
  let wake: (() => void) | undefined;
  const stir = () => wake?.();
  stream.on('error', (error) => {
    failure ??= error ?? new ServerFailure('unknown', 'the stream failed');
    stir();
  });
  for (const event of ['end', 'close']) {
    stream.on(event, () => {
      ended = true;
      stir();
    });
  }
  stream.on('readable', stir);
  stream.on('news', stir);
  signal?.addEventListener('abort', stir);
  try {
    while (!signal?.aborted) {
      const items: T[] = [];
      for (let item: unknown; (item = stream.read()) !== null;) items.push(item as T);
      const news = takeNews?.();
      if (items.length > 0 || news !== undefined) yield { items, news };
      else if (failure !== undefined) throw failure;
      else if (ended) return;
      else {
        await silence();
        await moreAtHand();
      }
    }
  } finally {
    signal?.removeEventListener('abort', stir);
    if (!ended && failure === undefined) void cancel().catch(() => undefined);
  }

  async function silence(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        if (mayBeSilent?.()) return;
        const why = `the server was silent for ${patience} ms`;
        timer = setTimeout(() => reject(new ServerFailure('silent', why)), patience);
      });
    } finally {
      clearTimeout(timer);
      wake = undefined;
    }
  }
}
