import type { Paint } from '#apps/cli/terminal';
import type { DocumentRef } from '#events/event';
import { struckOut, valueText } from '#libs/correction/struck-out';
import {
  illustrationOf,
  shownDocument,
  shownPlace,
  shownWhen,
  tellerOf,
  withPlainBounds,
} from '#libs/documents/words';
import type { Change } from '#projections/history/changes';
import type { ShownStep } from '#projections/history/told';

type Names = Readonly<Record<string, string>>;

/**
 * The steps as they happened: date as precisely as it is known, what, by whom, where, on which
 * papers (numbered, listed once at the end). `~` marks what is not public knowledge, `×` what was
 * annulled; under each stands what it changed of the goods, and what was struck out, by whom, why
 * and on which papers.
 */
export function timeline(
  steps: readonly ShownStep[],
  names: Names,
  paint: Paint,
): readonly string[] {
  const papers: string[] = [];
  const width = Math.max(4, ...steps.map(({ at }) => shownWhen(at).length));
  const indent = ' '.repeat(width + 7);
  const lines = steps.flatMap((step) => {
    const made = illustrationOf(step.documents);
    const mark = step.annulled === 1 ? paint('red', '×') : made ? paint('yellow', '~') : ' ';
    const what = withPlainBounds(step.line);
    const about = [tellerOf(step), names[step.by] ?? step.by, shownPlace(step.place)]
      .filter((part) => part !== '')
      .join(' · ');
    return [
      `  ${shownWhen(step.at).padEnd(width)}  ${mark} ${what}`,
      paint('dim', `${indent}${about}${numbered(step.documents, papers)}`),
      ...(step.details
        ? [paint('dim', `${indent}${withPlainBounds(step.details.join('; '))}`)]
        : []),
      ...(made === undefined ? [] : [paint('yellow', `${indent}illustrative: ${made}`)]),
      ...(step.changes.length === 0
        ? []
        : [paint('dim', `${indent}changed ${step.changes.map(changed).join('; ')}`)]),
      ...step.corrections.map((each) => {
        const told = `${struckOut(each, names)}${numbered(each.documents, papers)}`;
        return paint('red', `${indent}${told}`);
      }),
    ];
  });
  return [...lines, ...papers.map((paper, n) => paint('dim', `  [${n + 1}] ${paper}`))];
}

/** `owner alrosa → graff`, `weight 5.00 ct → 4.90 ct`; nothing stands before what is new. */
function changed({ field, from, to }: Change): string {
  const isHand = field === 'custodian' || field === 'owner';
  const told = (value: unknown) => {
    if (value === null) return isHand ? 'nobody known' : 'nothing';
    return typeof value === 'string' ? value : withPlainBounds(valueText(value));
  };
  return from === null ? `${field} → ${told(to)}` : `${field} ${told(from)} → ${told(to)}`;
}

/** ` [1][3]`; papers not seen before are added. */
function numbered(documents: readonly DocumentRef[] | null, papers: string[]): string {
  const real = (documents ?? []).filter(({ type }) => type !== 'illustrative');
  const numbers = real.map((document) => {
    const paper = shownDocument(document);
    if (!papers.includes(paper)) papers.push(paper);
    return papers.indexOf(paper) + 1;
  });
  const marks = numbers.sort((a, b) => a - b).map((n) => `[${n}]`);
  return marks.length === 0 ? '' : ` ${marks.join('')}`;
}
