import { STATUS_CODES } from 'node:http';

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
  readonly code: string;
  readonly errors: readonly FieldFault[];

  constructor(status: number, code: string, detail: string, errors: readonly FieldFault[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
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
