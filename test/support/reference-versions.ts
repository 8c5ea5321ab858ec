import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { builtIn } from '#libs/reference/reference';

const folder = `${import.meta.dirname}/../../libs/reference`;

/** The SHA-256 of each built-in file of dated facts, as decisions record it. */
export function referenceVersions(): string {
  const hashes = Object.keys(builtIn).map((name) => [name, hash('sha256', bytesOf(name))] as const);
  return `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`;
}

export const bytesOf = (name: string): Buffer => readFileSync(`${folder}/${name}`);

/** Where they stand, for libs that read no files. */
export const referenceVersionsFile = `${folder}/versions.json`;
