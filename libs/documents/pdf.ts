import PDFDocument from 'pdfkit';
import type { Block, Column, DocumentData } from '#libs/documents/document';
import { blocksOf } from '#libs/documents/document';
import type { Run, Typeface, Weight } from '#libs/documents/fonts';
import { typefaceFor, widthOf } from '#libs/documents/fonts';
import { linesOf } from '#libs/documents/lines';

const margin = 54;
const body = 9.5;
const small = 8;
const leading = 1.4;
/** Room kept free at the foot of each page for its standing. */
const foot = 30;

/**
 * The pages of a document: text that can be selected, fonts embedded, only their used glyphs. The
 * same document gives the same bytes: nothing is compressed (deflate differs between machines), the
 * time in the file is the document's own day, and its id follows from what it says.
 */
export async function pdfOf(document: DocumentData): Promise<Uint8Array> {
  const { title, standing, letterhead } = document;
  const { head, body: said, foot: end } = blocksOf(document);
  const text = JSON.stringify([title, standing, head, said, end]);
  const faces = {
    regular: await typefaceFor(`${text}${unprintable}Page of·•`, 'regular'),
    bold: await typefaceFor(text, 'bold'),
  };
  const pdf = new PDFDocument({
    size: document.kind === 'us-self-certification' ? 'LETTER' : 'A4',
    margin,
    compress: false,
    bufferPages: true,
    font: '',
    lang: 'en',
    displayTitle: true,
    info: {
      Title: title,
      Author: letterhead?.name ?? standing.ledger,
      Subject: `${standing.ledger}, position ${standing.position}`,
      Keywords: `rule book ${standing.ruleBookVersion}`,
      Creator: 'Adamant',
      Producer: 'Adamant',
      CreationDate: new Date(`${standing.on}T00:00:00Z`),
    },
  });
  const bytes = collected(pdf);
  const page = new Page(pdf, faces);
  if (letterhead) page.letterhead(head);
  page.text(title, 'bold', 15, 8);
  for (const block of [...said, ...end]) page.block(block);
  if (faces.regular.printable(text) !== text) page.text(unprintable, 'regular', small, 4);
  const { ledger, position, happenedBy, ruleBookVersion } = standing;
  const then = happenedBy === undefined ? '' : ` · happened by ${happenedBy}`;
  page.feet(`${ledger} · position ${position}${then} · rule book ${ruleBookVersion}`);
  pdf.end();
  return bytes;
}

const unprintable =
  'Characters that the fonts of this document lack, or that nobody sees, are written by their code points, as [U+0627].';

function collected(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((done, failed) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => done(Buffer.concat(chunks)));
    pdf.on('error', failed);
  });
}

/** `room` is what a cell takes of the line, with the gap to the next; its width where left out. */
type Cell = readonly [text: string, width: number, weight?: Weight, room?: number];
type Lines = readonly (readonly Run[])[];

/** Sets blocks from the top of the first page to the end of the last. */
class Page {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly faces: Readonly<Record<Weight, Typeface>>;
  private readonly width: number;
  private readonly end: number;
  private y = margin;

  constructor(pdf: PDFKit.PDFDocument, faces: Readonly<Record<Weight, Typeface>>) {
    this.pdf = pdf;
    this.faces = faces;
    this.width = pdf.page.width - 2 * margin;
    this.end = pdf.page.height - margin - foot;
  }

