import { afterAll, describe, expect, it } from '@jest/globals';
import type { DocumentData } from '#libs/documents/document';
import { pdfOf } from '#libs/documents/pdf';
import { pdfThread, TooManyDocuments } from '#libs/documents/pdf-thread';

const document: DocumentData = {
  kind: 'history-report',
  title: 'History of dawn (Рассвет)',
  letterhead: { party: 'ctf', name: '周大福珠宝金行', address: ['Алмазная 6, Мирный'] },
  facts: {},
  body: [{ block: 'paragraph', text: 'Recovered at Ebelyakh' }],
  notChecked: ['whether what the parties stated is true'],
  standing: {
    ledger: 'test/log',
    position: '7',
    on: '2026-11-22',
    ruleBookVersion: '2026.1',
  },
};

describe('documents set in a thread of their own', () => {
  const thread = pdfThread();
  const narrow = pdfThread(2);
  afterAll(async () => {
    await thread.close();
    await narrow.close();
  });

  it('are the same bytes, several at once, while others are answered', async () => {
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const titles = ['one', 'two', 'three'];
    const set = await Promise.all(titles.map((title) => thread.pdfOf({ ...document, title })));
    clearInterval(turning);
    expect(turns).toBeGreaterThan(titles.length);
    for (const [n, title] of titles.entries()) {
      expect(Buffer.from(set[n] ?? []).equals(await pdfOf({ ...document, title }))).toBe(true);
    }
  });

  it('fail alone when they cannot be set, and with the thread when it ends', async () => {
    const broken = { ...document, body: [{ block: 'table' }] } as unknown as DocumentData;
    await expect(thread.pdfOf(broken)).rejects.toThrow();
    expect((await thread.pdfOf(document)).length).toBeGreaterThan(1_000);
    const lost = thread.pdfOf(document);
    await thread.close();
    await expect(lost).rejects.toThrow('ended');
    expect((await thread.pdfOf(document)).length).toBeGreaterThan(1_000);
  });

  it('are refused while as many wait as may, and taken again once one is set', async () => {
    const [first, second, third] = [1, 2, 3].map((n) =>
      narrow.pdfOf({ ...document, title: `no. ${n}` }),
    );
    await expect(third).rejects.toThrow(TooManyDocuments);
    await expect(first).resolves.toBeInstanceOf(Uint8Array);
    await expect(narrow.pdfOf(document)).resolves.toBeInstanceOf(Uint8Array);
    await expect(second).resolves.toBeInstanceOf(Uint8Array);
  });
});
