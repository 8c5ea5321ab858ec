import { STATUS_CODES } from 'node:http';
import type { ProblemCode } from '#apps/ledger/problem-codes';
import type { RefusalCode } from '#libs/decider/codes';

/** One field that is wrong: its path in the body, the query or the headers, and why. */
export type FieldFault = Readonly<{ field: string; message: string }>;

/** RFC 9457 problem details; `code` is stable, `type` a relative URI made of it. */
export type ProblemBody = Readonly<{
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: readonly FieldFault[];
}>;

/** A request the service itself answers with an error, before or beside the ledger. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ProblemCode | RefusalCode;
  readonly errors: readonly FieldFault[];

  constructor(
    status: number,
    code: ProblemCode | RefusalCode,
    detail: string,
    errors: readonly FieldFault[] = [],
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** What the framework answers by status alone; its own words stay inside. */
const byStatus: Readonly<Record<number, readonly [code: ProblemCode, detail: string]>> = {
  400: ['bad-request', 'the request cannot be read'],
  404: ['unknown-route', 'there is nothing at this method and path'],
  408: ['request-timeout', 'the request took too long to arrive'],
  413: ['body-too-large', 'the body is larger than this service accepts'],
  414: ['path-too-long', 'the path is longer than this service accepts'],
  415: ['unsupported-media-type', 'the body must be application/json in UTF-8'],
};

/** The problem that a status stands for; `undefined` for one that no request of ours should meet. */
export function problemOfStatus(status: number): ProblemBody | undefined {
  const [code, detail] = byStatus[status] ?? [];
  return code && detail !== undefined ? problemBody(status, code, detail) : undefined;
}

export function problemBody(
  status: number,
  code: string,
  detail: string,
  errors: readonly FieldFault[] = [],
): ProblemBody {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: `/problems/${code}`, title, status, code, detail, errors };
}
