import type { DocumentRef } from '#events/event';
import { idOf } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import type { DocumentData, Standing } from '#libs/documents/document';
import { neverChecked } from '#libs/documents/document';
import type { FileStep, GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { goodsTold, stands } from '#libs/documents/goods-file';
import type { Letterhead } from '#libs/documents/letterhead';
import { factsIfNotRussian, refuseAbsent } from '#libs/documents/not-russian';
import { statementOn } from '#libs/documents/statements';
import { papersOf, shownDocument } from '#libs/documents/words';
import type { EvidenceKind, Facts } from '#libs/rulebook/facts';

/** From this weight of a stone on, in mct, the statement is asked for. */
const threshold = 500;

/**
 * The Due Diligence Statement on Diamond Origin for natural polished stones (7102 39) of 0.5 ct or
 * more, from 2026-01-01 (Art. 3p(8) of Regulation (EU) No 833/2014 and the Commission's FAQ of
 * December 2025). It is the importer's own, and must be backed by papers: they are listed by number
 * and hash. Refuses `goods-differ`, `statement-not-in-use`, `statement-untrue`, `statement-unproved`
 * and `document-needed` for goods without a paper.
 */
export function euDueDiligenceStatement(
  files: readonly (GoodsFile | ItemFile)[],
  letterhead: Letterhead,
  standing: Standing,
): DocumentData {
  const statement = statementOn('eu-due-diligence', standing.on);
  const lines = files.map((file) => lineOf(file, standing.on));
  return {
    kind: 'eu-due-diligence-statement',
    title: 'Due Diligence Statement on Diamond Origin',
    letterhead,
    facts: { statement, lines, legalBasis: 'Regulation (EU) No 833/2014, Art. 3p(8)' },
    body: [
      { block: 'paragraph', text: 'Regulation (EU) No 833/2014, Article 3p(8)' },
      { block: 'paragraph', text: statement.text, strong: true },
      { block: 'heading', text: 'Diamonds' },
      {
        block: 'table',
        columns: [
          { title: 'Record', share: 0.2 },
          { title: 'Diamond', share: 0.4 },
          { title: 'Country of mining', share: 0.2 },
          { title: 'Asked for', share: 0.2 },
        ],
        rows: lines.map(({ subject, goods, minedIn, asked }) => [
          idOf(subject),
          goods,
          minedIn.join(', '),
          asked,
        ]),
      },
      { block: 'heading', text: 'Supporting proof' },
      {
        block: 'table',
        columns: [
          { title: 'Record', share: 0.2 },
          { title: 'Paper', share: 0.4 },
          { title: 'SHA-256', share: 0.4 },
        ],
        rows: lines.flatMap(({ subject, proof }) =>
          proof.map((paper) => [idOf(subject), shownDocument(paper), paper.sha256 ?? 'not kept']),
        ),
      },
      { block: 'signature', fields: ['Name and title', 'Signature', 'Date and place'] },
    ],
    notChecked: [
      ...neverChecked,
      'the wording against the form of the Commission: its content is known from reports only',
      'what the papers say, and whether they are enough for the Diamond Office',
    ],
    standing,
  };
}

function lineOf(file: GoodsFile | ItemFile, on: string) {
  const { subject } = file;
  if ('item' in file) {
    throw new Refused(
      'goods-differ',
      `the statement is for loose natural polished diamonds (7102 39); ${idOf(subject)} is jewellery (7113), for which Art. 3p(4) has no date yet and Art. 3p(8) asks for nothing`,
      { field: 'id', subject, hs: '7113' },
    );
  }
  refuseAbsent(file);
  const { card } = file;
  const { hs, minedIn, stoneMct, evidence } = factsIfNotRussian(file, 'EU');
  if (hs !== '710239') {
    throw new Refused(
      'goods-differ',
      `the statement is for natural polished diamonds (7102 39); ${idOf(subject)} is of ${hs}`,
      { field: 'id', subject, hs },
    );
  }
  const proof = [
    ...papersOf(file.steps.filter(tellsOfGoods)).filter(isProof),
    ...evidenceOn(evidence, file.events, on),
  ];
  if (proof.length === 0) {
    throw new Refused(
      'document-needed',
      `the statement must be backed: no paper of ${idOf(subject)} is on file`,
      { field: 'id', subject },
    );
  }
  return {
    subject,
    goods: goodsTold(file),
    weight: { mct: card.mct, qualifier: card.qualifier, basis: card.basis },
    minedIn: minedIn ?? [],
    asked: askedFor(stoneMct),
    proof,
  };
}

/** A paper on what was written down wrongly speaks of the entry, and not of where a stone is from. */
function tellsOfGoods(step: FileStep): boolean {
  return stands(step) && step.type !== 'RecordCorrected' && step.type !== 'EventAnnulled';
}

/** What is told of a stone in public proves nothing to customs. */
const noProof: ReadonlySet<string> = new Set(['illustrative', 'press', 'announcement']);

function isProof({ type }: DocumentRef): boolean {
  return !noProof.has(type);
}

const backing: ReadonlySet<EvidenceKind> = new Set([
  'kimberley-single',
  'kimberley-listed',
  'kimberley-mixed',
  'kimberley-unstated',
  'g7-certificate',
  'documentary-evidence',
]);

/** Evidence that counts on the day, as the papers it is; what came with a parcel has no hash here. */
function evidenceOn(
  evidence: Facts['evidence'],
  events: GoodsFile['events'],
  on: string,
): readonly DocumentRef[] {
  const counting = evidence.filter(
    ({ kind, validFrom, validTo }) =>
      backing.has(kind) && (validFrom ?? on) <= on && on <= (validTo ?? on),
  );
  return counting.map(({ kind, ref }) => {
    const attached = events.find(
      ({ type, data }) => type === 'EvidenceAttached' && data.evidenceNo === ref,
    );
    const own = attached?.type === 'EvidenceAttached' ? attached.data.document : {};
    return { ...(ref !== undefined && { number: ref }), ...own, type: kind };
  });
}

function askedFor(stone: Readonly<{ min: number; max: number | null }> | null): string {
  if (stone === null) return 'weight of a stone unknown';
  if (stone.min >= threshold) return 'yes, 0.5 ct or more';
  return stone.max !== null && stone.max < threshold ? 'no, under 0.5 ct' : 'perhaps';
}
