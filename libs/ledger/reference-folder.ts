import { hash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '#libs/decider/decider';
import { badFile, isReferenceName, readReferenceFile } from '#libs/reference/reference-file';
import type { Reference, ReferenceFile, ReferenceName } from '#libs/reference/reference';
import { builtIn, useReference } from '#libs/reference/reference';

/**
 * Lets decisions rest on the files of a folder, each in the place of the built-in one of its name;
 * empty: on the built-in ones alone. Called once, at the start of a process. Refuses
 * `bad-reference-file` for a file that cannot be read, has a name that nothing looks for, or has a
 * fault in it.
 */
export function useReferenceFolder(folder: string): void {
  useReference(folder === '' ? builtIn : { ...builtIn, ...filesOf(folder) });
}

function filesOf(folder: string): Partial<Reference> {
  const files: Partial<Record<ReferenceName, ReferenceFile>> = {};
  for (const name of namesIn(folder)) {
    if (!isReferenceName(name)) badFile(name, `is none of ${Object.keys(builtIn).join(', ')}`, '');
    const bytes = readFileSync(join(folder, name));
    const content = readReferenceFile(name, bytes.toString('utf8'));
    files[name] = { content, sha256: hash('sha256', bytes) };
    if (name === 'mines.json') keepsMines(content as Reference['mines.json']['content']);
    if (name === 'warranties.json') hashesAgree(content as Reference['warranties.json']['content']);
  }
  return files as Partial<Reference>;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    const what = error instanceof Error ? error.message : 'cannot be read';
    throw new Refused('bad-reference-file', what, { file: folder, place: '' });
  }
}

/** Events that were recorded without the mine's country are read by the built-in data for ever. */
function keepsMines(mines: Reference['mines.json']['content']): void {
  const countries = new Map(mines.map(({ id, country }) => [id, country]));
  for (const { id, country } of builtIn['mines.json'].content) {
    const given = countries.get(id);
    if (given === country) continue;
    const what = given === undefined ? 'is missing' : `lies in ${country}, not in ${given}`;
    badFile('mines.json', `${id} ${what}`, '');
  }
}

function hashesAgree(texts: Reference['warranties.json']['content']): void {
  texts.forEach(({ text, sha256 }, n) => {
    if (hash('sha256', text) !== sha256) {
      badFile('warranties.json', 'is not the hash of the text', `/${n}/sha256`);
    }
  });
}
