import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { adamant } from '#test/support/adamant';

jest.setTimeout(120_000);

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'adamant-readme-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Shown = Readonly<{ command: string; output: readonly string[] }>;

/** The commands of the README's consoles, each with the output printed under it. */
const shown: readonly Shown[] = [...readme.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(
  ([, console = '']) =>
    console
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = '', ...output] = part.trimEnd().split('\n');
        return { command, output };
      }),
);

/** `a "b c"` as a shell takes it apart. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** `…` stands for anything: alone on a line for any lines, else for any part of it. */
function pattern(output: readonly string[]): RegExp {
  const lines = output.map((line) => {
    if (line === '…') return '(?:.*\n)*';
    return `${line.split('…').map(literal).join('.*')}\n`;
  });
  return new RegExp(`^${lines.join('')}`);
}

describe('the README', () => {
  it('fits on a few screens', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(150);
  });

  it('tells its story in ten commands', () => {
    expect(shown).toHaveLength(10);
    for (const { command } of shown) expect(command).toMatch(/^npx adamant /);
  });

  it.each(shown)('shows what $command really prints', async ({ command, output }) => {
    const [, , ...args] = words(command);
    const { code, out, err } = await adamant(args, { cwd: folder });
    const seen = [`${out}${err}`, `${err}${out}`];
    const wanted = pattern(output);
    expect(seen.find((text) => wanted.test(text)) ?? seen[0]).toMatch(wanted);
    expect(code).toBe(0);
  });
});
