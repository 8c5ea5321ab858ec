import { parseStream } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import type { Done } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { RecordedEvent } from '#libs/store/store';
import { commandId, commandOf } from '#test/property/pipeline-commands';
import { type Goods, after } from '#test/property/pipeline-goods';
import { intentOf } from '#test/simulation/intents';
import type { Host } from '#test/simulation/scheduler';
import type { Service, Services } from '#test/simulation/service';
import { workshopCommand } from '#test/simulation/workshop';
import type { World } from '#test/simulation/world';

/** The answer to a command, as its caller holds it. `follows` is what the caller was told before. */
export type Answer = Readonly<{
  id: string;
  /** `undefined`: refused. */
  done: Done | undefined;
  follows: bigint;
  /** How often the command was carried out, copies under way included. */
  copies: () => number;
}>;

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Callers that give up waiting, ask somebody else, and say the same thing to two at once. */
export function clients(
  { time, net, fault }: World,
  { nowAt }: Services,
  all: readonly Service[],
  log: readonly RecordedEvent[],
) {
  const answers: Answer[] = [];
  const goods = new Map<string, Goods>();
  let seen = 0;
  let steps = 1000;
  return { answers, caller };

  /** One caller with so many commands, one after another. */
  async function caller(host: Host, commands: number): Promise<void> {
    let told = 0n;
    for (let n = 0; n < commands; n++) {
      await time.sleep(host, time.random.int(1, 250));
      const command = nextCommand(host);
      const { id } = command.command.meta;
      let copies = 0;
      const answer = await definite(host, command, () => (copies += 1));
      if (!answer) continue;
      const done = answer instanceof Refused ? undefined : answer;
      answers.push({ id, done, follows: told, copies: () => copies });
      time.note(`${host.name} was told of ${id.slice(-4)}: ${done ? done.revision : 'refused'}`);
      if (done && done.position > told) told = done.position;
    }
  }

  function nextCommand(host: Host): LedgerCommand {
    for (; seen < log.length; seen++) {
      const event = log[seen];
      if (!event || parseStream(event.stream)?.category === 'party') continue;
      const { goods: next } = after(goods.get(event.stream), event);
      if (next) goods.set(event.stream, next);
    }
    steps += 1;
    if (time.random.chance(0.3)) return workshopCommand(time.random, commandId(steps), nowAt(host));
    const living = [...goods.values()];
    return commandOf(intentOf(time.random), living, steps, nowAt(host));
  }

  /** Asks until somebody knows; `undefined` when the caller went away before. */
  async function definite(
    host: Host,
    command: LedgerCommand,
    onCopy: () => void,
  ): Promise<Done | Refused | undefined> {
    for (;;) {
      if (time.random.chance(0.05)) said(host, command, onCopy).catch(() => undefined);
      try {
        return await said(host, command, onCopy);
      } catch (error) {
        if (error instanceof Refused) return error;
        const { code, name, message } = error as Error & { code?: string };
        const isOutage = error instanceof NoAnswer || code === 'store-unavailable';
        if (!isOutage && code !== 'wrong-revision') fault(`a caller met ${name}: ${message}`);
        if (time.random.chance(0.2)) return undefined;
        await time.sleep(host, time.random.int(5, 150));
      }
    }
  }

  function said(host: Host, command: LedgerCommand, onCopy: () => void): Promise<Done> {
    const service = time.random.pick(all);
    const patience = time.random.int(100, 2000);
    return net.call({
      from: host,
      to: service.host,
      what: `${command.command.type} ${command.command.meta.id.slice(-4)}`,
      act: () => {
        onCopy();
        return carriedOut(service, stamped(command, nowAt(service.host)));
      },
      unknown: (problem) => new NoAnswer(problem),
      isRepeatable: true,
      patience,
    });
  }

  /** What is on record already is answered as it was, never refused. */
  async function carriedOut({ running }: Service, asked: LedgerCommand): Promise<Done> {
    const { type, meta } = asked.command;
    const isOnRecord = log.some((event) => event.meta.id === meta.id);
    try {
      return await running.ledger.execute(asked);
    } catch (error) {
      const isRefusal = error instanceof Refused;
      if (isOnRecord && isRefusal) fault(`${type} ${meta.id} is on record and met ${error.code}`);
      throw error;
    }
  }
}

/** As the service's edge does: what was said to happen now happens when it arrives. */
function stamped(asked: LedgerCommand, now: string): LedgerCommand {
  const { meta } = asked.command;
  const at =
    meta.at.precision === 'instant' ? ({ time: now, precision: 'instant' } as const) : meta.at;
  return { ...asked, command: { ...asked.command, meta: { ...meta, now, at } } } as LedgerCommand;
}
