import autocannon from 'autocannon';

/** What the load process is asked: `lists[n]` are the acts of connection `n`, in order. */
export type Load = Readonly<{
  url: string;
  seconds: number;
  lists: readonly (readonly Act[])[];
}>;

export type Act = Readonly<{ path: string; key: string; body: string }>;

/** What it saw: requests answered 201 and others, and the latencies in ms. */
export type Seen = Readonly<{
  answered: number;
  others: number;
  seconds: number;
  p50: number;
  p99: number;
  max: number;
}>;

/** A process of its own, so that the load is not made on the service's event loop. */
process.once('message', (load: Load) => {
  send(load).then(
    (seen) => process.send?.(seen, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});

async function send({ url, seconds, lists }: Load): Promise<Seen> {
  let next = 0;
  const { latency, errors, timeouts, non2xx, duration, ...result } = await autocannon({
    url,
    connections: lists.length,
    duration: seconds,
    setupClient: (client) => {
      client.setRequests(
        (lists[next++] ?? []).map(({ path, key, body }) => ({
          method: 'POST',
          path,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body,
        })),
      );
    },
  });
  return {
    answered: result['2xx'],
    others: non2xx + errors + timeouts,
    seconds: duration,
    p50: latency.p50,
    p99: latency.p99,
    max: latency.max,
  };
}
