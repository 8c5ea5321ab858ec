import { Refused } from '#libs/decider/decider';

/** What the Harmonised System code says about the goods, as far as rules and contradictions need. */
export type HsEntry = Readonly<{
  code: string;
  goods: string;
  material: 'natural' | 'synthetic' | null;
  /** `rough`: unworked or simply sawn, cleaved, bruted; `unsorted` may be either. */
  form: 'rough' | 'unsorted' | 'worked' | 'article' | 'dust';
}>;

/** Every code the rule book answers for (regulation.md §2); any other is refused. */
export const hsEntries: readonly HsEntry[] = [
  { code: '710210', goods: 'unsorted diamonds', material: 'natural', form: 'unsorted' },
  { code: '710221', goods: 'industrial diamonds, rough', material: 'natural', form: 'rough' },
  { code: '710229', goods: 'industrial diamonds, worked', material: 'natural', form: 'worked' },
  { code: '710231', goods: 'non-industrial diamonds, rough', material: 'natural', form: 'rough' },
  { code: '710239', goods: 'non-industrial diamonds, worked', material: 'natural', form: 'worked' },
  { code: '710421', goods: 'synthetic diamonds, rough', material: 'synthetic', form: 'rough' },
  { code: '710491', goods: 'synthetic diamonds, worked', material: 'synthetic', form: 'worked' },
  { code: '7105', goods: 'diamond dust and powder', material: null, form: 'dust' },
  { code: '7113', goods: 'jewellery', material: null, form: 'article' },
  { code: '7114', goods: "goldsmiths' wares", material: null, form: 'article' },
  { code: '711590', goods: 'other precious-metal articles', material: null, form: 'article' },
  { code: '711620', goods: 'articles of precious stones', material: null, form: 'article' },
  { code: '9101', goods: 'precious-metal watches', material: null, form: 'article' },
];

const byCode = new Map(hsEntries.map((entry) => [entry.code, entry]));

/** Codes that the Combined Nomenclature does not divide: the only one within each ends on 00. */
const undivided: ReadonlySet<string> = new Set(['710210', '710231', '710239', '710421', '710491']);

/**
 * The entry a code belongs to: 6 digits, 8 as a national nomenclature divides them (rules name no
 * subdivision, so whatever lies within counts), or a whole heading where the rules name headings.
 * Refuses `unknown-hs-code` for everything else, also for well-formed codes of other goods.
 */
export function hsEntry(hs: string): HsEntry {
  const entry = byCode.get(hs) ?? within(/^\d{8}$/.test(hs) && isDivided(hs) ? hs.slice(0, 6) : hs);
  if (entry !== undefined) return entry;
  throw new Refused(
    'unknown-hs-code',
    `HS code ${JSON.stringify(hs)} is not one of the rule book`,
    {
      field: 'hs',
      value: hs,
      known: hsEntries.map(({ code }) => code),
    },
  );
}

const within = (hs: string) =>
  byCode.get(hs) ?? (/^\d{6}$/.test(hs) ? byCode.get(hs.slice(0, 4)) : undefined);

const isDivided = (hs: string) => hs.endsWith('00') || !undivided.has(hs.slice(0, 6));
