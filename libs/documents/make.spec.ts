import { describe, expect, it } from '@jest/globals';
import { Refused } from '#libs/decider/decider';
import type { DocumentData, DocumentKind } from '#libs/documents/document';
import { jsonOf } from '#libs/documents/document';
import { documentOf } from '#libs/documents/make';
import { warrantyText } from '#libs/reference/warranties';
import type { RecordedEvent } from '#libs/store/store';
import type { Places } from '#test/support/kgosi';
import { kgosi, kgosiFiles, polished, rules, standing } from '#test/support/kgosi';

const clean = { mineId: 'bw-jwaneng', cutIn: 'IN', madeIn: 'IN' };
type Files = Awaited<ReturnType<typeof kgosiFiles>>;

/** The document, or the code it is refused with. */
async function asked(
  kind: DocumentKind,
  which: (files: Files) => Partial<Parameters<typeof documentOf>[0]> = ({ stone }) => ({
    goods: [stone],
  }),
  places: Places = clean,
  more?: Parameters<typeof kgosiFiles>[1],
): Promise<DocumentData | string> {
  const files = await kgosiFiles(places, more);
  const { letterhead } = files;
  try {
    return documentOf({ kind, goods: [], letterhead, standing, rules, ...which(files) });
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const paragraphs = (document: DocumentData | string) =>
  typeof document === 'string'
    ? [document]
    : document.body.flatMap((block) => (block.block === 'paragraph' ? [block.text] : []));

const loose =
  'I certify that the non-industrial diamonds in this shipment were not mined, extracted, ' +
  'produced, or manufactured wholly or in part in the Russian Federation, notwithstanding whether ' +
  'such diamonds have been substantially transformed into other products outside of the Russian ' +
  'Federation.';
const unsorted =
  'I certify that the diamond jewelry and unsorted diamonds in this shipment are not of Russian ' +
  'Federation origin or were not exported from the Russian Federation.';

describe('the US self-certification', () => {
  const kind = 'us-self-certification';

  it('of loose stones has the text of CSMS 59635420 to the letter', async () => {
    const document = await asked(kind, ({ rough, stone }) => ({ goods: [rough, stone] }));
    expect(paragraphs(document)).toContain(loose);
    expect(document).toMatchObject({
      letterhead: { address: ['580 Fifth Avenue', 'New York, NY 10036'] },
      facts: { filing: { documentCode: 'CBP167', format: 'PDF' } },
    });
  });

  it('of unsorted goods and of jewellery has the other', async () => {
    expect(paragraphs(await asked(kind, ({ lot }) => ({ goods: [lot] })))).toContain(unsorted);
    expect(paragraphs(await asked(kind, ({ item }) => ({ goods: [item] })))).toContain(unsorted);
    const both = await asked(kind, ({ lot, item }) => ({ goods: [lot, item] }));
    expect(paragraphs(both)).toContain(unsorted);
  });

  it('of both at once is refused: each has its own text', async () => {
    expect(await asked(kind, ({ stone, lot }) => ({ goods: [stone, lot] }))).toBe('goods-differ');
    expect(await asked(kind, () => ({}))).toBe('goods-differ');
  });

  it('has the lines per country of mining ready, marked as not required', async () => {
    const document = await asked(kind, ({ rough, stone }) => ({ goods: [rough, stone] }));
    expect(paragraphs(document)).toContainEqual(
      expect.stringMatching(/^Not currently required \(suspended: .*2025-02-21/),
    );
    if (typeof document === 'string') throw new Error(document);
    const tables = document.body.filter((block) => block.block === 'table');
    expect(tables.at(-1)?.rows).toEqual([
      ['7102.31', 'BW', '1', '2.40 ct'],
      ['7102.39', 'BW', '1', '1.02 ct'],
    ]);
    const before = await asked(kind, ({ stone }) => ({
      goods: [stone],
      standing: { ...standing, on: '2025-01-26' },
    }));
    expect(paragraphs(before)).toContainEqual(expect.stringMatching(/required \(announced: /));
    expect(before).toMatchObject({ facts: { filing: { documentCode: 'CBP03' } } });
  });

  it('asks for those lines once adopted rules bring the declaration into force', async () => {
    const adopted = rules.map(({ jurisdiction, version }) => {
      if (jurisdiction.id !== 'US') return { jurisdiction, version };
      const all = jurisdiction.rules.map((rule) =>
        rule.state === 'suspended' ? { ...rule, state: 'in-force' as const } : rule,
      );
      return { jurisdiction: { ...jurisdiction, rules: all }, version: '2027.1' };
    });
    const document = await asked(kind, ({ stone }) => ({ goods: [stone], rules: adopted }));
    expect(paragraphs(document)).toContainEqual(expect.stringMatching(/^Required \(in-force: /));
    expect(document).toMatchObject({
      standing: { ruleBookVersion: expect.stringContaining('EU 2026.1, US 2027.1') },
    });
  });

  it('is not made for a day before it was asked for', async () => {
    const early = { ...standing, on: '2024-02-29' };
    const of = ({ stone }: Files) => ({ goods: [stone], standing: early });
    expect(await asked(kind, of)).toBe('statement-not-in-use');
  });

  it('is not handed out for what the ledger knows to be Russian', async () => {
    const russian = { ...clean, mineId: 'ru-ebelyakh' };
    expect(await asked(kind, undefined, russian)).toBe('statement-untrue');
    expect(await asked(kind, undefined, { ...clean, cutIn: 'RU' })).toBe('statement-untrue');
    const item = ({ item: ring }: Files) => ({ goods: [ring] });
    expect(await asked(kind, item, { ...clean, madeIn: 'RU' })).toBe('statement-untrue');
    expect(await asked(kind, ({ lot }) => ({ goods: [lot] }), russian)).toBe('statement-untrue');
  });

  it('of a ring with a Russian-mined stone cut and set in India is true', async () => {
    const item = ({ item: ring }: Files) => ({ goods: [ring] });
    const document = await asked(kind, item, { ...clean, mineId: 'ru-ebelyakh' });
    expect(paragraphs(document)).toContain(unsorted);
  });

  it('is not handed out for what the ledger cannot rule out', async () => {
    expect(await asked(kind, undefined, { mineId: 'bw-jwaneng' })).toBe('statement-unproved');
    const item = ({ item: ring }: Files) => ({ goods: [ring] });
    expect(await asked(kind, item, { mineId: 'bw-jwaneng' })).toBe('statement-unproved');
    const unknown = await asked(kind, undefined, clean, ({ record }) =>
      record(polished, {
        type: 'OriginContested',
        data: { contestNo: 'C-1', claim: 'mined elsewhere', evidence: [] },
      } as never),
    );
    expect(unknown).toBe('statement-unproved');
  });

  it('needs the letterhead of whoever issues it', async () => {
    const bare = ({ stone }: Files) => ({ goods: [stone], letterhead: null });
    expect(await asked(kind, bare)).toBe('no-letterhead');
  });
});

describe('the EU due-diligence statement', () => {
  const kind = 'eu-due-diligence-statement';

  it('names the stones, their countries and the papers behind them', async () => {
    const document = await asked(kind);
    expect(paragraphs(document)).toContainEqual(
      expect.stringMatching(/^We declare .*not mined, extracted, produced, or manufactured wholly/),
    );
    expect(document).toMatchObject({
      facts: {
        statement: { confidence: 'reported' },
        lines: [
          {
            minedIn: ['BW'],
            asked: 'yes, 0.5 ct or more',
            proof: [{ type: 'kimberley-certificate', number: 'BW0001' }],
          },
        ],
      },
    });
  });

  it('is for natural polished stones, from 2026 on, with a paper', async () => {
    expect(await asked(kind, ({ rough }) => ({ goods: [rough] }))).toBe('goods-differ');
    const early = { ...standing, on: '2025-12-31' };
    const of = ({ stone }: Files) => ({ goods: [stone], standing: early });
    expect(await asked(kind, of)).toBe('statement-not-in-use');
    const bare = ({ stone }: Files) => {
      const steps = stone.steps.map((step) => ({ ...step, documents: null }));
      return { goods: [{ ...stone, steps }] };
    };
    expect(await asked(kind, bare)).toBe('document-needed');
    expect(await asked(kind, ({ item }) => ({ goods: [item] }))).toBe('goods-differ');
  });

  it('takes no slip that puts an entry right for a proof of origin', async () => {
    const slip = { type: 'slip', number: 'SLIP-1' };
    const corrected = ({ stone }: Files) => {
      const [first] = stone.steps;
      const step = first && { ...first, type: 'RecordCorrected', documents: [slip] };
      return { goods: [{ ...stone, steps: step ? [...stone.steps, step] : [] }] };
    };
    expect(await asked(kind, corrected)).toMatchObject({
      facts: { lines: [{ proof: [{ type: 'kimberley-certificate', number: 'BW0001' }] }] },
    });
    expect(JSON.stringify(await asked('history-report', corrected))).toContain('SLIP-1');
  });

  it('counts evidence on file while it is valid', async () => {
    const attached = (validTo: string) =>
      asked(kind, undefined, clean, ({ record }) =>
        record(polished, {
          type: 'EvidenceAttached',
          data: {
            evidenceNo: 'EV-1',
            paper: { kind: 'g7-certificate', number: 'G7-77' },
            document: { type: 'g7-certificate', number: 'G7-77', sha256: 'cd'.repeat(32) },
            validTo,
          },
        }),
      );
    const proof = { type: 'g7-certificate', number: 'G7-77', sha256: 'cd'.repeat(32) };
    expect(await attached('2026-12-31')).toMatchObject({
      facts: { lines: [{ proof: [{ number: 'BW0001' }, proof] }] },
    });
    expect(JSON.stringify(await attached('2026-01-31'))).not.toContain('G7-77');
  });

  it('is not handed out for Russian goods', async () => {
    const russian = { ...clean, mineId: 'ru-ebelyakh' };
    expect(await asked(kind, undefined, russian)).toBe('statement-untrue');
  });
});

describe('the warranty of an invoice', () => {
  const kind = 'warranty-statement';

  it('is the text of the version that was recorded with it', async () => {
    const newest = await asked(kind);
    expect(paragraphs(newest)).toContain(warrantyText('WDC-2021')?.text);
    expect(JSON.stringify(newest)).toContain('SOW-US-17');
    const older = await asked(kind, ({ stone }) => ({ goods: [stone], number: 'INV-6' }));
    expect(paragraphs(older)).toEqual([warrantyText('WDC-2002')?.text]);
    expect(older).toMatchObject({
      title: 'Warranty on invoice INV-6',
      body: expect.arrayContaining([
        { block: 'facts', rows: expect.arrayContaining([['Buyer', '周大福珠宝 Chow [chow]']]) },
      ]),
      facts: { seller: 'ural', buyer: 'chow', goods: [{ price: { minor: 920_050 } }] },
    });
  });

  it('says of natural origin on a memo what was recorded with it, in the words for memos', async () => {
    const { sha256 = '', text, onMemo } = warrantyText('WFDB-natural') ?? {};
    const printed = async (textSha256: string) => {
      const warranties = [{ version: 'WFDB-natural', textSha256, data: 'ab'.repeat(32) }];
      const data = { memoNo: 'M-1', consignee: 'chow', dueOn: '2025-06-01', warranties };
      const memoOf = (event: RecordedEvent) => ({ ...event, type: 'MemoIssued', data });
      const asMemo = ({ stone }: Files) => {
        const events = stone.events.filter(({ type }) => type === 'InvoiceIssued').map(memoOf);
        return { goods: [{ ...stone, events: events as readonly RecordedEvent[] }], number: 'M-1' };
      };
      return asked(kind, asMemo);
    };
    const memo = await printed(onMemo?.sha256 ?? '');
    expect(paragraphs(memo)).toEqual([onMemo?.text]);
    expect(onMemo?.text).toContain('The diamonds herein memo are');
    expect(JSON.stringify(memo)).not.toContain('the recorded text was another');
    const older = await printed(sha256);
    expect(paragraphs(older)).toEqual([text]);
    expect(paragraphs(await printed('cd'.repeat(32)))).toEqual([onMemo?.text]);
  });

  it('is not made up where none was recorded, nor on another’s letterhead', async () => {
    expect(await asked(kind, ({ rough }) => ({ goods: [rough] }))).toBe('no-warranty');
    const other = ({ stone }: Files) => ({ goods: [stone], number: 'INV-8' });
    expect(await asked(kind, other)).toBe('no-warranty');
    expect(await asked(kind, ({ stone, rough }) => ({ goods: [stone, rough] }))).toBe(
      'no-warranty',
    );
    const chow = ({ stone, letterhead }: Files) => ({
      goods: [stone],
      letterhead: { ...letterhead, party: 'chow' },
    });
    expect(await asked(kind, chow)).toBe('not-your-act');
  });
});

describe('the history report', () => {
  it('tells everything up to the mine, and the verdict of every jurisdiction', async () => {
    const report = await asked('history-report', ({ stone }) => ({
      goods: [stone],
      letterhead: null,
    }));
    if (typeof report === 'string') throw new Error(report);
    const words = jsonOf(report);
    for (const part of ['kgosi', 'bw-jwaneng', 'Кгоси 王', 'BW0001', 'INV-7', 'chow']) {
      expect(words).toContain(part);
    }
    const judged = report.facts['judgements'] as readonly { jurisdiction: string }[];
    expect(judged.map(({ jurisdiction }) => jurisdiction)).toEqual(
      expect.arrayContaining(['EU', 'US', 'UK', 'CA', 'JP', 'CH', 'LI']),
    );
    expect(report.notChecked.length).toBeGreaterThan(5);
    expect(report.standing).toEqual({ ...standing, ruleBookVersion: '2026.1' });
  });

  it('tells in words how each came to hold and to own the goods', async () => {
    const codes = ['from-parent', 'accepted', 'history-opened', 'unknown-before', 'retail'];
    for (const which of ['rough', 'stone', 'lot', 'item'] as const) {
      const report = await asked('history-report', (files) => ({ goods: [files[which]] }));
      if (typeof report === 'string') throw new Error(report);
      const chains = report.body.flatMap((block) =>
        block.block === 'table' && block.columns.at(-1)?.title === 'Basis' ? block.rows : [],
      );
      expect(chains.length).toBeGreaterThan(1);
      for (const row of chains) {
        expect(codes).not.toContain(row.at(-1));
        expect(row.at(-1)).toMatch(/^(?:as|by|of which) /);
      }
    }
  });

  it('is of one stone or parcel', async () => {
    const two = ({ stone, rough }: Files) => ({ goods: [stone, rough] });
    expect(await asked('history-report', two)).toBe('goods-differ');
    expect(await asked('history-report', () => ({}))).toBe('goods-differ');
    const lot = await asked('history-report', ({ lot: sorted }) => ({ goods: [sorted] }));
    expect(lot).toMatchObject({ title: 'History of sort-9' });
    expect(kgosi).toBe('stone-kgosi');
  });
});
