import type { Evidence, EvidenceKind } from '#libs/rulebook/facts';
import type { Ways } from '#libs/rulebook/rule';

/** The papers that count on the day. */
export type OnFile = readonly Evidence[];

function isOnFile(kind: EvidenceKind, onFile: OnFile): boolean {
  for (const paper of onFile) if (paper.kind === kind) return true;
  return false;
}

/** Whether all papers of a way are there. */
export function isWhole(way: Ways[number], onFile: OnFile): boolean {
  for (const kind of way) if (!isOnFile(kind, onFile)) return false;
  return true;
}

/** Whether any one way is whole; no ways ask for what cannot be given. */
export function satisfied(ways: Ways, onFile: OnFile): boolean {
  for (const way of ways) if (isWhole(way, onFile)) return true;
  return false;
}

/** The names of the papers that prove it, each once. */
export const named = (ways: Ways, onFile: OnFile) => [
  ...new Set(
    ways
      .filter((way) => isWhole(way, onFile))
      .flatMap((way) => way.flatMap((kind) => refs(kind, onFile))),
  ),
];

const refs = (kind: EvidenceKind, onFile: OnFile) =>
  onFile.flatMap((paper) => (paper.kind === kind ? (paper.ref ?? []) : [])).sort();

/** What is still missing of each way, shortest first; none that asks for more than another does. */
export function missing(ways: Ways, onFile: OnFile): Ways {
  const open = ways.map((way) => way.filter((kind) => !isOnFile(kind, onFile)));
  if (open.length === 1) return open;
  return open
    .sort((a, b) => a.length - b.length)
    .filter(
      (way, n, all) => !all.some((less, m) => m < n && less.every((kind) => way.includes(kind))),
    );
}
