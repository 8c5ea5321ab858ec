import { describe, expect, it } from '@jest/globals';
import { idOf } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import type { DocumentData, DocumentKind } from '#libs/documents/document';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { checkAsked, documentOf, usualIssuer } from '#libs/documents/make';
import { mineOrigin } from '#libs/origin/origin';
import { warrantyText } from '#libs/reference/warranties';
import { kgosiFiles, polished, ring, rules, standing } from '#test/support/kgosi';
import { weighing } from '#test/support/stone-story';

const clean = { mineId: 'bw-jwaneng', cutIn: 'IN', madeIn: 'IN' };

/** The ring hallmarked, recognised elsewhere, invoiced with a warranty and sold to a consumer. */
const sold: NonNullable<Parameters<typeof kgosiFiles>[1]> = ({ record }) => {
  const version = 'WDC-2021';
  const origin = mineOrigin('BW', 'bw-jwaneng', 'identity-preserved');
  const setting = { item: idOf(ring), position: 'centre', weight: weighing(1_020), origin };
  record(polished, { type: 'StoneSet', data: setting }, { by: 'ural', on: '2025-05-02' });
  const mark = { fineness: 750, mark: 'lion 750', uin: '6430000012345678', country: 'IN' };
  record(
    ring,
    { type: 'HallmarkApplied', data: { ...mark, reliedOn: [] } },
    { by: 'assay', on: '2025-05-03' },
  );
  const recognised = {
    state: 'AE',
    markCountry: 'IN',
    basis: 'law',
    validFrom: '2025-05-03',
    judgement: { verdict: 'yes', agreement: null, data: 'ab'.repeat(32) },
    reliedOn: [],
  } as const;
  record(ring, { type: 'HallmarkRecognised', data: recognised }, { by: 'dubai', on: '2025-05-04' });
  const warranty = {
    version,
    textSha256: warrantyText(version)?.sha256 ?? '',
    sowId: 'SOW-US-17',
  } as const;
  const price = { minor: 1_500_000, currency: 'USD' };
  const invoice = {
    invoiceNo: 'INV-9',
    seller: 'ural',
    buyer: 'chow',
    market: 'trade',
    price,
    warranties: [warranty],
  } as const;
  record(ring, { type: 'InvoiceIssued', data: invoice }, { by: 'ural', on: '2025-05-05' });
  const sale = { from: 'ural', to: 'chow', basis: 'sale', price, invoiceNo: 'INV-9' } as const;
  record(ring, { type: 'TitleTransferred', data: sale }, { by: 'ural', on: '2025-05-06' });
  const retail = { receiptNo: 'R-1', buyerRef: 'c-7f3a91b2' };
  record(ring, { type: 'RetailSold', data: retail }, { by: 'chow', on: '2025-05-07' });
};

/** The document, or the code and the words it is refused with. */
async function asked(
  kind: DocumentKind,
  which: (files: Awaited<ReturnType<typeof kgosiFiles>>) => readonly (GoodsFile | ItemFile)[],
  number?: string,
): Promise<DocumentData | string> {
  const files = await kgosiFiles(clean, sold);
  const { letterhead } = files;
  try {
    return documentOf({ kind, goods: which(files), number, letterhead, standing, rules });
  } catch (error) {
    if (error instanceof Refused) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('documents of jewellery', () => {
  it('the history report tells the article, its marks, and the way of each stone before', async () => {
    const report = await asked('history-report', ({ item }) => [item]);
    if (typeof report === 'string') throw new Error(report);
    expect(report.title).toBe('History of ring-7 (ring)');
    const tables = report.body.flatMap((block) => (block.block === 'table' ? [block.rows] : []));
    expect(tables[0]).toEqual([['IN', 'lion 750', '6430000012345678', 'AE from 2025-05-03']]);
    expect(report.body[0]).toMatchObject({
      rows: expect.arrayContaining([
        [
          'Owner',
          'a consumer since 2025-05-07, by a retail sale: whose pseudonym the seller alone can resolve',
        ],
        ['Custodian', 'nobody in the trade since 2025-05-07'],
      ]),
    });
    const headings = report.body.flatMap((each) => (each.block === 'heading' ? [each.text] : []));
    expect(headings).toContain('Stone kgosi.1');
    const steps = tables.flat().map((row) => row.join(' '));
    for (const words of ['made it: ring', 'recovered rough', 'set in it', 'UIN 643', 'consumer']) {
      expect(steps.some((step) => step.includes(words))).toBe(true);
    }
    expect(report.facts).toMatchObject({
      item: { hallmarks: [{ uin: '6430000012345678' }] },
      stones: [{ subject: polished, card: { mct: 1_020 } }],
      judgements: expect.arrayContaining([
        expect.objectContaining({ jurisdiction: 'US', outcome: 'REQUIRES_EVIDENCE' }),
      ]),
    });
  });

  it('the warranty of its invoice has the wording of loose goods', async () => {
    const document = await asked('warranty-statement', ({ item }) => [item], 'INV-9');
    expect(document).toMatchObject({
      title: 'Warranty on invoice INV-9',
      facts: { goods: [{ subject: ring, grossMg: 4_200, price: { minor: 1_500_000 } }] },
    });
    expect(JSON.stringify(document)).toContain(JSON.stringify(warrantyText('WDC-2021')?.text));
    expect(JSON.stringify(document)).toContain('set with kgosi.1 of 1.02 ct');
    const { item } = await kgosiFiles(clean, sold);
    expect(usualIssuer('warranty-statement', [item], 'INV-9')).toBe('ural');
  });

  it('the EU statement is refused with the article that does not ask for it', async () => {
    const statement = await asked('eu-due-diligence-statement', ({ item }) => [item]);
    expect(statement).toMatch(/^goods-differ: .*jewellery \(7113\).*Art\. 3p\(4\)/);
  });

  it('a stone set in it gets no statement of its own', async () => {
    for (const kind of ['eu-due-diligence-statement', 'us-self-certification'] as const) {
      const refused = await asked(kind, ({ stone }) => [stone]);
      expect(refused).toMatch(/^goods-differ: kgosi.1 is set in ring-7 and is imported as part/);
    }
    expect(await asked('history-report', ({ stone }) => [stone])).toMatchObject({
      title: 'History of kgosi.1 (Кгоси 王)',
    });
  });
});

it('documents are of goods and shipments, a history of one of the goods', () => {
  const refusal = (kind: DocumentKind, subject: string) => {
    try {
      return checkAsked(kind, [subject]);
    } catch (error) {
      return (error as Refused).code;
    }
  };
  for (const subject of ['stone-a', 'parcel-a', 'jewellery-a']) {
    expect(refusal('history-report', subject)).toBeUndefined();
  }
  expect(refusal('us-self-certification', 'shipment-a')).toBeUndefined();
  expect(refusal('history-report', 'shipment-a')).toBe('goods-differ');
  for (const subject of ['party-a', 'certificate-a', 'report-a', 'nothing']) {
    expect(refusal('warranty-statement', subject)).toBe('goods-differ');
  }
});
