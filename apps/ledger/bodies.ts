import {
  CausationId,
  CorrelationId,
  Count,
  Country,
  Form,
  Gln,
  Judged,
  ListOf,
  Mct,
  Of,
  OneOf,
  Optional,
  Sha256,
  Text,
  Texts,
} from '#apps/ledger/fields';
import type { When } from '#events/event';
import { chainsOfCustody, qualifiers, weightBases } from '#events/values';
import type { ChainOfCustody, Weight } from '#events/values';
import { spanOf } from '#libs/decider/when';

export function isDay(value: unknown): value is string {
  return typeof value === 'string' && spanOf({ time: value, precision: 'day' }) !== undefined;
}

export const Day = (example: string) =>
  Judged('day', (value) => (isDay(value) ? undefined : 'must be a day as YYYY-MM-DD'), {
    type: String,
    format: 'date',
    example,
  });

const precisions: readonly When['precision'][] = ['year', 'month', 'day', 'instant'];

/** A time must have the form its own precision names, and stand in the calendar. */
function whenFault(value: unknown): string | undefined {
  const { time, precision } = (value ?? {}) as Partial<When>;
  if (typeof time !== 'string' || !precisions.some((known) => known === precision))
    return undefined;
  return spanOf({ time, precision: precision ?? 'day' }) === undefined
    ? `time must be a real ${precision} (YYYY, YYYY-MM, YYYY-MM-DD or an ISO 8601 UTC instant)`
    : undefined;
}

export class WhenBody {
  @Text(30, '2025-04-04') readonly time!: string;
  @OneOf(precisions, 'day') readonly precision!: When['precision'];
}

/** When it happened, as precisely as it is known. */
export function Moment(): PropertyDecorator {
  const nested = Of(() => WhenBody);
  const judged = Judged('when', whenFault, { example: { time: '2025-04-04', precision: 'day' } });
  return (target, key) => {
    nested(target, key);
    judged(target, key);
  };
}

export class PlaceBody {
  @Optional(Country('BE')) readonly country?: string;
  @Optional(Form(/^[A-Z]{2}[A-Z2-9]{3}$/, 'a UN/LOCODE', 5, 'BEANR')) readonly unlocode?: string;
  @Optional(Text(100, 'ru-ebelyakh')) readonly mineId?: string;
  @Optional(Gln()) readonly gln?: string;
  @Optional(Text(200, 'Antwerp Diamond Office')) readonly text?: string;
}

export class DocumentBody {
  @Text(60, 'invoice') readonly type!: string;
  @Optional(Text(100, 'INV-2025-118')) readonly number?: string;
  @Optional(Text(200, 'ALROSA')) readonly issuer?: string;
  @Optional(Day('2025-04-04')) readonly issuedOn?: string;
  @Optional(Sha256()) readonly sha256?: string;
  @Optional(Form(/^[\w.+-]+\/[\w.+-]+$/, 'a media type', 100, 'application/pdf'))
  readonly mediaType?: string;
  @Optional(Text(500, 'copy of the original')) readonly note?: string;
}

/**
 * What every act may say: when it happened (left out: now), where, on which papers, and by the
 * caller's own marks what it belongs to and what it was caused by.
 */
export class ActBody {
  @Optional(Moment()) readonly at?: WhenBody;
  @Optional(Of(() => PlaceBody)) readonly place?: PlaceBody;
  @Optional(ListOf(() => DocumentBody, { most: 20 })) readonly documents?: DocumentBody[];
  @Optional(CorrelationId()) readonly correlationId?: string;
  @Optional(CausationId()) readonly causationId?: string;
}

export class WeightBody {
  @Mct(1010, 1) readonly mct!: number;
  @OneOf(qualifiers) readonly qualifier!: Weight['qualifier'];
  @OneOf(weightBases) readonly basis!: Weight['basis'];
  @Optional(Mct(1)) readonly tolMct?: number;
}

/** A weight that may be nothing: what was lost. */
export class LossBody {
  @Mct(12) readonly mct!: number;
  @OneOf(qualifiers) readonly qualifier!: Weight['qualifier'];
  @OneOf(weightBases) readonly basis!: Weight['basis'];
}

export class MoneyBody {
  @Count(0, Number.MAX_SAFE_INTEGER, 1_250_000) readonly minor!: number;
  @Form(/^[A-Z]{3}$/, 'an ISO 4217 currency code', 3, 'USD') readonly currency!: string;
}

export class OriginShareBody {
  @Country() readonly country!: string;
  @Count(0, 1_000_000, 1_000_000) readonly minPpm!: number;
  @Count(0, 1_000_000, 1_000_000) readonly maxPpm!: number;
}

export class OriginBody {
  @ListOf(() => OriginShareBody, { least: 0, most: 60 }) readonly countries!: OriginShareBody[];
  @Texts(100, ['ru-ebelyakh'], { least: 0, most: 100 }) readonly mineIds!: string[];
  @OneOf(chainsOfCustody) readonly chainOfCustody!: ChainOfCustody;
}

export class ContentBody {
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Optional(Count(1, 1_000_000_000, 240)) readonly pieces?: number;
}
