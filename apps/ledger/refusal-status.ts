import type { RefusalCode } from '#libs/decider/codes';

/** Acts that belong to somebody else, whatever they say. */
const forbidden: readonly string[] = [
  'other-participant',
  'other-state',
  'auditor-only',
  'role-needed',
  'not-your-act',
  'not-custodian',
  'not-owner',
  'not-holder',
  'not-receiver',
  'not-your-order',
  'not-consignee',
  'not-lender',
  'same-officer',
  'own-flag',
] satisfies readonly RefusalCode[];

const missing: readonly string[] = [
  'unknown-certificate',
  'unknown-shipment',
  'unknown-jewellery',
  'unknown-report',
  'unknown-stone',
  'unknown-parcel',
  'unknown-key',
  'unknown-pledge',
  'unknown-hold',
  'unknown-contest',
  'unknown-flag',
  'unknown-entry',
] satisfies readonly RefusalCode[];

/** What is asked for is there already, made by another act. */
const taken: readonly string[] = [
  'number-taken',
  'uin-taken',
  'already-confirmed',
  'already-recognised',
  'already-exists',
  'key-exists',
  'scan-exists',
  'report-exists',
  'pledge-exists',
  'priority-taken',
  'hold-exists',
  'contest-exists',
  'flag-closed',
] satisfies readonly RefusalCode[];

/** The HTTP status of a refusal: 422 unless it is about who acts or about what is there. */
export function statusOfRefusal(code: string): number {
  if (forbidden.includes(code)) return 403;
  if (missing.includes(code)) return 404;
  return taken.includes(code) ? 409 : 422;
}
