import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Traffic } from '#apps/stand-in/context';

/** Sends what one call reads, no faster than the client takes it. */
export type Sender = Readonly<{
  /** Answers a promise when the client has to catch up first. */
  send: (response: Uint8Array) => Promise<void> | undefined;
  /** The call is over: cancelled, failed or its connection dead. */
  gone: () => boolean;
  /** Calls back once when it is. */
  onGone: (listener: () => void) => void;
}>;

export function sender<Request>(
  call: ServerWritableStream<Request, Uint8Array>,
  traffic: Traffic,
): Sender {
  const listeners = new Set<() => void>();
  let over = false;
  let resume: (() => void) | undefined;

  function end(): void {
    over = true;
    resume?.();
    for (const listener of listeners) listener();
    listeners.clear();
  }

  for (const event of ['cancelled', 'close', 'error']) call.on(event, end);
  call.on('drain', () => resume?.());

  return {
    send(response) {
      if (over) return undefined;
      traffic.sent += 1;
      if (call.write(response)) return undefined;
      return new Promise((resolve) => (resume = resolve));
    },
    gone: () => over,
    onGone: (listener) => listeners.add(listener),
  };
}
