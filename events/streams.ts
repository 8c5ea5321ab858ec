/** Stream categories: what stands before the first dash of a stream's name. */
export const categories = [
  'party',
  'stone',
  'parcel',
  'certificate',
  'shipment',
  'report',
  'jewellery',
  'flag',
  'rulebook',
] as const;
export type Category = (typeof categories)[number];

/** Things of a category as paths name them: `/v1/parties`. */
export const collections: Readonly<Record<Category, string>> = {
  party: 'parties',
  stone: 'stones',
  parcel: 'parcels',
  certificate: 'certificates',
  shipment: 'shipments',
  report: 'reports',
  jewellery: 'jewellery',
  flag: 'flags',
  rulebook: 'rules',
};

/**
 * An id a caller may choose: lower-case letters, digits and single dashes, 1 … 60 characters.
 * `.` and `~` are kept for ids the ledger derives: `dawn.1` is the first piece or polished stone
 * made of `dawn`, `lot-7~1` the first stone singled out of parcel `lot-7`.
 */
export const chosenId = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Any id, chosen or derived. */
export const anyId = /^[a-z0-9]+(?:[-.~][a-z0-9]+)*$/;

export const longestChosenId = 60;
export const longestId = 200;

export const partyStream = (partyId: string) => `party-${partyId}` as const;
export const stoneStream = (stoneId: string) => `stone-${stoneId}` as const;
export const parcelStream = (parcelId: string) => `parcel-${parcelId}` as const;

export const certificateStream = (id: string) => `certificate-${id}` as const;
export const shipmentStream = (id: string) => `shipment-${id}` as const;
export const reportStream = (id: string) => `report-${id}` as const;
export const jewelleryStream = (id: string) => `jewellery-${id}` as const;

export const flagStream = (id: string) => `flag-${id}` as const;
/** The rules of a jurisdiction: `rulebook-eu`. */
export const rulebookStream = (jurisdiction: string) =>
  `rulebook-${jurisdiction.toLowerCase()}` as const;

/** A Kimberley certificate's number: the issuer's two letters, then its own count. */
export const certificateNumber = /^[A-Z]{2}[0-9A-Z/-]{1,20}$/;

/**
 * The id of a Kimberley certificate, `ru0012.24` for `RU0012/24`: no two numbers have one id, so
 * that the stream itself keeps a number from being issued twice.
 */
export const certificateId = (number: string) => withoutSigns(number);

/** The id of a laboratory's report; letters count the same in either case. */
export const reportId = (laboratory: string, reportNo: string) =>
  `${laboratory}.${withoutSigns(reportNo)}`;

/**
 * A number as an id: `/` is a dot and `-` a dash between letters and digits; elsewhere they, and
 * any other sign everywhere, are `~` and the sign's code.
 */
function withoutSigns(number: string): string {
  return number
    .replaceAll(/[^0-9A-Za-z]/gu, (sign, at: number) => {
      const isBetween =
        /[0-9A-Za-z]/.test(number.charAt(at - 1)) && /[0-9A-Za-z]/.test(number.charAt(at + 1));
      if (isBetween && sign === '/') return '.';
      if (isBetween && sign === '-') return '-';
      return `~x${(sign.codePointAt(0) ?? 0).toString(16)}z`;
    })
    .toLowerCase();
}

/** The id of the n-th (from 1) piece, polished stone or part made of a stone or parcel. */
export const partId = (parentId: string, n: number) => `${parentId}.${n}`;

/** The id of the n-th (from 1) stone singled out of a parcel. */
export const singledOutId = (parcelId: string, n: number) => `${parcelId}~${n}`;

/** Takes a stream's name apart; `undefined` for one that is not a ledger stream. */
export function parseStream(stream: string): { category: Category; id: string } | undefined {
  const dash = stream.indexOf('-');
  const named = stream.slice(0, dash);
  const category = categories.find((each) => each === named);
  const id = stream.slice(dash + 1);
  if (category === undefined) return undefined;
  return id.length <= longestId && anyId.test(id) ? { category, id } : undefined;
}

/** The id without its category: what people type. */
export function idOf(stream: string): string {
  return parseStream(stream)?.id ?? stream;
}
