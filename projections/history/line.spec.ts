import { expect, it } from '@jest/globals';
import type { LedgerEvent } from '#events/ledger-event';
import { lineOf } from '#projections/history/line';
import { mct } from '#test/support/given';

const at = { time: '2025-04-04', precision: 'day' } as const;
const line = (type: LedgerEvent['type'], data: object) =>
  lineOf({ type, data, meta: { id: 'x', by: 'kgk', at } } as unknown as LedgerEvent);
const report = { laboratory: 'gia', reportNo: '22' };

it('tells what an act says besides the least it must', () => {
  expect(line('ManufacturingStarted', { orderNo: '7', factory: 'works 2', craftsmen: 3 })).toBe(
    'kgk began manufacturing under order 7 at works 2 with 3 craftsmen',
  );
  const content = { weight: { ...mct(900_000), tolMct: 50 } };
  const lot = { mineId: 'bw-jwaneng', from: at, to: at, content, minSieveUm: 1_500 };
  expect(line('ProductionLotRecovered', lot)).toBe(
    'kgk recovered a lot of 900.00 ct ± 0.05 ct at bw-jwaneng, 2025-04-04, over 1.5 mm',
  );
  expect(line('PolishedDiamondProduced', { n: 1, weight: mct(1_010), planNo: 'P-3' })).toBe(
    'kgk made a polished stone of 1.01 ct by plan P-3',
  );
  const scans = { scanId: 's2', againstScanId: 's1', scorePpm: 992_500, tolerancePpm: 10_000 };
  expect(line('RoughScanMatched', { ...scans, matched: true })).toBe(
    'scan s2 matches scan s1, 99.25 % alike, tolerance 1 %',
  );
});

it('tells what a report is, and what a stone differs from it by', () => {
  const graded = { ...report, weight: mct(1_010), colour: 'D', clarity: 'IF' };
  const told = { ...graded, reportType: 'diamond-grading', gradeScale: 'iso-24016' };
  expect(line('GradingReportIssued', told)).toBe(
    'gia graded it 1.01 ct, D, IF, by iso-24016: diamond-grading report 22',
  );
  const deltas = { mct: -4, micrometres: [10, 0, -10] };
  expect(line('StoneMatchedToReport', { ...report, method: 'loupe', deltas })).toBe(
    'matched to gia report 22 by loupe, by -0.004 ct and +0.01/0/-0.01 mm',
  );
  expect(line('ReportMismatchFound', { ...report, finding: 'heavier', deltas: { mct: 40 } })).toBe(
    'not the stone of gia report 22: heavier, by +0.04 ct',
  );
});

it('tells which line of an invoice goods are', () => {
  const price = { minor: 100, currency: 'USD' };
  const invoice = { invoiceNo: 'I-7', seller: 'kgk', buyer: 'graff', price, warranties: [] };
  expect(line('InvoiceIssued', { ...invoice, weight: mct(1_010), line: { no: 2, of: 3 } })).toBe(
    'kgk invoiced graff 1.01 ct for USD 1.00: I-7, line 2 of 3',
  );
});

it('tells a place that only a Global Location Number names', () => {
  const made = { type: 'StoneBruted', data: { weightAfter: mct(900) } } as const;
  const meta = { id: 'x', by: 'kgk', at, place: { gln: '9506000134352' } };
  expect(lineOf({ ...made, meta })).toBe('bruted to 0.90 ct in GLN 9506000134352');
});

it('tells what goods were weighed at, and under which seal, when they changed hands', () => {
  const hands = { from: 'kgk', to: 'graff', weight: { ...mct(1_010), tolMct: 1 } };
  expect(line('CustodyReleased', { ...hands, purpose: 'sale', sealNo: 'S-1' })).toBe(
    'kgk released it to graff for sale at 1.01 ct ± 0.001 ct under seal S-1',
  );
  expect(line('CustodyAccepted', hands)).toBe('graff accepted it from kgk at 1.01 ct ± 0.001 ct');
});
