import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

const forbidden = [
  ['events/planted.ts', 'node:crypto'],
  ['events/planted.ts', '#libs/decider/decider'],
  ['events/planted.ts', './stone'],
  ['libs/stone/planted.ts', 'uuid'],
  ['libs/stone/planted.ts', 'node:fs'],
  ['libs/stone/planted.ts', '#libs/store/store'],
  ['libs/rulebook/planted.ts', '#projections/custody'],
  ['libs/store/planted.ts', '@nestjs/common'],
  ['libs/store/planted.ts', '#apps/ledger/main'],
  ['libs/store/planted.ts', '#projections/custody'],
  ['libs/store/planted.ts', '@eventstore/db-client'],
  ['libs/store/eventstoredb.ts', '@eventstore/db-client'],
  ['libs/store/eventstoredb-client.ts', '@nestjs/common'],
  ['libs/laws/planted.ts', '#libs/ledger/effects'],
  ['libs/laws/planted.ts', '#projections/custody'],
  ['libs/laws/planted.ts', '@nestjs/common'],
  ['projections/planted.ts', '#libs/store/store'],
  ['projections/planted.ts', '#libs/views/sqlite'],
  ['projections/planted.ts', 'kysely'],
  ['projections/planted.ts', '@eventstore/db-client'],
  ['apps/ledger/planted.ts', '#apps/cli/main'],
  ['apps/ledger/planted.ts', 'better-sqlite3'],
  ['apps/ledger/planted.ts', '@eventstore/db-client'],
  ['apps/cli/planted.ts', '#apps/ledger/main'],
  ['apps/cli/planted.ts', '@eventstore/db-client'],
  ['apps/cli/planted.ts', '../ledger/main'],
  ['apps/ledger/planted.ts', '#apps/stand-in/stand-in'],
  ['apps/stand-in/planted.ts', '@eventstore/db-client'],
  ['apps/stand-in/planted.ts', '#libs/store/store'],
] as const;

const allowed = [
  ['events/planted.ts', '#events/stone'],
  ['libs/stone/planted.ts', '#libs/decider/decider'],
  ['libs/store/planted.ts', 'better-sqlite3'],
  ['libs/laws/planted.ts', 'better-sqlite3'],
  ['libs/store/eventstoredb-client.ts', '@eventstore/db-client'],
  ['projections/planted.ts', '#libs/views/views'],
  ['projections/planted.ts', '#libs/rulebook/facts'],
  ['apps/ledger/planted.ts', '@nestjs/common'],
  ['apps/stand-in/planted.ts', '@eventstore/db-client/generated/streams_pb.js'],
] as const;

const clocks = ['new Date()', 'process.env', 'fetch("x")', 'console.log(1)', 'performance.now()'];

let folder: string;

/** What oxlint says of a file with this text at this place, under the project's own rules. */
function lint(place: string, text: string): string {
  const file = join(folder, place);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const oxlint = join(root, 'node_modules/.bin/oxlint');
  const { stdout } = spawnSync(oxlint, [place], { cwd: folder, encoding: 'utf8' });
  rmSync(file);
  return stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'adamant-lint-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('import directions', () => {
  it.each(forbidden)('%s may not import %s', (place, imported) => {
    expect(lint(place, `import * as x from '${imported}';\nexport const y = x;\n`)).toContain(
      'no-restricted-imports',
    );
  });

  it.each(allowed)('%s may import %s', (place, imported) => {
    expect(lint(place, `import * as x from '${imported}';\nexport const y = x;\n`)).not.toContain(
      'no-restricted-imports',
    );
  });

  it.each(clocks)('below apps/ nothing pure may use %s', (expression) => {
    const text = `export const x = ${expression};\n`;
    expect(lint('libs/stone/planted.ts', text)).toContain('no-restricted-globals');
    expect(lint('projections/planted.ts', text)).toContain('no-restricted-globals');
  });
});
