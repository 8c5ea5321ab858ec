import { idOf, parcelStream, partId, partyStream, stoneStream } from '#events/streams';
import { effective } from '#libs/decider/effective';
import { letterheadOf, withEvents } from '#libs/documents/gather';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { mineOrigin } from '#libs/origin/origin';
import { warrantyText } from '#libs/reference/warranties';
import { ruleBook } from '#libs/rulebook/rule-book';
import { builtInRules } from '#libs/rulebook/rules-used';
import { replay } from '#libs/views/replay';
import { goodsSaid } from '#projections/dossier';
import { projections } from '#projections/projections';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

export const kgosi = stoneStream('kgosi');
export const polished = stoneStream(partId('kgosi', 1));
export const sorted = parcelStream('sort-9');
export const ring = 'jewellery-ring-7';

export const standing = { ledger: 'test', position: '99', on: '2026-03-02' };

export const rules = ruleBook().jurisdictions.map(({ id }) => builtInRules(id));

const textOf = (version: 'WDC-2002' | 'WDC-2021') => ({
  version,
  textSha256: warrantyText(version)?.sha256 ?? '',
  countries: ['BW'],
});

/** Where things happen, so that a test can move one of them to Russia or leave it out. */
export type Places = Readonly<{ mineId: string; cutIn?: string; madeIn?: string; name?: string }>;

/**
 * A rough of Botswana, cut in India to 1.02 ct, invoiced to a buyer in Shanghai whose name is
 * Chinese by a house whose name is Russian; an unsorted lot, and a ring with the stone in it.
 */
export function kgosiStory({ mineId, cutIn, madeIn, name }: Places) {
  const ledger = ledgerOf();
  const { record } = ledger;
  const country = mineId.slice(0, 2).toUpperCase();
  const party = (id: string, called: string, home: string, lines: readonly string[]) => {
    const stream = partyStream(id);
    record(stream, {
      type: 'PartyRegistered',
      data: { name: called, country: home, roles: ['dealer'] },
    });
    record(stream, { type: 'AddressDeclared', data: { lines } }, { by: id, on: '2024-06-01' });
  };
  party('ural', name ?? 'Уральские бриллианты Ltd', 'US', [
    '580 Fifth Avenue',
    'New York, NY 10036',
  ]);
  party('chow', '周大福珠宝 Chow', 'CN', ['上海市黄浦区 100号']);
  record(
    kgosi,
    { type: 'RoughDiamondRecovered', data: { mineId, weight: weighing(2_400) } },
    {
      by: 'ural',
      documents: [{ type: 'kimberley-certificate', number: 'BW0001', sha256: 'ab'.repeat(32) }],
    },
  );
  const cut = cutIn === undefined ? {} : { place: { country: cutIn } };
  record(
    kgosi,
    { type: 'ManufacturingStarted', data: { orderNo: 'O-1' } },
    { by: 'ural', on: '2025-01-10', ...cut },
  );
  record(
    kgosi,
    { type: 'PolishedDiamondProduced', data: { n: 1, weight: weighing(1_020), name: 'Кгоси 王' } },
    { by: 'ural', on: '2025-02-01', ...cut },
  );
  record(
    polished,
    {
      type: 'StoneOpened',
      data: {
        parent: { stream: kgosi, revision: 2 },
        cause: '00000000-0000-7000-8000-000000000007',
        form: 'polished',
        weight: weighing(1_020),
        custodian: 'ural',
        owner: 'ural',
        origin: mineOrigin(country, mineId, 'identity-preserved'),
        name: 'Кгоси 王',
      },
    },
    { by: 'ural', on: '2025-02-01', ...cut },
  );
  for (const [version, invoiceNo, on] of [
    ['WDC-2002', 'INV-6', '2025-03-01'],
    ['WDC-2021', 'INV-7', '2025-04-01'],
  ] as const) {
    const sowId = version === 'WDC-2021' ? { sowId: 'SOW-US-17' } : {};
    const price = { minor: 920_050, currency: 'USD' };
    const data = { invoiceNo, seller: 'ural', buyer: 'chow', market: 'trade', price } as const;
    record(
      polished,
      { type: 'InvoiceIssued', data: { ...data, warranties: [{ ...textOf(version), ...sowId }] } },
      { by: 'ural', on },
    );
  }
  const month = { time: '2025-03', precision: 'month' } as const;
  record(
    sorted,
    {
      type: 'ProductionLotRecovered',
      data: { mineId, from: month, to: month, content: { pieces: 40, weight: weighing(12_500) } },
    },
    { by: 'ural' },
  );
  record(
    ring,
    {
      type: 'JewelleryItemMade',
      data: { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_200 },
    },
    { by: 'ural', on: '2025-05-01', ...(madeIn !== undefined && { place: { country: madeIn } }) },
  );
  record(
    ring,
    {
      type: 'StoneTakenIn',
      data: {
        stone: idOf(polished),
        position: 'centre',
        weight: weighing(1_020),
        origin: mineOrigin(country, mineId, 'identity-preserved'),
        cause: '00000000-0000-7000-8000-000000000009',
      },
    },
    { by: 'ural', on: '2025-05-02' },
  );
  return ledger;
}

/** What documents are made of, as the views and the streams have it. */
export async function kgosiFiles(
  places: Places,
  more: (l: ReturnType<typeof ledgerOf>) => void = () => undefined,
) {
  const ledger = kgosiStory(places);
  more(ledger);
  const views = await replay(projections, ledger.events, standing.on);
  const known = (stream: string) =>
    effective(ledger.events.filter((event) => event.stream === stream));
  const eventsOf = (stream: string) => Promise.resolve(known(stream));
  const fileOf = async (stream: string): Promise<GoodsFile> => {
    const said = await goodsSaid(views, stream);
    if (!said || 'item' in said) throw new Error(`no ${stream}`);
    return withEvents(said, eventsOf);
  };
  const said = await goodsSaid(views, ring);
  if (!said || !('item' in said)) throw new Error('no ring');
  const item: ItemFile = await withEvents(said, eventsOf);
  const letterhead = await letterheadOf('ural', standing.on, eventsOf);
  if (!letterhead) throw new Error('no letterhead');
  return {
    rough: await fileOf(kgosi),
    stone: await fileOf(polished),
    lot: await fileOf(sorted),
    item,
    letterhead,
  };
}
