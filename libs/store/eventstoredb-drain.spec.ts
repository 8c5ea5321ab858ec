import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { drain } from '#libs/store/eventstoredb-drain';

/** A stream as the client gives it, and how often its call was cancelled. */
function source() {
  const stream = new PassThrough({ objectMode: true });
  let cancelled = 0;
  const cancel = async () => {
    cancelled += 1;
  };
  return { stream, cancel, cancelled: () => cancelled };
}

async function taken(drained: AsyncIterable<{ items: readonly unknown[] }>, most = Infinity) {
  const items: unknown[] = [];
  for await (const batch of drained) {
    items.push(...batch.items);
    if (items.length >= most) break;
  }
  return items;
}

describe('what the client streams', () => {
  it('is taken together as it is at hand, to the end', async () => {
    const { stream, cancel, cancelled } = source();
    for (const n of [1, 2, 3]) stream.write(n);
    stream.end();
    expect(await taken(drain(stream, { patience: 5_000, cancel }))).toEqual([1, 2, 3]);
    expect(cancelled()).toBe(0);
  });

  it('is cancelled at the server when it is left early, or aborted', async () => {
    const left = source();
    left.stream.write(1);
    await taken(drain(left.stream, { patience: 5_000, cancel: left.cancel }), 1);
    const aborted = source();
    const { signal } = ((stop) => (setImmediate(() => stop.abort()), stop))(new AbortController());
    await taken(drain(aborted.stream, { patience: 5_000, cancel: aborted.cancel, signal }));
    expect([left.cancelled(), aborted.cancelled()]).toEqual([1, 1]);
  });

  it('that failed before anybody looked is a failure, not an end', async () => {
    const { stream, cancel } = source();
    const drained = drain(stream, { patience: 5_000, cancel });
    const first = drained.next();
    stream.emit('error', new Error('cut'));
    stream.end();
    await expect(first).rejects.toThrow('cut');
  });

  it('may fail late without anybody listening', async () => {
    const { stream, cancel } = source();
    stream.write(1);
    await taken(drain(stream, { patience: 5_000, cancel }), 1);
    expect(() => stream.emit('error', new Error('late'))).not.toThrow();
  });

  it('is not waited for without end, unless it may be silent', async () => {
    const { stream, cancel, cancelled } = source();
    await expect(taken(drain(stream, { patience: 10, cancel }))).rejects.toMatchObject({
      reason: 'silent',
    });
    expect(cancelled()).toBe(1);
  });
});
