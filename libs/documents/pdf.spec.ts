import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Block, DocumentData } from '#libs/documents/document';
import { blocksOf } from '#libs/documents/document';
import { documentOf } from '#libs/documents/make';
import { pdfOf } from '#libs/documents/pdf';
import { kgosiFiles, rules, standing } from '#test/support/kgosi';

const bare = (text: string) => text.replaceAll(/\s/g, '');

/** What a reader can select, page after page. */
async function selectable(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), {
    mergePages: true,
  });
  return text;
}

function wordsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    switch (block.block) {
      case 'heading':
      case 'paragraph':
        return [block.text];
      case 'list':
        return block.items;
      case 'facts':
        return block.rows.flat();
      case 'table':
        return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
      case 'signature':
        return block.fields;
    }
  });
}

/** Everything the JSON form says in words, in reading order. */
function said(document: DocumentData): readonly string[] {
  const { head, title, body, foot } = blocksOf(document);
  return [...wordsOf(head), title, ...wordsOf(body), ...wordsOf(foot)];
}

/**
 * What the pages say beyond the JSON form, bullets and the repeated heads of tables aside; throws
 * for what they lack or say in another order.
 */
function beyond(pages: string, document: DocumentData): string {
  let rest = bare(pages);
  let over = '';
  for (const words of said(document).map(bare)) {
    const at = rest.indexOf(words);
    if (at < 0) throw new Error(`the pages lack “${words}” before “${rest.slice(0, 80)}”`);
    over += rest.slice(0, at);
    rest = rest.slice(at + words.length);
  }
  const heads = document.body.flatMap((block) =>
    block.block === 'table' ? [bare(block.columns.map(({ title }) => title).join(''))] : [],
  );
  return heads.reduce((text, head) => text.replaceAll(head, ''), (over + rest).replaceAll('•', ''));
}

async function everyKind(): Promise<readonly DocumentData[]> {
  const { stone, item, letterhead } = await kgosiFiles({
    mineId: 'bw-jwaneng',
    cutIn: 'IN',
    madeIn: 'IN',
  });
  const of = { goods: [stone], letterhead, standing, rules };
  return [
    documentOf({ ...of, kind: 'history-report' }),
    documentOf({ ...of, kind: 'us-self-certification' }),
    documentOf({ ...of, kind: 'us-self-certification', goods: [item] }),
    documentOf({ ...of, kind: 'eu-due-diligence-statement' }),
    documentOf({ ...of, kind: 'warranty-statement' }),
  ];
}

const text = (words: string): DocumentData => ({
  kind: 'history-report',
  title: 'Words',
  letterhead: null,
  facts: {},
  body: [{ block: 'paragraph', text: words }],
  notChecked: [],
  standing: { ...standing, ruleBookVersion: '2026.1' },
});

describe('a document as PDF', () => {
  let printed: readonly Readonly<{ document: DocumentData; bytes: Uint8Array }>[];

  beforeAll(async () => {
    const documents = await everyKind();
    printed = await Promise.all(
      documents.map(async (document) => ({ document, bytes: await pdfOf(document) })),
    );
  });

  it('says what its JSON says, in its order, and its standing at the foot of each page', async () => {
    for (const { document, bytes } of printed) {
      const pages = await selectable(bytes);
      const count = /page 1 of (\d+)/.exec(pages)?.[1];
      const feet = Array.from(
        { length: Number(count) },
        (_, n) => `test · position 99 · rule book 2026.1 · page ${n + 1} of ${count}`,
      ).join('');
      expect(beyond(pages, document)).toBe(bare(feet));
    }
  });

  it('is the same bytes again', async () => {
    for (const { document, bytes } of printed) {
      expect(Buffer.compare(bytes, await pdfOf(structuredClone(document)))).toBe(0);
    }
  });

  it('prints Cyrillic and Chinese, and embeds every font it names', async () => {
    const bytes = printed[0]?.bytes ?? new Uint8Array();
    const pages = await selectable(bytes);
    for (const name of ['Кгоси 王', 'Уральские бриллианты Ltd']) {
      expect(bare(pages)).toContain(bare(name));
    }
    const raw = Buffer.from(bytes).toString('latin1');
    const count = (part: RegExp) => raw.match(part)?.length ?? 0;
    expect(count(/\/Type \/FontDescriptor/g)).toBeGreaterThan(2);
    expect(count(/\/FontFile2 /g)).toBe(count(/\/Type \/FontDescriptor/g));
    expect(count(/\/Subtype \/Type1/g)).toBe(0);
    expect(count(/\/ToUnicode /g)).toBe(count(/\/Subtype \/Type0/g));
    expect(count(/\/Subtype \/Image/g)).toBe(0);
  });

  it('carries the letters of the scripts it has fonts for', async () => {
    const scripts = 'Aß éőŁžΩλΣЖщїӣ Ѣ中国鑽石謝瑞麟ダイヤ0%№–—…“”·~';
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from(scripts)),
      minLength: 1,
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(letters, async (words) => {
        const pages = await selectable(await pdfOf(text(words)));
        expect(bare(pages)).toContain(bare(words));
      }),
      { numRuns: 10 },
    );
  });

  it('writes what no font has by its code point, and says so', async () => {
    const pages = await selectable(await pdfOf(text('יהלום (Israel) \u{1F48E}')));
    expect(bare(pages)).toContain('[U+05D9][U+05D4][U+05DC][U+05D5][U+05DD](Israel)[U+1F48E]');
    expect(pages).toContain('are written by their code points');
    expect(await selectable(await pdfOf(text('Israel')))).not.toContain('code points');
    const hidden = await selectable(await pdfOf(text('al\u200Bro\u00ADsa \u202Ekgk\uFEFF')));
    expect(bare(hidden)).toContain('al[U+200B]ro[U+00AD]sa[U+202E]kgk[U+FEFF]');
    expect(hidden).toContain('are written by their code points');
  });

  it('breaks a row that no page holds, and loses none of it', async () => {
    const columns = [
      { title: 'A', share: 0.5 },
      { title: 'B', share: 0.5 },
    ];
    const long = Array.from({ length: 2_000 }, (_, n) => `word${n}`).join(' ');
    const rows = [['a', long]];
    const document = { ...text(''), body: [{ block: 'table', columns, rows } as const] };
    const pages = await selectable(await pdfOf(document));
    const found = [...pages.matchAll(/word(\d+)/g)].map(([, n]) => Number(n));
    expect(found).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
  });

  it('of 500 stones on one entry stays far below what the image system takes', async () => {
    const { stone, letterhead } = await kgosiFiles({ mineId: 'bw-jwaneng', cutIn: 'IN' });
    const goods = Array.from({ length: 500 }, () => stone);
    const bytes = await pdfOf(
      documentOf({ kind: 'us-self-certification', goods, letterhead, standing, rules }),
    );
    expect(bytes.length).toBeLessThan(2_000_000);
  });
});
