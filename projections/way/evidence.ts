import type { Recorded } from '#events/event';
import type { EvidenceAttached, EvidenceEvent, EvidenceRevoked, Paper } from '#events/evidence';
import type { GoodsCertified, GoodsDecertified } from '#events/packing';
import { dayBefore } from '#libs/reference/calendar';
import type { Evidence, EvidenceKind } from '#libs/rulebook/facts';

/** A paper on file for goods; days `YYYY-MM-DD`, both inclusive, null is open. */
export type PaperOnFile = Readonly<{
  evidenceNo: string;
  paper: Paper;
  validFrom: string | null;
  validTo: string | null;
}>;

/** What puts papers on file, or takes them off. */
export type PaperEvent = EvidenceEvent | GoodsCertified | GoodsDecertified;

/** The papers after an event; a revoked one ends the day before, an invalid one never was. */
export function evolvePapers(
  papers: readonly PaperOnFile[],
  event: Recorded<PaperEvent>,
): readonly PaperOnFile[] {
  switch (event.type) {
    case 'EvidenceAttached':
      return [...papers, onFile(event.data)];
    case 'GoodsCertified': {
      const { number, origin, validFrom, validTo } = event.data;
      const paper = { kind: 'kimberley-certificate', number, origin } as const;
      return [...papers, { evidenceNo: ownName(number), paper, validFrom, validTo }];
    }
    case 'GoodsDecertified':
      return without(papers, { ...event.data, evidenceNo: ownName(event.data.number) });
    case 'EvidenceRevoked':
      return without(papers, event.data);
  }
}

/** A certificate of the ledger itself, beside any that a party put on file; not a number of theirs. */
export const ownName = (number: string) => `ledger:${number}`;

function without(
  papers: readonly PaperOnFile[],
  { evidenceNo, ground, from }: Pick<EvidenceRevoked['data'], 'evidenceNo' | 'ground' | 'from'>,
): readonly PaperOnFile[] {
  return papers.flatMap((each) => {
    if (each.evidenceNo !== evidenceNo) return [each];
    if (ground === 'invalid') return [];
    const before = dayBefore(from);
    const validTo = each.validTo !== null && each.validTo < before ? each.validTo : before;
    return each.validFrom !== null && validTo < each.validFrom ? [] : [{ ...each, validTo }];
  });
}

function onFile({ evidenceNo, paper, validFrom, validTo }: EvidenceAttached['data']): PaperOnFile {
  return { evidenceNo, paper, validFrom: validFrom ?? null, validTo: validTo ?? null };
}

export const isKimberley = ({ paper }: PaperOnFile) => paper.kind === 'kimberley-certificate';

/**
 * What the rule book is told of papers, for goods that could have been mined in `mined`. `showing`
 * says what a stay proves; one in Russia is no proof of having been elsewhere.
 */
export function evidenceOf(
  papers: readonly PaperOnFile[],
  mined: readonly string[],
  showing: (stay: Stay) => Evidence['shows'],
): readonly Evidence[] {
  return papers.flatMap(({ evidenceNo, paper, validFrom, validTo }) => {
    const kind = kindOf(paper, mined);
    if (kind === null) return [];
    const shows = paper.kind === 'location-proof' ? showing(paper) : undefined;
    return [{ kind, validFrom, validTo, ref: evidenceNo, ...(shows && { shows }) }];
  });
}

/** Where a paper has the goods from one day to another; without an end while they are there. */
export type Stay = Readonly<{ country: string; from: string; to?: string | undefined }>;

function kindOf(paper: Paper, mined: readonly string[]): EvidenceKind | null {
  switch (paper.kind) {
    case 'kimberley-certificate':
      return kimberleyKind(paper, mined);
    case 'supplier-declaration':
    case 'invoice':
    case 'air-waybill':
    case 'packing-list':
      return 'documentary-evidence';
    case 'us-self-certification':
      return paper.statement === 'loose' ? 'us-statement-loose' : 'us-statement-jewellery';
    case 'us-licence-statement':
      return paper.licence === 'GL103' ? 'us-statement-gl103' : 'us-statement-gl104';
    case 'processing-record':
      return null;
    case 'location-proof':
      return paper.country === 'RU' ? null : paper.kind;
    default:
      return paper.kind;
  }
}

/** A certificate that leaves out a country the goods could come from does not say where they do. */
function kimberleyKind(
  { origin }: Extract<Paper, { kind: 'kimberley-certificate' }>,
  mined: readonly string[],
): EvidenceKind {
  switch (origin.kind) {
    case 'mixed-undisclosed':
      return 'kimberley-mixed';
    case 'single':
      return mined.every((country) => country === origin.country)
        ? 'kimberley-single'
        : 'kimberley-unstated';
    case 'mixed-listed':
      return mined.every((country) => origin.countries.includes(country))
        ? 'kimberley-listed'
        : 'kimberley-unstated';
  }
}

/** Stays that papers prove, earliest first. */
export function provedStays(papers: readonly PaperOnFile[]): readonly Stay[] {
  return papers
    .flatMap(({ paper }) => (paper.kind === 'location-proof' ? [paper] : []))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Every country that a paper says something was made of the goods in. */
export function provedWork(papers: readonly PaperOnFile[]): readonly string[] {
  return papers.flatMap(({ paper }) => (paper.kind === 'processing-record' ? paper.country : []));
}

/** The last processing that papers tell of; null when there is none, or two of one day differ. */
export function provedProcessing(papers: readonly PaperOnFile[]) {
  const records = papers
    .flatMap(({ paper }) => (paper.kind === 'processing-record' ? [paper] : []))
    .sort((a, b) => (a.on > b.on ? -1 : 1));
  const [last] = records;
  if (!last) return null;
  const { country, operation, on } = last;
  const agree = records.every(
    (each) => each.on < on || (each.country === country && each.operation === operation),
  );
  return agree ? { state: 'processed' as const, in: country, operation } : null;
}
