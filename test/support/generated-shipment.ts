import type { Paper } from '#events/evidence';
import { idOf, jewelleryStream, parcelStream, stoneStream } from '#events/streams';
import { mineOrigin, unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { counterparties } from '#projections/counterparties';
import { custody } from '#projections/custody';
import { parties } from '#projections/parties';
import { preflightOf } from '#projections/preflight';
import { rulebooks } from '#projections/rulebooks';
import { sanctions } from '#projections/sanctions';
import { standing } from '#projections/standing';
import { title } from '#projections/title';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

/** What a pre-flight asks of besides verdicts. */
const asked = [custody, title, standing, parties, counterparties];

/** What a party can put on file for goods. */
export const papers = {
  kimberley: {
    kind: 'kimberley-certificate',
    number: 'BW0012345',
    origin: { kind: 'single', country: 'BW' },
  },
  'origin-proof': { kind: 'supplier-declaration', supplier: 'KGK' },
  'us-loose': { kind: 'us-self-certification', statement: 'loose' },
  'us-jewellery': { kind: 'us-self-certification', statement: 'jewellery' },
  attestation: { kind: 'cbsa-attestation', signatory: 'J. Roy' },
  dds: { kind: 'due-diligence-statement', signatory: 'J. Peeters' },
  meti: { kind: 'meti-confirmation', number: 'M-1' },
} as const satisfies Readonly<Record<string, Paper>>;

export type PaperName = keyof typeof papers;

export const paperNames = Object.keys(papers) as readonly PaperName[];

/**
 * Goods of a shipment. A `lot` is a parcel of ten polished stones that nobody weighed one by one,
 * `melee` one of stones that fell through a sieve, `mct` the weight of the whole; a `grown` stone is a
 * polished one that was grown where it says `mined`. Rough goes straight from its mine, or from the
 * Emirates; all else from where it was cut or `made`.
 */
export type Goods = Readonly<{
  what: 'rough' | 'polished' | 'grown' | 'lot' | 'melee' | 'jewellery';
  mct: number;
  mined: 'BW' | 'RU' | null;
  made: 'IN' | 'RU' | 'BY';
  has: readonly PaperName[];
}>;

export type Shipment = Readonly<{ to: string; day: string; goods: readonly Goods[] }>;

/**
 * Its pre-flight, on goods built by events: everything happens within the days before, so that
 * nothing was anywhere before a ban began.
 */
export async function flown({ to, day, goods }: Shipment) {
  const ledger = ledgerOf();
  const subjects = goods.map((each, n) => build(ledger.record, each, n, day));
  const views = await replay([...asked, sanctions, rulebooks], ledger.events, day);
  return preflightOf(views, subjects, to, day);
}

type Recorder = ReturnType<typeof ledgerOf>['record'];

function build(record: Recorder, goods: Goods, n: number, day: string): string {
  const { what, mct, mined, made, has } = goods;
  const before = (count: number) => {
    const at = new Date(`${day}T00:00:00Z`).getTime() - count * 86_400_000;
    return new Date(at).toISOString().slice(0, 10);
  };
  const place = { country: what === 'rough' ? (mined ?? 'AE') : made };
  const weight = weighing(mct);
  const isNatural = mined !== null && what !== 'grown';
  const origin = isNatural ? mineOrigin(mined, 'a-mine', 'segregated') : unknownOrigin;
  const stream = streamOf(what, n);
  if (what === 'lot' || what === 'melee') {
    const sieve = what === 'melee' ? { sieve: '+6.5-11' } : {};
    const data = { form: 'polished', content: { weight, pieces: 10 }, ...sieve } as const;
    const opened = { ...data, origin, basis: 'bought' };
    record(stream, { type: 'ParcelHistoryOpened', data: opened }, { on: before(9) });
  } else {
    const stone = stoneStream(`s${n}`);
    const form = what === 'rough' ? 'rough' : 'polished';
    const opened = { form, weight, origin, basis: 'bought' } as const;
    record(stone, { type: 'HistoryOpened', data: opened }, { on: before(9) });
    if (what === 'grown') {
      const found = { instrument: 'DiamondView', ...(mined !== null && { grownIn: mined }) };
      record(stone, { type: 'LaboratoryGrownDetected', data: found }, { on: before(8) });
    }
    if (what === 'jewellery') {
      const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_200 } as const;
      record(stream, { type: 'JewelleryItemMade', data: ring }, { on: before(8), place });
      const set = { stone: idOf(stone), weight, origin, cause: `set ${n}` };
      record(stream, { type: 'StoneTakenIn', data: set }, { on: before(7), place });
    }
  }
  const cut = { kind: 'processing-record', country: made, operation: 'polished' } as const;
  const isCut = what !== 'rough' && what !== 'jewellery';
  const attached: readonly Paper[] = [
    ...has.map((name) => papers[name]),
    ...(isCut ? [{ ...cut, on: before(8) }] : []),
  ];
  attached.forEach((paper, m) => {
    const document = { type: 'paper', sha256: 'a'.repeat(64) };
    const evidence = { evidenceNo: `EV-${m}`, paper, document };
    record(stream, { type: 'EvidenceAttached', data: evidence }, { on: before(6) });
  });
  const moved = { from: 'a', to: 'b' };
  record(stream, { type: 'CustodyAccepted', data: moved }, { on: before(5), place });
  return stream;
}

function streamOf(what: Goods['what'], n: number): string {
  if (what === 'jewellery') return jewelleryStream(`j${n}`);
  return what === 'lot' || what === 'melee' ? parcelStream(`p${n}`) : stoneStream(`s${n}`);
}
