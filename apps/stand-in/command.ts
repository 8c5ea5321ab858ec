import type { AppendFault, Fault, ReadFault } from '#apps/stand-in/fault';
import type { StandIn } from '#apps/stand-in/stand-in';

const appendFaults: Readonly<Record<AppendFault, true>> = {
  cut: true,
  'cut-after-store': true,
  'lose-reply': true,
  'delay-reply': true,
  unavailable: true,
  'not-ready': true,
  'time-out': true,
  'time-out-after-store': true,
};

const readFaults: Readonly<Record<ReadFault, true>> = {
  cut: true,
  'cut-after-events': true,
  'delay-reply': true,
  unavailable: true,
  'not-ready': true,
};

export type Done = Readonly<{
  ok: true;
  faults: number;
  leader: number | null;
  events: number;
  stopped: boolean;
}>;

/**
 * Carries out a line of JSON: `{"fault":…}` as in fault.ts, or `{"do":…}` with `clear-faults`, `cut`,
 * `go-away`, `kill`, `revive`, `freeze`, `thaw`, `elect` (these with `"node"`, default all; `elect` without: an
 * election), `drop-subscriptions`, `forget-ids`, `status` or `stop`. Answers what to
 * print. Throws
 * `TypeError` for anything else.
 */
export async function command(standIn: StandIn, line: string): Promise<Done> {
  const { fault, do: what, node, graceMs } = objectOf(JSON.parse(line));
  if (fault !== undefined) standIn.faults.add(faultOf(objectOf(fault)));
  else await act(standIn, what, optional(node, 'node'), optional(graceMs, 'graceMs'));
  return {
    ok: true,
    faults: standIn.faults.left(),
    leader: standIn.leader() ?? null,
    events: standIn.log.read.size(),
    stopped: what === 'stop',
  };
}

async function act(
  standIn: StandIn,
  what: unknown,
  node: number | undefined,
  graceMs: number | undefined,
): Promise<void> {
  if (node !== undefined && !(node in standIn.ports)) throw new TypeError(`no node ${node}`);
  switch (what) {
    case 'clear-faults':
      return standIn.faults.clear();
    case 'cut':
      return standIn.cut(node);
    case 'go-away':
      return standIn.goAway(node, graceMs);
    case 'kill':
      return standIn.kill(node);
    case 'revive':
      return standIn.revive(node);
    case 'elect':
      return standIn.elect(node);
    case 'freeze':
      return standIn.freeze(node);
    case 'thaw':
      return standIn.thaw(node);
    case 'drop-subscriptions':
      return standIn.dropSubscriptions();
    case 'forget-ids':
      return standIn.log.forgetIds();
    case 'status':
      return;
    case 'stop':
      return standIn.stop();
    default:
      throw new TypeError(`unknown command ${JSON.stringify(what)}`);
  }
}

function faultOf({ on, does, ...numbers }: Readonly<Record<string, unknown>>): Fault {
  const { ms, events, times, skip } = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, optional(value, name)]),
  );
  const counts = {
    ...(ms === undefined ? {} : { ms }),
    ...(times === undefined ? {} : { times }),
    ...(skip === undefined ? {} : { skip }),
  };
  if (on === 'append' && isIn(appendFaults, does)) return { on, does, ...counts };
  if ((on === 'read' || on === 'subscribe') && isIn(readFaults, does)) {
    return { on, does, ...counts, ...(events === undefined ? {} : { events }) };
  }
  throw new TypeError(`unknown fault ${JSON.stringify({ on, does })}`);
}

function isIn<Name extends string>(
  names: Readonly<Record<Name, true>>,
  name: unknown,
): name is Name {
  return typeof name === 'string' && Object.hasOwn(names, name);
}

function optional(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new TypeError(`${name} is not a whole number`);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('not a JSON object');
  return value as Readonly<Record<string, unknown>>;
}
