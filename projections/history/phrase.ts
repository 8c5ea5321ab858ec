import { valueText } from '#libs/correction/struck-out';
import { isOfKind } from '#libs/correction/value-kinds';
import type { ValueKind } from '#libs/correction/value-kinds';
import { percent } from '#libs/trade/shares';
import { ct } from '#projections/history/words';

const labels: Readonly<Record<string, string>> = {
  n: 'part',
  part: '',
  measurementsMm: 'measures in mm',
  dimensionsMm: 'measures in mm',
  judgement: 'by the reference data of that day',
  mine: 'mine, by the reference data of that day,',
  content: '',
  scanSha256: 'SHA-256 of the scan',
  resultSha256: 'SHA-256 of the result',
  textSha256: 'SHA-256 of the text',
  sha256: 'SHA-256',
  gln: 'GLN',
  hs: 'HS',
  uin: 'UIN',
  sowId: 'SoW id',
  sealNo: 'seal',
  containerNo: 'container',
  invoiceNo: 'invoice',
  orderNo: 'order',
  stampNo: 'stamp',
  contestNo: 'contest',
  pledgeNo: 'pledge',
  reportNo: 'report',
  policeRef: 'police reference',
  filingRef: 'filed as',
  deviceId: 'device',
  buyerRef: 'buyer under the pseudonym',
  sellerRef: 'seller under the pseudonym',
  superseded: 'which ended',
  inherited: 'it had been',
  passed: 'title passed',
  revision: 'entry',
  mct: 'weight',
  leastMct: 'from',
  ppm: 'share',
};

/** What a part of a value is plain without a label. */
const plain: ReadonlySet<string> = new Set([
  'mct',
  'ppm',
  'party',
  'stream',
  'version',
  'kind',
  'type',
]);

/** The parts of a value that come first; the others follow as they stand. */
const first = [
  'n',
  'type',
  'kind',
  'version',
  'stream',
  'party',
  'laboratory',
  'hs',
  'mct',
  'country',
];

/** Of a value that a party stated: not told, as the event has it. */
const untold: ReadonlySet<string> = new Set(['data']);

/** A field of an event in a few words: `cut Excellent`, `lines HS 710231, 20.00 ct`. */
export function phrase(name: string, value: unknown): string {
  const isList = name === 'parts' || (name === 'pieces' && Array.isArray(value));
  const label = isList ? '' : (labels[name] ?? words(name));
  return value === true ? label : `${label} ${shown(name, value)}`.trim();
}

function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shown(name: string, value: unknown): string {
  if (value === null) return name === 'owner' ? 'nobody known' : 'none';
  if (value === false) return 'no';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberShown(name, value);
  if (Array.isArray(value)) {
    const isFlat = value.every((each) => typeof each !== 'object');
    return value.map((each) => shown(name, each)).join(isFlat ? ', ' : ' + ');
  }
  const said = value as object;
  if (isOfKind(said, kindOf(said))) return valueText(said);
  const parts = Object.entries(said).filter(([part]) => !untold.has(part));
  return parts
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([part, each]) => (plain.has(part) ? shown(part, each) : phrase(part, each)))
    .join(', ');
}

/** The kind of value an object can be, by a part that no other kind has. */
function kindOf(value: object): ValueKind {
  if ('qualifier' in value) return 'weight';
  if ('currency' in value) return 'money';
  if ('chainOfCustody' in value) return 'origin';
  return 'precision' in value ? 'when' : 'place';
}

function placeOf(part: string): number {
  const place = first.indexOf(part);
  return place < 0 ? first.length : place;
}

function numberShown(name: string, value: number): string {
  if (name === 'mct' || name === 'leastMct') return `${ct(value)} ct`;
  return name === 'ppm' ? percent(value) : String(value);
}
