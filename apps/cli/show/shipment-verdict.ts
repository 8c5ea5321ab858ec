import {
  counterpartyLine,
  listed,
  notAdvice,
  outcomeShown,
  verdictLine,
} from '#apps/cli/show/verdict';
import type { GoodsJudged } from '#apps/cli/show/verdict';
import type { Paint } from '#apps/cli/terminal';
import { idOf } from '#events/streams';
import { worstOf } from '#libs/rulebook/preflight';

/** The worst of the goods, as the nth jurisdiction asked judges them. */
const outcomeOf = (goods: readonly GoodsJudged[], n: number) =>
  worstOf(goods.flatMap(({ judgements }) => judgements[n]?.outcome ?? 'UNDETERMINED'));

/** A shipment for machines: its verdict for each jurisdiction, and all that stands behind it. */
export function shipmentJson(goods: readonly GoodsJudged[], jurisdictions: readonly string[]) {
  return {
    outcomes: jurisdictions.map((jurisdiction, n) => ({
      jurisdiction,
      day: goods[0]?.judgements[n]?.day ?? null,
      outcome: outcomeOf(goods, n),
    })),
    goods: goods.map(({ subject, facts, judgements, counterparties }) => ({
      subject,
      facts,
      judgements,
      counterparties: counterparties.flat(),
    })),
  };
}

/** A shipment for people: a line for each of the goods; what a line rests on is asked of the goods. */
export function shipmentLines(
  goods: readonly GoodsJudged[],
  jurisdictions: readonly string[],
  paint: Paint,
): readonly string[] {
  return jurisdictions.flatMap((jurisdiction, n) => {
    const found = goods.flatMap(({ judgements }) => judgements[n] ?? []);
    const [first] = found;
    const on = first ? ` on ${first.day}` : '';
    const beside = goods.flatMap(({ counterparties, names }) =>
      (counterparties[n] ?? []).map((each) => counterpartyLine(each, names, paint)),
    );
    const stale = found.some(({ verdict }) => verdict.staleRisk);
    return [
      `${jurisdiction}${on}: ${outcomeShown(outcomeOf(goods, n), paint).trimEnd()}, the worst of ${goods.length} goods`,
      ...goods.flatMap(({ subject, judgements }) => {
        const judgement = judgements[n];
        return judgement ? [verdictLine(judgement, idOf(subject), paint)] : [];
      }),
      ...listed('Counterparties', [...new Set(beside)]),
      ...listed('Not checked', [...new Set(found.flatMap(({ verdict }) => verdict.notChecked))]),
      ...(stale ? ['  The day lies after what is known of this law.'] : []),
      `  ${notAdvice}`,
    ];
  });
}