  letterhead(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.block === 'heading') this.text(block.text, 'bold', 14, 2);
      else this.block(block, 0);
    }
    this.y += 4;
    this.rule(1);
    this.y += 14;
  }

  block(block: Block, after = 6): void {
    switch (block.block) {
      case 'heading':
        this.y += 6;
        this.need(body * leading * 6);
        return this.text(block.text, 'bold', 11, 3);
      case 'paragraph':
        return this.text(block.text, block.strong ? 'bold' : 'regular', body, after);
      case 'list':
        for (const item of block.items)
          this.row(
            [
              ['•', 12],
              [item, this.width - 12],
            ],
            body,
            2,
          );
        this.y += after;
        return;
      case 'facts':
        for (const [label, value] of block.rows) {
          this.row(
            [
              [label, 130, 'bold'],
              [value, this.width - 130],
            ],
            body,
            2,
          );
        }
        this.y += after;
        return;
      case 'table':
        return this.table(block.columns, block.rows);
      case 'signature':
        for (const field of block.fields) this.signed(field);
    }
  }

  text(text: string, weight: Weight, size: number, after: number): void {
    this.row([[text, this.width, weight]], size, after);
  }

  /** A line to be filled in by hand. */
  private signed(field: string): void {
    this.need(30);
    this.y += 14;
    this.row([[field, 130, 'bold']], body, 0);
    this.pdf
      .moveTo(margin + 130, this.y)
      .lineTo(margin + 400, this.y)
      .lineWidth(0.5)
      .stroke();
    this.y += 4;
  }

  private table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const gap = 6;
    const widths = columns.map(({ share }) => share * this.width);
    const cells = (texts: readonly string[], weight: Weight): readonly Cell[] =>
      texts.map((text, n) => [text, (widths[n] ?? gap) - gap, weight, widths[n] ?? gap]);
    const head = cells(
      columns.map(({ title }) => title),
      'bold',
    );
    const begin = () => {
      this.row(head, small, 2);
      this.rule(0.7);
      this.y += 3;
    };
    this.need(small * leading * 4);
    begin();
    for (const row of rows) {
      this.row(cells(row, 'regular'), small, 2, begin);
      this.rule(0.2);
      this.y += 3;
    }
    this.y += 6;
  }

  /**
   * Texts side by side, each in its width. A row moves to the next page whole; one that no page
   * holds is broken where the page ends. `begin` is set again at the top of each new page.
   */
  private row(cells: readonly Cell[], size: number, after: number, begin?: () => void): void {
    const height = size * leading;
    const set = cells.map(([text, width, weight = 'regular', room = width]) => ({
      lines: linesOf(text, this.faces[weight], size, width),
      room,
    }));
    const most = Math.max(...set.map(({ lines }) => lines.length));
    const onAPage = Math.floor((this.end - margin) / height) - 3;
    for (let from = 0; from < most; from += onAPage) {
      const count = Math.min(onAPage, most - from);
      if (this.need(count * height)) begin?.();
      let x = margin;
      for (const { lines, room } of set) {
        this.put(lines.slice(from, from + count), x, size);
        x += room;
      }
      this.y += count * height;
    }
    this.y += after;
  }

  private put(lines: Lines, left: number, size: number): void {
    lines.forEach((runs, n) => {
      let x = left;
      for (const run of runs) {
        this.pdf
          // pdfkit takes a font that fontkit opened as it is; its types do not know.
          .font(run.font as unknown as Buffer, run.key)
          .fontSize(size)
          .text(run.text, x, this.y + n * size * leading, { lineBreak: false });
        x += widthOf(run) * size;
      }
    });
  }

  /** Turns the page when less than `height` is left; says whether it did. */
  private need(height: number): boolean {
    if (this.y + height <= this.end) return false;
    this.pdf.addPage();
    this.y = margin;
    return true;
  }

  private rule(thickness: number): void {
    this.pdf
      .moveTo(margin, this.y)
      .lineTo(margin + this.width, this.y)
      .lineWidth(thickness)
      .stroke();
  }

  /** What every page stands on, and its number, once their count is known. */
  feet(standing: string): void {
    const { count } = this.pdf.bufferedPageRange();
    for (let n = 0; n < count; n++) {
      this.pdf.switchToPage(n);
      this.y = this.end + foot - small * leading;
      const said = linesOf(
        `${standing} · page ${n + 1} of ${count}`,
        this.faces.regular,
        small,
        this.width,
      );
      this.put(said.slice(0, 1), margin, small);
    }
  }
}
