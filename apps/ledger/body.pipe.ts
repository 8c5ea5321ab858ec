import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import type { FieldFault } from '#apps/ledger/problem';
import { Problem } from '#apps/ledger/problem';

const rules = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
} as const;

/** Most faults named in one answer; a hostile body has no claim to a long one. */
const mostFaults = 20;
const longestName = 60;

/**
 * Checks a body (`invalid-body`) or query (`invalid-query`) against its class. The plain JSON goes on as it came, because nothing may
 * be converted on the way into the ledger. Throws a 422 {@link Problem} naming each wrong field. Names
 * that every object has are told apart first: the validator takes them for fields it knows.
 */
export class BodyPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (metatype === undefined || (type !== 'body' && type !== 'query')) return value;
    if (metatype === Object || metatype === String) return value;
    return checked(metatype, value ?? {}, type === 'query' ? 'invalid-query' : 'invalid-body');
  }
}

export function checked(
  shape: new (...args: never[]) => object,
  value: unknown,
  code: 'invalid-body' | 'invalid-query' = 'invalid-body',
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem(422, code, 'the body must be a JSON object');
  }
  const [unseen] = Object.keys(value).filter((name) => name in Object.prototype);
  if (unseen !== undefined) throw unknownField(code, unseen);
  const faults = validateSync(plainToInstance(shape as new () => object, value), rules);
  if (faults.length === 0) return value;
  const errors = faults.flatMap((fault) => fieldFaults(fault, '')).slice(0, mostFaults);
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw new Problem(422, code, detail, errors);
}

/** For what takes no query: nothing that was asked is passed over in silence. */
export class NoQuery implements PipeTransform {
  transform(value: unknown): unknown {
    const [field] = Object.keys((value ?? {}) as object);
    if (field === undefined) return value;
    throw unknownField('invalid-query', field);
  }
}

function unknownField(code: 'invalid-body' | 'invalid-query', name: string): Problem {
  const field = name.slice(0, longestName);
  const message = 'is not a known field';
  return new Problem(422, code, `${field} ${message}`, [{ field, message }]);
}

function fieldFaults(fault: ValidationError, path: string): readonly FieldFault[] {
  const { property, constraints = {}, children = [] } = fault;
  const isIndex = /^\d+$/.test(property);
  const name = property.slice(0, longestName);
  const field = isIndex ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
  const [code, message] = Object.entries(constraints)[0] ?? [];
  const own =
    message === undefined
      ? []
      : [{ field, message: code === 'whitelistValidation' ? 'is not a known field' : message }];
  return [...own, ...children.flatMap((child) => fieldFaults(child, field))];
}
