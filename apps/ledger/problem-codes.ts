/** What was sent cannot be read or taken as it is. */
const asked = {
  'bad-request': 'The request cannot be read as HTTP.',
  'request-timeout': 'The request took too long to arrive.',
  'path-too-long': 'The path is longer than this service accepts.',
  'unknown-route': 'There is nothing at this method and path.',
  'unsupported-media-type': 'A body is application/json in UTF-8.',
  'not-acceptable': 'There is no answer of a type that `Accept` takes.',
  'body-too-large': 'The body is larger than this service accepts.',
  'invalid-utf8': 'The body is not UTF-8.',
  'malformed-json': 'The body is not JSON.',
  'too-deep': 'The body is nested deeper than any act is.',
  'duplicate-key': 'A member stands twice in one object of the body.',
  'lone-surrogate': 'A text of the body is broken Unicode.',
  'forbidden-key': 'A member of the body has a name that is not allowed.',
  'invalid-body': 'The body is not what the act takes; each wrong field is named.',
  'invalid-query': 'The query is not what the read takes; each wrong name is told.',
  'invalid-id': 'An id in the path or the query has not the form of one.',
  'bad-idempotency-key': 'The `Idempotency-Key` cannot be used.',
  'bad-if-match': '`If-Match` is no ETag of this service.',
  'bad-last-event-id': '`Last-Event-ID` is no position.',
  'stream-needed': 'Flags of another time are told of one thing, which must be named.',
  'unknown-document': 'There is no such kind of document.',
  'key-needed': 'This needs an API key.',
  'bad-key': 'The API key is unknown, revoked or wrong.',
} as const;

/** What was asked is sound, and cannot be answered now or as asked. */
const answered = {
  'wrong-revision': 'The stream has moved on since.',
  'too-large': 'The event would be larger than the ledger stores.',
  'too-many-live-streams': 'As many live streams are open as the operator allows.',
  'too-many-documents': 'As many documents wait to be set as may.',
  'store-unavailable': 'The ledger cannot take or tell this now.',
  'views-behind': 'The views have not taken in the position asked for.',
  'views-not-ready': 'The views are not built yet.',
  'views-unavailable': 'The views cannot be read now.',
  'record-in-danger': 'The ledger’s server is set so that it may lose events.',
  'corrupt-record': 'The ledger holds a record that cannot be trusted.',
  'malformed-event': 'A fault of the service: it would have recorded what is no event. It did not.',
  'internal-error': 'A fault of the service, of which nothing is told.',
} as const;

/** Codes of problems beside those of refusals, each with its meaning in one line. */
export const problemCodes = { ...asked, ...answered } as const;

export type ProblemCode = keyof typeof problemCodes;
