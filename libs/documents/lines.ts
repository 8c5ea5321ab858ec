import type { Run, Typeface } from '#libs/documents/fonts';

/**
 * Breaks a text into lines no wider than `width` points: after spaces, hyphens and slashes and
 * between Chinese characters; within a word that is wider than a whole line, anywhere.
 */
export function linesOf(
  text: string,
  face: Typeface,
  size: number,
  width: number,
): readonly (readonly Run[])[] {
  const widest = width / size;
  const lines: string[] = [];
  let line = '';
  let reached = 0;
  const put = (part: string) => {
    if (line !== '' && reached + face.width(part.trimEnd()) > widest) {
      lines.push(line);
      line = '';
      reached = 0;
    }
    line += part;
    reached += face.width(part);
  };
  for (const part of partsOf(
    face.printable(text.replaceAll(/[^\S\uFEFF]+/g, ' ').replaceAll(/^ | $/g, '')),
  )) {
    if (face.width(part.trimEnd()) <= widest) put(part);
    else for (const character of part) put(character);
  }
  return [...lines, line].map((set) => face.runs(set.trimEnd()));
}

const breakable = /[^\s\-/\p{Ideographic}]*(?:[\s\-/]+|\p{Ideographic}|$)/gu;

/** The text in parts between which a line may end. */
function partsOf(text: string): readonly string[] {
  return (text.match(breakable) ?? []).filter((part) => part !== '');
}
