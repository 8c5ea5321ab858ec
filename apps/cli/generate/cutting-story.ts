import { partId } from '#events/streams';
import type { Cast, Party } from '#apps/cli/generate/cast';
import { looksOf } from '#apps/cli/generate/grading';
import { daysLater } from '#apps/cli/generate/moment';
import { bringToMarket } from '#apps/cli/generate/polished-story';
import type { Goods, Script } from '#apps/cli/generate/script';
import { weighed } from '#apps/cli/generate/trade-story';

/**
 * Rough in the hands of a cutter; `scanId` of the mine's scan, if it made one, `planNo` of a plan for
 * the very rough that is polished.
 */
export type Rough = Readonly<{
  goods: Goods;
  cutter: Party;
  owner: Party;
  scanId?: string;
  planNo?: string;
}>;

const scanner = 'rough-scan';

/** Lighter rough makes one stone. */
const lightestSawn = 1_000;

/** Scanned, planned, sawn or not, polished, accounted for; then what came out is sold. */
export function cutRough(script: Script, cast: Cast, rough: Rough, at: number): void {
  const { random } = script;
  const { goods, cutter } = rough;
  const orderNo = `WO-${random.int(10_000, 99_999)}`;
  const planNo = `${orderNo}-P1`;
  const by = cutter;
  scan(script, rough, at);
  const begunAt = daysLater(random, at, 2, 10);
  const plannedAt = daysLater(random, begunAt, 1, 6);
  const isSawn = goods.mct >= lightestSawn && random.chance(0.3);
  const pieces = isSawn ? sawnWeights(script, goods.mct) : [goods.mct];
  const yields = pieces.map((mct) => Math.round((mct * random.int(400, 580)) / 1000));
  const outputs = yields.map((mct) => ({
    shape: 'Round Brilliant',
    plannedMct: Math.round(mct * 0.98),
  }));
  script.stone(
    goods.id,
    { by, at: begunAt },
    { type: 'StartManufacturing', orderNo, craftsmen: goods.mct > 10_800 ? 6 : 2 },
  );
  script.stone(goods.id, { by, at: plannedAt }, { type: 'ApproveCuttingPlan', planNo, outputs });
  const sawnAt = daysLater(random, plannedAt, 1, 6);
  if (isSawn) {
    script.stone(
      goods.id,
      { by, at: sawnAt },
      {
        type: 'SawRough',
        method: random.chance(0.8) ? 'laser' : 'blade',
        pieces: pieces.map((mct) => ({ weight: weighed(mct) })),
        loss: weighed(goods.mct - pieces.reduce((sum, mct) => sum + mct, 0)),
      },
    );
  }
  pieces.forEach((mct, i) => {
    const id = isSawn ? partId(goods.id, i + 1) : goods.id;
    const piece = { ...rough, goods: { ...goods, id, mct }, ...(!isSawn && { planNo }) };
    polish(script, cast, piece, yields[i] ?? 0, isSawn ? sawnAt : plannedAt);
  });
}

/** The cutter's own scan, compared with the mine's where there is one. */
function scan(script: Script, { goods, cutter, scanId }: Rough, at: number): void {
  const { random } = script;
  const own = takeScan(script, goods, cutter, at);
  if (scanId === undefined) return;
  const matchedAt = daysLater(random, at, 1, 1);
  const matched = random.chance(0.97);
  script.stone(
    goods.id,
    { by: cutter, at: matchedAt },
    {
      type: 'MatchRoughScan',
      provider: scanner,
      scanId: own,
      againstScanId: scanId,
      matched,
      scorePpm: matched ? 994_000 : 871_000,
      tolerancePpm: 10_000,
    },
  );
}

/** Answers the scan's id. */
export function takeScan(script: Script, goods: Goods, by: Party, at: number): string {
  const { random } = script;
  const scanId = random.hex(12);
  const deviceId = `dev-${random.int(100, 999)}`;
  script.stone(
    goods.id,
    { by, at },
    { type: 'ScanRough', provider: scanner, scanId, scanSha256: random.hex(64), deviceId },
  );
  return scanId;
}

/** One polished stone out of a piece; the rest is dust, or now and then the piece breaks. */
function polish(script: Script, cast: Cast, rough: Rough, mct: number, at: number): void {
  const { random } = script;
  const { goods, cutter, owner, planNo } = rough;
  const by = cutter;
  const workedDays = 5 + Math.min(400, Math.round(goods.mct / 400));
  const doneAt = daysLater(random, at, 4, workedDays + 10);
  const broke = random.chance(0.01);
  if (!broke) {
    const looks = looksOf(random, mct);
    const made = planNo === undefined ? {} : { planNo };
    script.stone(
      goods.id,
      { by, at: doneAt },
      { type: 'ProducePolished', ...made, weight: weighed(mct), ...looks },
    );
    const polished = { goods: { ...goods, id: partId(goods.id, 1), mct }, looks, cutter, owner };
    bringToMarket(script, cast, polished, daysLater(random, doneAt, 1, 10));
  }
  const lost = broke ? goods.mct : goods.mct - mct;
  const lostAt = daysLater(random, doneAt, 1, 1);
  script.stone(
    goods.id,
    { by, at: lostAt },
    { type: 'RecordLoss', weight: weighed(lost), cause: broke ? 'breakage' : 'polishing' },
  );
  const closedAt = daysLater(random, lostAt, 1, 2);
  script.stone(goods.id, { by, at: closedAt }, { type: 'CloseManufacturing' });
}

/** Two pieces, the bigger first; 2 to 4 % is lost to the cut. */
function sawnWeights({ random }: Script, mct: number): readonly number[] {
  const kept = Math.round((mct * random.int(960, 980)) / 1000);
  const bigger = Math.round((kept * random.int(520, 700)) / 1000);
  return [bigger, kept - bigger];
}
