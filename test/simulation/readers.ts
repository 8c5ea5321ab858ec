import { ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import type { Views } from '#libs/views/views';
import { historyOf } from '#projections/history/told';
import type { Answer } from '#test/simulation/clients';
import type { Host } from '#test/simulation/scheduler';
import { kept } from '#test/simulation/tally';
import type { World } from '#test/simulation/world';

/**
 * Somebody who looks at the views again and again: no position may ever be before one seen earlier,
 * and what a position promises must be there.
 */
export async function reader(
  { time, fault }: World,
  host: Host,
  views: Views,
  answers: readonly Answer[],
): Promise<void> {
  let seen: ReadonlyMap<string, bigint> = new Map();
  for (;;) {
    await time.sleep(host, time.random.int(20, 450));
    try {
      const positions = await views.positions();
      for (const [name, before] of seen) {
        const now = positions.get(name);
        if (now === undefined || now < before) {
          fault(`${host.name} saw ${name} go back from ${before} to ${now ?? 'nothing'}`);
        }
      }
      seen = positions;
      await lookFor(promised(positions, answers));
    } catch (error) {
      const isOutage = error instanceof ViewsUnavailable || error instanceof ViewsNotReady;
      if (!isOutage) fault(`${host.name} met ${(error as Error).message}`);
    }
  }

  function promised(positions: ReadonlyMap<string, bigint>, all: readonly Answer[]) {
    const least = kept.map(({ name }) => positions.get(name) ?? 0n);
    const reached = least.reduce((a, b) => (b < a ? b : a));
    const taken = all.filter(({ done }) => done && done.position <= reached);
    return taken.length === 0 ? undefined : time.random.pick(taken).done;
  }

  async function lookFor(done: Answer['done']): Promise<void> {
    if (!done) return;
    const steps = await historyOf(views.reader, done.stream);
    if (steps.some(({ revision }) => revision === done.revision)) return;
    fault(`${host.name} did not find ${done.stream}@${done.revision}`);
  }
}
