import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { atInstant, day, dayOf, hour, instantOf } from '#apps/cli/generate/moment';
import { neighbourOf } from '#apps/cli/generate/mine';
import type { Random } from '#apps/cli/generate/random';
import type { Step } from '#apps/cli/generate/script';

/** A field of what was said, as a path in the command and in the event it becomes. */
type Slip = Readonly<{
  weight: number;
  misread: (random: Random, value: unknown) => unknown;
  /** Days until somebody sees it. */
  within: number;
}>;

/** So many of the acts that can be corrected were noted wrongly at first. */
const share = 0.065;

const text: Slip = { weight: 10, misread: transposed, within: 12 };
/** Within what the scales may err, so that the trade goes on meanwhile. */
const weight: Slip = { weight: 6, misread: otherWeight, within: 12 };
const money: Slip = { weight: 6, misread: otherPrice, within: 30 };
const count: Slip = { weight: 4, misread: otherCount, within: 12 };
const mine: Slip = { weight: 1, misread: otherMine, within: 300 };

/** What is misread of which act. A wrong mine is rare, and reaches all that came out of the lot. */
const slips: Readonly<Record<string, Readonly<Record<string, Slip>>>> = {
  RecoverLot: { plant: text, mineId: mine },
  RecoverRough: { weight, colour: text },
  SplitParcel: { 'parts.0.content.weight': weight },
  SingleOutStone: { weight, colour: text },
  ScanRough: { deviceId: text },
  StartManufacturing: { craftsmen: count },
  SawRough: { 'pieces.0.weight': weight },
  ProducePolished: { weight, measurementsMm: text },
  RecordLoss: { weight },
  IssueReport: { measurementsMm: text },
  ReleaseCustody: { sealNo: text },
  OfferForSale: { lotNo: text },
  AwardLot: { price: money },
  TransferTitle: { price: money },
  IssueInvoice: { price: money },
  IssueMemo: { price: money },
  RegisterPledge: { filingRef: text },
  ReportLoss: { circumstances: text },
  ContestOrigin: { ground: text },
  MakeItem: { grossMg: count },
};

/** Acts that are noted of the wrong goods now and then, and annulled. */
const doubled: ReadonlySet<string> = new Set(['OfferForSale', 'ScanRough']);
const doubledShare = 0.03;

/**
 * The same steps as people note them: some acts are stated with a figure or word misread, and their
 * party corrects the record some days later; some are noted of goods they were not about, and
 * annulled. Corrections and annulments that a party states are about 3 of 100 events.
 */
export function withSlips(random: Random, steps: readonly Step[]): readonly Step[] {
  return steps
    .flatMap((step) => {
      const { type } = step.command.command;
      if (doubled.has(type) && random.chance(doubledShare))
        return [...mistaken(random, step), step];
      return random.chance(share) ? slipped(random, step) : [step];
    })
    .toSorted((a, b) => a.recorded - b.recorded);
}

function slipped(random: Random, step: Step): readonly Step[] {
  const { command } = step.command;
  const possible = Object.entries(slips[command.type] ?? {}).flatMap(([field, slip]) => {
    const value = readIn(command, field.split('.'));
    return value === undefined ? [] : [{ weight: slip.weight, value: { field, slip, value } }];
  });
  if (possible.length === 0) return [step];
  const { field, slip, value } = random.weighted(possible);
  const misread = slip.misread(random, value);
  if (misread === value) return [step];
  const recorded = step.recorded + random.int(hour, slip.within * day);
  const changes = [{ field: `data.${field}`, to: value }];
  const said = { type: 'CorrectRecord', target: 0, changes, reason: 'misread' } as const;
  const noted = writtenIn(command, field.split('.'), misread);
  return [
    { ...step, isCorrected: true, command: { ...step.command, command: noted } as LedgerCommand },
    later(random, step, recorded, said),
  ];
}

/** The act some hours before it happens: it was other goods of the same party. */
function mistaken(random: Random, step: Step): readonly Step[] {
  const recorded = step.recorded - 5 * hour;
  const { meta } = step.command.command;
  const around = {
    ...meta,
    id: random.uuid(recorded * 1000 + random.int(0, 999)),
    now: instantOf(recorded),
    at: atInstant(recorded - 60),
  };
  const command = { ...step.command, command: { ...step.command.command, meta: around } };
  const wrong = { recorded, isCorrected: true, command: command as LedgerCommand } as const;
  const said = { type: 'AnnulEvent', target: 0, reason: 'of other goods' } as const;
  return [wrong, later(random, wrong, recorded + 2 * hour, said)];
}

type Said = Readonly<{ type: string; target: number; reason: string }>;

/** What the same party says of the step's entry afterwards, on the slip that shows it. */
function later(random: Random, { command }: Step, recorded: number, said: Said): Step {
  const { category, id } = command;
  const { by, roles, id: corrects } = command.command.meta;
  const slip = { type: 'slip', number: `SL-${random.int(1000, 9999)}`, issuer: by };
  const meta = {
    id: random.uuid(recorded * 1000 + random.int(0, 999)),
    by,
    roles,
    now: instantOf(recorded),
    at: atInstant(recorded),
    documents: [{ ...slip, issuedOn: dayOf(recorded), sha256: random.hex(64) }],
  };
  return {
    recorded,
    corrects,
    command: { category, id, command: { ...said, meta } } as LedgerCommand,
  };
}

function readIn(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return readIn((value as Readonly<Record<string, unknown>>)[step], rest);
}

function writtenIn(value: unknown, [step, ...rest]: readonly string[], to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value))
    return value.with(Number(step), writtenIn(value[Number(step)], rest, to));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [step]: writtenIn(object[step], rest, to) };
}

/** Two neighbouring characters changed places. */
function transposed(random: Random, value: unknown): string {
  const said = String(value);
  const at = random.int(0, Math.max(0, said.length - 2));
  return `${said.slice(0, at)}${said.slice(at + 1, at + 2)}${said.slice(at, at + 1)}${said.slice(at + 2)}`;
}

function otherWeight(random: Random, value: unknown): unknown {
  const said = value as Readonly<{ mct: number }>;
  return { ...said, mct: said.mct + random.int(1, 2) };
}

function otherPrice(random: Random, value: unknown): unknown {
  const said = value as Readonly<{ minor: number }>;
  return { ...said, minor: said.minor + 900 * random.int(1, 9) };
}

function otherCount(random: Random, value: unknown): number {
  return Number(value) + random.int(1, 3);
}

function otherMine(random: Random, value: unknown): unknown {
  return neighbourOf(random, String(value)) ?? value;
}
