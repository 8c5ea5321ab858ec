import { reportId } from '#events/streams';
import type { Cast, Party } from '#apps/cli/generate/cast';
import { type Looks, cutGrade, printedMct } from '#apps/cli/generate/grading';
import { daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';
import { hand } from '#apps/cli/generate/trade-story';

/** A polished stone in the hands of who cut it. */
export type Polished = Readonly<{ goods: Goods; looks: Looks; cutter: Party; owner: Party }>;

/** Numbers of reports have ten digits. */
const firstReport = 2_000_000_000;

/** Report, match and inscription at a laboratory; then to the owner. Answers when it is there. */
export function grade(script: Script, cast: Cast, stone: Polished, at: number): number {
  const { random } = script;
  const { goods, cutter, owner } = stone;
  const by = cast.laboratory(random, cutter);
  const handing = { from: cutter, to: by, purpose: 'laboratory' } as const;
  const arrivedAt = hand(script, goods, handing, at);
  const gradedAt = daysLater(random, arrivedAt, 3, 25);
  if (random.chance(0.01)) {
    const treatment = { kind: 'laser-drilling', permanent: true } as const;
    const seenAt = gradedAt - 3 * hour;
    script.stone(goods.id, { by, at: seenAt }, { type: 'DiscloseTreatment', ...treatment });
  }
  let { reportNo, at: doneAt } = report(script, stone, by, gradedAt);
  if (random.chance(0.02)) {
    const other = anew(script, stone, by, reportNo, doneAt);
    ({ reportNo, at: doneAt } = other);
  }
  if (random.chance(0.6)) {
    doneAt = daysLater(random, doneAt, 1, 3);
    script.stone(
      goods.id,
      { by, at: doneAt },
      { type: 'InscribeStone', text: reportNo, location: 'girdle' },
    );
    if (random.chance(0.05)) {
      const read = { type: 'VerifyInscription', text: reportNo, method: 'loupe 20x' } as const;
      script.stone(goods.id, { by, at: doneAt + 2 * hour }, read);
    }
  }
  const homeAt = daysLater(random, doneAt, 1, 5);
  return hand(script, goods, { from: by, to: owner, purpose: 'return' }, homeAt);
}

type Reported = Readonly<{ reportNo: string; at: number }>;

/** Issued, and the stone found to be the one. Answers when. */
function report(script: Script, { goods, looks }: Polished, by: Party, at: number): Reported {
  const { random } = script;
  const matchedAt = daysLater(random, at, 1, 2);
  const reportNo = String(firstReport + script.serial());
  const weight = { mct: printedMct(goods.mct), qualifier: 'eq', basis: 'reported' } as const;
  const cut = cutGrade(random);
  script.stone(goods.id, { by, at }, { type: 'IssueReport', reportNo, weight, ...looks, cut });
  script.stone(
    goods.id,
    { by, at: matchedAt },
    { type: 'MatchReport', laboratory: by.id, reportNo, method: 'weight, measurements, plot' },
  );
  return { reportNo, at: matchedAt };
}

/** Looked at once more before it leaves: another report takes the place of the first. */
function anew(script: Script, stone: Polished, by: Party, reportNo: string, at: number): Reported {
  const { random } = script;
  const lookedAt = daysLater(random, at, 1, 3);
  const flag = { type: 'FlagInHouse', laboratory: by.id, reportNo, inHouse: true } as const;
  script.report(reportId(by.id, reportNo), { by, at: lookedAt }, flag);
  return report(script, stone, by, daysLater(random, lookedAt, 1, 5));
}
