import fc from 'fast-check';
import { streamOf } from '#libs/ledger/ledger-command';
import type { RecordedEvent } from '#libs/store/store';
import { choices, commandOf } from '#test/support/random-acts';
import type { Goods } from '#test/support/world';
import { emptyWorld } from '#test/support/world';

type World = ReturnType<typeof emptyWorld>;

/**
 * What a law sees of one act: the goods before it, what it recorded (`null`: refused) and on which
 * streams, the goods after it.
 */
export type Step = Readonly<{
  world: World;
  stream: string;
  before: ReadonlyMap<string, Goods>;
  recorded: readonly RecordedEvent[] | null;
  touched: readonly string[];
  after: ReadonlyMap<string, Goods>;
}>;

/** Runs random acts against the deciders and holds a law to every state that is reached. */
export function always(law: (step: Step) => void): void {
  fc.assert(
    fc.property(choices, (acts) => {
      const world = emptyWorld();
      acts.forEach((picked, n) => {
        const before = new Map(world.goods);
        const command = commandOf(picked, [...before.values()], n);
        const recorded = world.act(command);
        const streams = new Set((recorded ?? []).map(({ stream }) => stream));
        const touched = [...streams].filter((touchedOne) => world.goods.has(touchedOne));
        law({ world, stream: streamOf(command), before, recorded, touched, after: world.goods });
      });
    }),
    { numRuns: 30 },
  );
}
