import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';
import { create } from 'fontkit';
import subsetFont from 'subset-font';

export type Weight = 'regular' | 'bold';

/** A piece of text that one font can set; `key` names the font. */
export type Run = Readonly<{ key: string; font: Font; text: string }>;

/**
 * Noto Sans and Noto Sans SC (both SIL OFL 1.1), as their packages cut them by script: nothing is
 * fetched, and only the glyphs a document uses are embedded in it.
 */
const resolve = createRequire(import.meta.url).resolve;
const scripts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];
const wghts: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 };

const known = new Map<string, Font>();

function opened(key: string, bytes: Buffer): Font {
  const found = known.get(key);
  if (found) return found;
  const font = create(bytes);
  if (!('layout' in font)) throw new Error(`${key} is a collection of fonts`);
  known.set(key, font);
  return font;
}

/** Unpacked once: fontkit would inflate a WOFF's tables again for each glyph. */
async function notoSans(
  script: string,
  weight: Weight,
): Promise<readonly [key: string, font: Font]> {
  const key = `noto-sans-${script}-${wghts[weight]}-normal.woff`;
  if (!known.has(key)) {
    const packed = readFileSync(resolve(`@fontsource/noto-sans/files/${key}`));
    const text = opened(`${key} packed`, packed).characterSet;
    const wanted = { targetFormat: 'truetype' } as const;
    const bytes = await subsetFont(packed, String.fromCodePoint(...text), wanted);
    opened(key, bytes);
  }
  return [key, opened(key, Buffer.alloc(0))];
}

const chinese = '@fontsource-variable/noto-sans-sc';
type Slice = Readonly<{
  name: string;
  ranges: readonly (readonly [first: number, last: number])[];
}>;
let slices: readonly Slice[] | undefined;

/** `"[119]": "U+4e00,U+4e03-4e05"`: what the package says is in each of its files, and more. */
function slicesOf(codePoint: number): readonly Slice[] {
  slices ??= Object.entries(
    JSON.parse(readFileSync(resolve(`${chinese}/unicode.json`), 'utf8')) as Record<string, string>,
  ).map(([name, ranges]) => ({
    name: name.replaceAll(/[[\]]/g, ''),
    ranges: ranges.split(',').map((range) => {
      const [first = '', last = first] = range.slice('U+'.length).split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    }),
  }));
  return slices.filter(({ ranges }) =>
    ranges.some(([first, last]) => first <= codePoint && codePoint <= last),
  );
}

/** The files are variable fonts whose default is the thinnest: this makes the weight that is wanted. */
async function notoSansSc(
  { name, ranges }: Slice,
  weight: Weight,
): Promise<readonly [key: string, font: Font]> {
  const key = `noto-sans-sc-${name}-${wghts[weight]}`;
  if (!known.has(key)) {
    const variable = readFileSync(
      resolve(`${chinese}/files/noto-sans-sc-${name}-wght-normal.woff2`),
    );
    const text = ranges.map(([first, last]) => charactersFrom(first, last)).join('');
    const wanted = { targetFormat: 'truetype', variationAxes: { wght: wghts[weight] } } as const;
    const bytes = await subsetFont(variable, text, wanted);
    opened(key, bytes);
  }
  return [key, opened(key, Buffer.alloc(0))];
}

function charactersFrom(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join(
    '',
  );
}

/** What sets text in one weight: each character in the first font that has it. */
export type Typeface = Readonly<{
  /** The text as it can be set: a character no font has, or none sees, is written `[U+0627]`. */
  printable: (text: string) => string;
  /** The text in runs of one font each. */
  runs: (text: string) => readonly Run[];
  /** How wide it is set, in parts of the font's size. */
  width: (text: string) => number;
}>;

/** Opens the fonts a text needs, and no others. */
export async function typefaceFor(text: string, weight: Weight): Promise<Typeface> {
  const fonts = new Map<number, readonly [key: string, font: Font]>();
  const characters = new Set(`${text}[U+0123456789ABCDEF]`);
  for (const character of characters) {
    const codePoint = character.codePointAt(0) ?? 0;
    const found = await fontWith(codePoint, weight);
    if (found) fonts.set(codePoint, found);
  }
  const fontOf = (character: string) => fonts.get(character.codePointAt(0) ?? 0);
  const runs = (wanted: string): readonly Run[] => {
    const found: Run[] = [];
    for (const character of wanted) {
      const [key, font] = fontOf(character) ?? [];
      if (key === undefined || font === undefined) continue;
      const last = found.at(-1);
      if (last?.key === key) found[found.length - 1] = { ...last, text: last.text + character };
      else found.push({ key, font, text: character });
    }
    return found;
  };
  const widths = new Map<string, number>();
  return {
    printable: (wanted) =>
      Array.from(wanted, (each) => (fontOf(each) ? each : codePointOf(each))).join(''),
    runs,
    width: (wanted) => {
      const measured =
        widths.get(wanted) ?? runs(wanted).reduce((sum, run) => sum + widthOf(run), 0);
      widths.set(wanted, measured);
      return measured;
    },
  };
}

/** How wide a run is, in parts of the font's size. */
export function widthOf({ font, text }: Run): number {
  return font.layout(text).advanceWidth / font.unitsPerEm;
}

/** What shows nothing where it stands: a name could differ by it from one that looks the same. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

async function fontWith(codePoint: number, weight: Weight) {
  if (invisible.test(String.fromCodePoint(codePoint))) return undefined;
  for (const script of scripts) {
    const found = await notoSans(script, weight);
    if (found[1].hasGlyphForCodePoint(codePoint)) return found;
  }
  for (const slice of slicesOf(codePoint)) {
    const found = await notoSansSc(slice, weight);
    if (found[1].hasGlyphForCodePoint(codePoint)) return found;
  }
  return undefined;
}

function codePointOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `[U+${hex.padStart(4, '0')}]`;
}
