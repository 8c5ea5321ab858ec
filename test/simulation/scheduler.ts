import type { Random } from '#apps/cli/generate/random';
import { randomOf } from '#apps/cli/generate/random';

/**
 * Whose work a task is. What a host had under way is gone when it crashes, which `epoch` tells, and
 * waits while it is paused.
 */
export type Host = {
  readonly name: string;
  alive: boolean;
  epoch: number;
  pausedUntil: number;
};

type Task = {
  readonly label: string;
  readonly due: number;
  readonly run: () => void;
  readonly owner: Host | undefined;
  readonly epoch: number;
  isCancelled: boolean;
};

/** Tasks due within so many ms of each other may run in either order. */
const simultaneous = 3;

/** A world that takes more steps than this does not come to rest. */
const mostSteps = 200_000;

export type Scheduler = ReturnType<typeof scheduler>;

/**
 * One world's time. Everything that waits in it waits for a task, and of the tasks that are due the
 * seed picks the next. Between two tasks all that became ready runs to its next wait, so the order
 * of everything follows from the seed alone.
 */
export function scheduler(seed: string, { traced = false }: Readonly<{ traced?: boolean }> = {}) {
  const random: Random = randomOf(seed);
  const trace: string[] = [];
  const tasks: Task[] = [];
  let time = 0;
  let steps = 0;
  let [high, low] = [0x811c9dc5, 0x9747b28c];

  return { random, now, steps: () => steps, later, sleep, note, trace, hash, run };

  /** Milliseconds since the world began. */
  function now(): number {
    return time;
  }

  /** Runs `act` after `delay` ms unless its owner crashed; answers how to call it off. */
  function later(label: string, delay: number, act: () => void, owner?: Host): () => void {
    const epoch = owner?.epoch ?? 0;
    const task: Task = { label, due: time + delay, run: act, owner, epoch, isCancelled: false };
    tasks.push(task);
    return () => {
      task.isCancelled = true;
    };
  }

  /** A timer of the host; over at once when the signal aborts. */
  function sleep(owner: Host, ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = later(`${owner.name} wakes`, ms, resolve, owner);
      const stop = () => {
        cancel();
        resolve();
      };
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Adds to the trace and to its hash (two FNV-1a of 32 bits). */
  function note(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x85ebca6b) + 1;
    }
    if (traced) trace.push(`${String(time).padStart(7)} ${text}`);
  }

  function hash(): string {
    return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** Goes on until `isDone`; throws when nothing is left to do before that. */
  async function run(isDone: () => boolean): Promise<void> {
    for (;;) {
      await settled();
      if (isDone()) return;
      const task = next();
      if (!task) throw new Error('the world stands still: something waits for real time');
      steps += 1;
      if (steps > mostSteps) throw new Error('the world does not come to rest');
      time = Math.max(time, dueOf(task));
      note(`${time} ${task.label}`);
      task.run();
    }
  }

  function next(): Task | undefined {
    let [kept, first] = [0, Infinity];
    for (const task of tasks) {
      if (!isAwaited(task)) continue;
      tasks[kept] = task;
      kept += 1;
      first = Math.min(first, dueOf(task));
    }
    tasks.length = kept;
    if (kept === 0) return undefined;
    const until = Math.max(time, first) + simultaneous;
    const chosen = random.pick(tasks.filter((task) => dueOf(task) <= until));
    chosen.isCancelled = true;
    return chosen;
  }
}

function isAwaited({ isCancelled, owner, epoch }: Task): boolean {
  return !isCancelled && (!owner || (owner.alive && owner.epoch === epoch));
}

function dueOf({ due, owner }: Task): number {
  return owner ? Math.max(due, owner.pausedUntil) : due;
}

/** After everything that can go on has gone on: ticks come when no microtask is left. */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
