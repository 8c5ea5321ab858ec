import type { LedgerEvent } from '#events/ledger-event';
import { readings } from '#libs/correction/struck-out';
import { isTradeEvent } from '#libs/trade/kinds';
import { goodsLine, isGoodsEvent } from '#projections/history/line-goods';
import { isItemEvent, itemLine } from '#projections/history/line-jewellery';
import { isPaperEvent, paperLine } from '#projections/history/line-papers';
import { isPartyEvent, partyLine } from '#projections/history/line-party';
import { tradeLine } from '#projections/history/line-trade';
import {
  carats,
  countriesOf,
  ct,
  differing,
  marks,
  percent,
  pieces,
  some,
  where,
} from '#projections/history/words';

/**
 * What happened, in the words of the trade; parties and mines by their ids, weights in carats. Behind
 * it stand the marks by which its party says what it belongs to.
 */
export function lineOf(event: LedgerEvent): string {
  return `${happened(event)}${marks(event.meta)}`;
}

function happened(event: LedgerEvent): string {
  if (isTradeEvent(event)) return tradeLine(event);
  if (isGoodsEvent(event)) return goodsLine(event);
  if (isPaperEvent(event)) return paperLine(event);
  if (isItemEvent(event)) return itemLine(event);
  if (isPartyEvent(event)) return partyLine(event);
  const { by, place } = event.meta;
  switch (event.type) {
    case 'RuleBookAdopted': {
      const { jurisdiction, version, sha256 } = event.data;
      return `${by} adopted version ${version} of the rules of ${jurisdiction}, ${sha256}`;
    }
    case 'RoughDiamondRecovered': {
      const { weight, mineId, colour } = event.data;
      const stone = colour === undefined ? 'rough' : `${colour} rough`;
      return `${by} recovered ${stone} of ${carats(weight)} at ${mineId}`;
    }
    case 'HistoryOpened': {
      const { form, weight, basis } = event.data;
      return `${by} brought in a ${form} stone of ${carats(weight)}: ${basis}`;
    }
    case 'StoneOpened': {
      const { form, weight, parent, name } = event.data;
      const called = name === undefined ? '' : ` called ${name}`;
      return `${form} stone of ${carats(weight)}${called} came out of ${parent.stream}`;
    }
    case 'StoneNamed':
      return `named ${event.data.name}`;
    case 'OriginDeclared': {
      const claimed = countriesOf(event.data.origin);
      return `${by} declared mining origin ${claimed} for ${event.data.purpose}`;
    }
    case 'RoughScanned':
      return `scanned by ${event.data.provider}, scan ${event.data.scanId}`;
    case 'RoughScanMatched': {
      const { scanId, againstScanId, matched, scorePpm, tolerancePpm } = event.data;
      const score = scorePpm === undefined ? '' : `, ${percent(scorePpm)} alike`;
      const within = tolerancePpm === undefined ? '' : `, tolerance ${percent(tolerancePpm)}`;
      const verb = matched ? 'matches' : 'does not match';
      return `scan ${scanId} ${verb} scan ${againstScanId}${score}${within}`;
    }
    case 'ManufacturingStarted': {
      const { orderNo, factory, craftsmen } = event.data;
      const hands = craftsmen === undefined ? '' : ` with ${craftsmen} craftsmen`;
      const works = factory === undefined ? '' : ` at ${factory}`;
      return `${by} began manufacturing under order ${orderNo}${works}${hands}${where(place)}`;
    }
    case 'CuttingPlanApproved': {
      const planned = event.data.outputs.map(
        ({ shape, plannedMct }) => `${shape} ${ct(plannedMct)} ct`,
      );
      return `cutting plan ${event.data.planNo} approved: ${planned.join(', ')}`;
    }
    case 'RoughSawn':
      return `sawn by ${event.data.method} into ${pieces(event.data)}${where(place)}`;
    case 'RoughCleaved':
      return `cleaved into ${pieces(event.data)}${where(place)}`;
    case 'PolishedDiamondProduced': {
      const { weight, shape, name, planNo } = event.data;
      const stone = shape === undefined ? 'polished stone' : `polished ${shape}`;
      const called = name === undefined ? '' : ` called ${name}`;
      const plan = planNo === undefined ? '' : ` by plan ${planNo}`;
      return `${by} made a ${stone} of ${carats(weight)}${called}${plan}${where(place)}`;
    }
    case 'ManufacturingLossRecorded':
      return `${carats(event.data.weight)} lost by ${event.data.cause}`;
    case 'ManufacturingClosed':
      return `order ${event.data.orderNo} closed, all weight accounted for`;
    case 'GradingReportIssued': {
      const { laboratory, reportNo, reportType, gradeScale, weight, ...graded } = event.data;
      const { colour, clarity } = graded;
      const scale = gradeScale === undefined ? undefined : `by ${gradeScale}`;
      const grades = [colour, clarity, scale].filter((grade) => grade !== undefined);
      const what = reportType === undefined ? 'report' : `${reportType} report`;
      const ended = (event.data.superseded ?? []).map((each) => each.reportNo).join(', ');
      const instead = ended === '' ? '' : ` instead of ${ended}`;
      const found = [carats(weight), ...grades].join(', ');
      return `${laboratory} graded it ${found}: ${what} ${reportNo}${instead}`;
    }
    case 'StoneMatchedToReport': {
      const { laboratory, reportNo, method, deltas } = event.data;
      return `matched to ${laboratory} report ${reportNo} by ${method}${differing(deltas)}`;
    }
    case 'ReportMismatchFound': {
      const { laboratory, reportNo, finding, deltas } = event.data;
      return `not the stone of ${laboratory} report ${reportNo}: ${finding}${differing(deltas)}`;
    }
    case 'LaserInscriptionApplied':
      return `inscribed “${event.data.text}” on the ${event.data.location}`;
    case 'ProductionLotRecovered': {
      const { content, mineId, from, to, minSieveUm } = event.data;
      const when = from.time === to.time ? from.time : `${from.time} to ${to.time}`;
      const mesh = minSieveUm === undefined ? '' : `, over ${minSieveUm / 1000} mm`;
      return `${by} recovered a lot of ${carats(content.weight)} at ${mineId}, ${when}${mesh}`;
    }
    case 'ParcelOpened':
      return `parcel of ${carats(event.data.content.weight)} came out of ${event.data.parent.stream}`;
    case 'ParcelSorted': {
      const { parts, loss } = event.data;
      return `sorted into ${some(parts.length, 'parcel')}, ${carats(loss)} lost`;
    }
    case 'ParcelSplit': {
      const weights = event.data.parts.map(({ content }) => carats(content.weight));
      return `split: ${weights.join(', ')} taken out`;
    }
    case 'ParcelMixed':
      return `mixed into parcel ${event.data.into} with ${carats(event.data.content.weight)}`;
    case 'MixReceived':
      return `took in ${carats(event.data.content.weight)} from ${event.data.from.stream}`;
    case 'MixRefused':
      return `could not take in ${event.data.from.stream} (${event.data.code})`;
    case 'MixReturned':
      return `not taken in by parcel ${event.data.into} (${event.data.code}), back as it was`;
    case 'FlagClosed':
      return `${by} closed the flag ${event.data.rule} as ${event.data.outcome}: ${event.data.reason}`;
    case 'StoneSingledOut':
      return `a stone of ${carats(event.data.weight)} singled out`;
    case 'RecordCorrected': {
      const { target, changes, reason, cause } = event.data;
      const who = cause === undefined ? `${by} corrected` : 'following a correction,';
      return `${who} entry ${target.revision}: ${readings(changes)} (${reason})`;
    }
    case 'EventAnnulled':
      return `${by} annulled entry ${event.data.target.revision}: ${event.data.reason}`;
  }
}
