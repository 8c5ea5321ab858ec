import { mineOrigin } from '#libs/origin/origin';
import type { Act } from '#test/golden/trade-story';
import { mct } from '#test/support/given';

export const seed = (text: string) => `news text as retold in the seeds: ${text}`;
const usd = (minor: number) => ({ minor, currency: 'USD' });
export const recover = (id: string, on: string, carats: number, mineId = 'ru-jubilee'): Act => ({
  by: 'alrosa',
  on,
  category: 'stone',
  id,
  do: { type: 'RecoverRough', mineId, weight: mct(carats * 1000) },
});
type Channel = 'long-term-contract' | 'auction' | 'tender' | 'spot';
type Warranted = Readonly<{ version: string; sowId?: string }>;

/** Offered, awarded, invoiced with its warranty, paid. */
export const sale = (
  id: string,
  [by, buyer]: readonly [string, string],
  on: string,
  channel: Channel,
  { warranty = { version: 'WDC-2002' } as Warranted, source = '' } = {},
): readonly Act[] => {
  const stone = { by, on, category: 'stone', id, ...(source && { source }) } as const;
  const price = usd(1_000_000);
  const invoiceNo = `${id}-1`;
  const invoice = { invoiceNo, buyer, market: 'trade', price } as const;
  return [
    { ...stone, do: { type: 'OfferForSale', channel } },
    { ...stone, do: { type: 'AwardLot', buyer, price } },
    { ...stone, do: { type: 'IssueInvoice', ...invoice, warranties: [warranty] } },
    { ...stone, do: { type: 'TransferTitle', to: buyer, basis: 'sale', price, invoiceNo } },
  ];
};
export const handOver = (id: string, from: string, to: string, on: string): readonly Act[] => [
  { by: from, on, category: 'stone', id, do: { type: 'ReleaseCustody', to, purpose: 'sale' } },
  { by: to, on, category: 'stone', id, do: { type: 'AcceptCustody' } },
];

type Way = Readonly<{ to: string; country: string; office: string; number: string; on: string }>;

/** Rough under a Kimberley certificate from Russia to its buyer, confirmed on arrival. */
export const exported = (id: string, carats: number, { to, country, office, number, on }: Way) => {
  const weight = carats * 1000;
  const paper = { by: 'gokhran', on, category: 'certificate', id: number.toLowerCase() } as const;
  const box = { by: 'alrosa', on, category: 'shipment', id: `${id}-box` } as const;
  const arrived = { ...box, by: to } as const;
  const acts: readonly Act[] = [
    {
      ...paper,
      do: {
        type: 'IssueCertificate',
        number,
        origin: { kind: 'single', country: 'RU' },
        issuedOn: on,
        expiresOn: `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`,
        exporter: { party: 'alrosa', name: 'ALROSA', address: 'Moscow' },
        importer: { party: to, name: to, address: country },
        exportingCountry: 'RU',
        importingCountry: country,
        lines: [{ hs: '710231', mct: weight, value: usd(1_000_000) }],
        parcels: 1,
        tamperResistant: true,
      },
    },
    {
      ...box,
      do: {
        type: 'CreateShipment',
        consignee: to,
        from: 'RU',
        to: country,
        goods: [{ stream: `stone-${id}`, hs: '710231', mct: weight }],
        parcels: 1,
      },
    },
    { ...box, by: 'gokhran', do: { type: 'SealContainer', sealNo: 'S-1' } },
    {
      ...box,
      do: { type: 'DispatchShipment', carrier: 'a carrier' },
      refused: 'certificate-needed',
    },
    {
      ...paper,
      do: { type: 'ValidateCertificate', signatory: 'an officer', check: 'opened', sealNo: 'S-1' },
    },
    { ...box, do: { type: 'AttachCertificate', number } },
    { ...box, do: { type: 'DispatchShipment', carrier: 'a carrier' } },
    { ...arrived, do: { type: 'ArriveShipment', parcels: 1, mct: weight, sealNo: 'S-1' } },
    { ...arrived, do: { type: 'UnpackShipment' } },
    {
      ...paper,
      by: office,
      do: {
        type: 'ConfirmImport',
        number,
        parcels: 1,
        mct: weight,
        importer: to,
        exporter: 'alrosa',
        receivedOn: on,
      },
    },
  ];
  return acts;
};

/** The acts, all of which happened in one country. */
export const inCountry = (where: string, acts: readonly Act[]): readonly Act[] =>
  acts.map((act) => ({ ...act, where }));

/** Rough of 4 ct cut into one stone of 1.5 ct by who holds it. */
export const cut = (id: string, by: string, on: string, done: string): readonly Act[] => {
  const stone = { by, on: done, category: 'stone', id } as const;
  return [
    { ...stone, on, do: { type: 'StartManufacturing', orderNo: `${id}-1` } },
    { ...stone, do: { type: 'ProducePolished', weight: mct(1_500) } },
    { ...stone, do: { type: 'RecordLoss', weight: mct(2_500), cause: 'polishing' } },
    { ...stone, do: { type: 'CloseManufacturing' } },
  ];
};

export const polishedStock = (id: string, by: string, on: string): Act => ({
  by,
  on,
  category: 'stone',
  id,
  do: {
    type: 'OpenHistory',
    form: 'polished',
    weight: mct(1_500),
    origin: mineOrigin('RU', 'ru-jubilee', 'identity-preserved'),
    owner: by,
    basis: 'stock of the house',
  },
});
export const ring = (id: string, by: string, on: string): Act => ({
  by,
  on,
  category: 'jewellery',
  id,
  do: { type: 'MakeItem', description: 'ring', metal: 'gold', fineness: 585, grossMg: 3_000 },
});
export const setIn = (stone: string, item: string, by: string, on: string): Act => ({
  by,
  on,
  category: 'stone',
  id: stone,
  do: { type: 'SetStone', item },
});
export const mark = (by: string, id: string, on: string, uin?: string): Act => ({
  by,
  on,
  category: 'jewellery',
  id,
  do: { type: 'ApplyHallmark', fineness: 585, mark: 'state mark', ...(uin && { uin }) },
});
export const recognise = (
  by: string,
  id: string,
  state: string,
  from: string,
  on: string,
): Act => ({
  by,
  on,
  category: 'jewellery',
  id,
  do: { type: 'RecogniseHallmark', state, markCountry: from, basis: 'agreement', validFrom: on },
});

/** Sent to the laboratory by who holds it, graded, and fetched again. */
export function graded(
  id: string,
  by: string,
  on: string,
  { reportNo = '', laboratory = 'gia', exact = 1_500, shape = 'round', colour = 'F' },
): readonly Act[] {
  const stone = { on, category: 'stone', id } as const;
  return [
    { ...stone, by, do: { type: 'SubmitToLaboratory', laboratory, service: 'grading' } },
    { ...stone, by: laboratory, do: { type: 'AcceptCustody' } },
    {
      ...stone,
      by: laboratory,
      do: {
        type: 'IssueReport',
        reportNo,
        reportType: 'diamond-grading',
        gradeScale: 'iso-24016',
        weight: mct(exact),
        shape,
        colour,
        clarity: 'VS1',
        cut: 'Very Good',
        polish: 'Excellent',
        symmetry: 'Very Good',
        fluorescence: 'None',
        measurementsMm: '7.30 x 7.32 x 4.50',
      },
    },
    { ...stone, by: laboratory, do: { type: 'ReturnFromLaboratory', to: by } },
    { ...stone, by, do: { type: 'AcceptCustody' } },
  ];
}
