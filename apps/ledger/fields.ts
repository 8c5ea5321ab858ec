import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { anyId, chosenId, longestChosenId, longestId } from '#events/streams';

/**
 * Fields of request bodies. Each decorator says once what is accepted, and tells the validator and
 * OpenAPI. Nothing is converted; every length, count and number is bounded.
 */
function all(...parts: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => parts.forEach((part) => part(target, key));
}

/** The field may be left out; `null` is not leaving out. */
export function Optional(field: PropertyDecorator): PropertyDecorator {
  const given = ValidateIf((_, value) => value !== undefined);
  return all(field, given, ApiProperty({ required: false }));
}

const plain = /^(?=.*\S)\P{Cc}*$/u;

/** One line of text without control characters. */
export function Text(longest: number, example: string): PropertyDecorator {
  return all(
    IsString({ message: 'must be text' }),
    Length(1, longest, { message: `must be 1 to ${longest} characters long` }),
    Matches(plain, { message: 'must be plain text, neither blank nor with control characters' }),
    ApiProperty({ type: String, minLength: 1, maxLength: longest, example }),
  );
}

/** Text of a fixed form; `form` says it in words. */
export function Form(pattern: RegExp, form: string, longest: number, example: string) {
  return all(
    Length(1, longest, { message: `must be ${form}` }),
    Matches(pattern, { message: `must be ${form}` }),
    ApiProperty({ type: String, pattern: pattern.source, maxLength: longest, example }),
  );
}

/** An id of a stone, parcel or party that the ledger knows or derived. */
export function Id(example: string): PropertyDecorator {
  return Form(anyId, 'an id: a-z, 0-9, single dashes, dots or tildes', longestId, example);
}

/** An id the caller chooses for something new. */
export function NewId(example: string): PropertyDecorator {
  return Form(chosenId, 'an id: a-z, 0-9 and single dashes', longestChosenId, example);
}

export const PartyId = (example = 'alrosa') => Id(example);

/** ISO 3166-1 alpha-2. */
export const Country = (example = 'RU') =>
  Form(/^[A-Z]{2}$/, 'a country code of two capital letters', 2, example);

/** A GS1 Global Location Number; the decider checks its last digit. */
export const Gln = () => Form(/^\d{13}$/, 'a GLN of 13 digits', 13, '9506000134352');

/** A caller's own mark of what acts belong to: visible ASCII. */
const Mark = (example: string) =>
  Form(/^[\x21-\x7e]+$/, '1 to 100 visible characters', 100, example);
export const CorrelationId = () => Mark('ORDER-2025-118');
export const CausationId = () => Mark('MSG-77');

export const Sha256 = () =>
  Form(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits', 64, 'ab'.repeat(32));

export function Count(least: number, most: number, example: number): PropertyDecorator {
  return all(
    IsInt({ message: 'must be a whole number' }),
    Min(least, { message: `must be at least ${least}` }),
    Max(most, { message: `must be at most ${most}` }),
    ApiProperty({ type: 'integer', minimum: least, maximum: most, example }),
  );
}

/** Heavier than all diamonds ever mined (about 5 billion carats) no goods can be. */
const heaviest = 10_000_000_000_000;

/** A weight in milli-carats: 1 ct = 1000 mct. */
export const Mct = (example: number, least = 0) => Count(least, heaviest, example);

export function Flag(example: boolean): PropertyDecorator {
  return all(
    IsBoolean({ message: 'must be true or false' }),
    ApiProperty({ type: Boolean, example }),
  );
}

export function OneOf(values: readonly string[], example = values[0]): PropertyDecorator {
  return all(
    IsIn(values, { message: `must be one of ${values.join(', ')}` }),
    ApiProperty({ type: String, enum: [...values], example } as ApiPropertyOptions),
  );
}

/** A field that another rule than a library's judges; `fault` answers what is wrong, if anything. */
export function Judged(
  name: string,
  fault: (value: unknown) => string | undefined,
  shown: ApiPropertyOptions,
): PropertyDecorator {
  const validator = {
    validate: (value: unknown) => fault(value) === undefined,
    defaultMessage: (args?: { value?: unknown }) => fault(args?.value) ?? 'is wrong',
  };
  return all(ValidateBy({ name, validator }), ApiProperty(shown));
}

/**
 * One nested body. `IsObject` refuses a missing one, which `ValidateNested` lets pass; it would also
 * judge each entry of a list that stands in the body's place.
 */
export function Of(body: () => new () => object): PropertyDecorator {
  return all(
    IsObject({ message: 'must be an object' }),
    ValidateNested(),
    Type(body),
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? [] : value)),
    ApiProperty({ type: () => body() }),
  );
}

type Bounds = Readonly<{ least?: number; most: number }>;

function Many({ least = 1, most }: Bounds): PropertyDecorator {
  return all(
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(least, { message: `must have at least ${least} entries` }),
    ArrayMaxSize(most, { message: `must have at most ${most} entries` }),
  );
}

function judgedOf(list: unknown, most: number): unknown {
  if (!Array.isArray(list)) return list;
  return list.slice(0, most).map((each: unknown) => (Array.isArray(each) ? [] : each));
}

/** Nested bodies; what is behind the first one too many is not judged, and no list among them is. */
export function ListOf(body: () => new () => object, bounds: Bounds): PropertyDecorator {
  return all(
    Many(bounds),
    IsObject({ each: true, message: 'must hold objects' }),
    ValidateNested({ each: true }),
    Type(body),
    Transform(({ value }: { value: unknown }) => judgedOf(value, bounds.most + 1)),
    ApiProperty({
      type: () => body(),
      isArray: true,
      minItems: bounds.least ?? 1,
      maxItems: bounds.most,
    }),
  );
}

export function Texts(longest: number, example: readonly string[], bounds: Bounds) {
  return all(
    Many(bounds),
    IsString({ each: true, message: 'must hold text' }),
    Length(1, longest, { each: true, message: `must hold 1 to ${longest} characters each` }),
    Matches(plain, { each: true, message: 'must hold plain text only' }),
    ApiProperty({
      type: String,
      isArray: true,
      minItems: bounds.least ?? 1,
      maxItems: bounds.most,
      example,
    }),
  );
}

/** A list of whole numbers. */
export function Counts(least: number, most: number, example: readonly number[], bounds: Bounds) {
  return all(
    Many(bounds),
    IsInt({ each: true, message: 'must hold whole numbers' }),
    Min(least, { each: true, message: `must hold numbers from ${least} on` }),
    Max(most, { each: true, message: `must hold numbers up to ${most}` }),
    ApiProperty({
      type: 'array',
      items: { type: 'integer', minimum: least, maximum: most },
      minItems: bounds.least ?? 1,
      maxItems: bounds.most,
      example,
    }),
  );
}

/** A list of distinct words out of `values`. */
export function SomeOf(values: readonly string[], example: readonly string[]): PropertyDecorator {
  return all(
    Many({ most: values.length }),
    IsIn(values, { each: true, message: `must hold only ${values.join(', ')}` }),
    ApiProperty({
      type: String,
      enum: [...values],
      isArray: true,
      minItems: 1,
      maxItems: values.length,
      example,
    } as ApiPropertyOptions),
  );
}
