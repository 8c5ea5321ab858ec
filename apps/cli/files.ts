import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Failure } from '#apps/cli/failure';

/** The text of a file; throws a {@link Failure} `no-file` that names it. */
export async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

/** The same for what is read bit by bit. */
export async function streamOf(file: string): Promise<Readable> {
  const handle = await open(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (!(await handle.stat()).isDirectory()) return handle.createReadStream();
  await handle.close();
  throw new Failure('no-file', `${file}: EISDIR`);
}

/**
 * Writes a file whole or not at all: beside it first, then under its name. What is no file (a pipe, a
 * device) is written to as it is. Throws a {@link Failure} `not-written`.
 */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const isFile = !existsSync(file) || statSync(file).isFile();
  const draft = isFile ? `${file}-part` : file;
  try {
    writeFileSync(draft, bytes);
    if (isFile) renameSync(draft, file);
  } catch (error) {
    if (isFile && existsSync(draft)) rmSync(draft);
    throw new Failure('not-written', said(file, error));
  }
}

function unreadable(file: string, error: unknown): Failure {
  return new Failure('no-file', said(file, error));
}

function said(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return `${file}: ${code ?? message}`;
}
