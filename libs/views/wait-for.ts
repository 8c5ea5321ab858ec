import { setTimeout as sleep } from 'node:timers/promises';
import { ViewsBehind } from '#libs/views/errors';
import type { Projection, Views } from '#libs/views/views';

/** How often the positions are looked at, in milliseconds: whoever projects may be elsewhere. */
const interval = 5;

/**
 * Resolves when every one of the projections has taken in `position`. Throws `ViewsBehind` after
 * `timeoutMs`, and the signal's reason when it aborts.
 */
export async function waitFor(
  views: Views,
  projections: readonly Projection[],
  position: bigint,
  { timeoutMs, signal }: Readonly<{ timeoutMs: number; signal?: AbortSignal }>,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const reached = await least(views, projections);
    if (reached >= position) return;
    if (performance.now() >= deadline) throw new ViewsBehind(position, reached);
    await sleep(interval, undefined, signal && { signal });
  }
}

async function least(views: Views, projections: readonly Projection[]): Promise<bigint> {
  const live = await views.positions();
  const positions = projections.map(({ name }) => live.get(name) ?? 0n);
  return positions.reduce((a, b) => (b < a ? b : a));
}
