import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { Config, readConfig } from '#apps/ledger/config';
import { sourceOf } from '#test/support/compose-file';

/** They count downloads and warn of version ranges. Any other would have to be looked at. */
const needless = ['@scarf/scarf', 'protobufjs'];

type Instruction = Readonly<{ is: string; rest: string }>;
type Stage = Readonly<{ from: string; name: string; steps: readonly Instruction[] }>;

const root = `${import.meta.dirname}/../..`;
const { devDependencies, dependencies } = JSON.parse(sourceOf('package.json')) as Readonly<
  Record<'devDependencies' | 'dependencies', Readonly<Record<string, string>>>
>;

const stages = stagesOf(sourceOf('Dockerfile'));
const last = stages.at(-1);
const steps = last?.steps ?? [];

function stagesOf(text: string): readonly Stage[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ');
  const stages: (Stage & { steps: Instruction[] })[] = [];
  for (const line of lines.split('\n').filter((each) => each.trim() !== '')) {
    const [, is = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (is === 'FROM') {
      const [from = '', , name = ''] = rest.split(/\s+/);
      stages.push({ from, name, steps: [] });
    } else stages.at(-1)?.steps.push({ is, rest });
  }
  return stages;
}

function one(is: string): string {
  const found = steps.filter((step) => step.is === is);
  expect([is, found.length]).toEqual([is, 1]);
  return found[0]?.rest ?? '';
}

/** `COPY [--from=STAGE] SOURCE… TARGET` */
function copies({ steps: all }: Stage) {
  return all.flatMap(({ is, rest }) => {
    if (is !== 'COPY') return [];
    const words = rest.split(/\s+/);
    const flags = words.filter((word) => word.startsWith('--'));
    const paths = words.filter((word) => !word.startsWith('--'));
    const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
    return [{ from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }];
  });
}

const variables = Object.fromEntries(
  [...one('ENV').matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
);

const fromContext = stages.flatMap(copies).flatMap(({ from, sources }) => (from ? [] : sources));

describe('the image', () => {
  it('is built and run on the one pinned version of Node', () => {
    const names = stages.map(({ name }) => name);
    const bases = stages.filter(({ from }) => !names.includes(from)).map(({ from }) => from);
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies['node']}-slim`]));
    stages.forEach((stage, n) => {
      const earlier = names.slice(0, n);
      if (!stage.from.startsWith('node:')) expect(earlier).toContain(stage.from);
      for (const { from } of copies(stage)) if (from) expect(earlier).toContain(from);
    });
  });

  it('copies what is there, and .dockerignore lets it through', () => {
    const patterns = sourceOf('.dockerignore')
      .split('\n')
      .filter((line) => /^[^#\s]/.test(line));
    for (const source of fromContext) {
      expect([source, existsSync(`${root}/${source}`)]).toEqual([source, true]);
      expect([source, isIgnored(source, patterns)]).toEqual([source, false]);
    }
    for (const secret of ['.env', '.git', 'node_modules', 'data', 'ledger.db', 'dist', 'test']) {
      expect([secret, isIgnored(secret, patterns)]).toEqual([secret, true]);
    }
    expect(isIgnored('apps/cli/terminal.spec.ts', patterns)).toBe(true);
    expect(isIgnored('apps/cli/ledger.db-wal', patterns)).toBe(true);
  });

  it('takes along all that the programs in it are made of', () => {
    const { files, packages } = closure(['apps/ledger/main.ts', 'apps/cli/main.ts']);
    for (const file of files) {
      expect([file, fromContext.some((each) => file.startsWith(`${each}/`))]).toEqual([file, true]);
    }
    expect(files.length).toBeGreaterThan(150);
    expect(packages.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
    expect(packages).toContain('better-sqlite3');
  });

  it('holds production dependencies, none of which needs a script on install', () => {
    const production = stages.find(({ name }) => name === 'production');
    const [install] = production?.steps ?? [];
    expect(install?.rest).toMatch(/^npm ci --omit=dev --ignore-scripts /);
    expect(copies(last as Stage).find(({ target }) => target === 'node_modules')?.from).toBe(
      'production',
    );
    const { packages } = JSON.parse(sourceOf('package-lock.json')) as Readonly<{
      packages: Readonly<Record<string, Readonly<{ dev?: true; hasInstallScript?: true }>>>;
    }>;
    const wanting = Object.entries(packages).filter(
      ([, { dev, hasInstallScript }]) => hasInstallScript && !dev,
    );
    expect(wanting.map(([name]) => name.slice('node_modules/'.length))).toEqual(needless);
  });

  it('runs the service itself, so that it gets the signals, as somebody who is not root', () => {
    expect(JSON.parse(one('CMD'))).toEqual(['node', 'dist/apps/ledger/main.js']);
    expect(steps.some(({ is }) => is === 'ENTRYPOINT')).toBe(false);
    expect(one('STOPSIGNAL')).toBe('SIGTERM');
    expect(sourceOf('apps/ledger/main.ts')).toContain("'SIGTERM'");
    expect(one('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const after = steps.slice(steps.findIndex(({ is }) => is === 'USER'));
    expect(after.map(({ is }) => is)).not.toContain('RUN');
  });

  it('keeps its data in the one folder that it may write', () => {
    expect(one('VOLUME')).toBe('/data');
    const made = steps.find(({ is }) => is === 'RUN')?.rest;
    expect(made).toContain('install -d -o node -g node -m 0700 /data');
    const [, link = ''] = /ln -s (\S+) \/usr\/local\/bin\/adamant/.exec(made ?? '') ?? [];
    expect(link).toBe('/app/dist/apps/cli/main.js');
    expect(existsSync(`${root}/apps/cli/main.ts`)).toBe(true);
    expect(variables['ADAMANT_DATA']).toBe('/data');
  });

  it('sets only what the service takes, and asks the port it listens on', () => {
    const { NODE_ENV, ADAMANT_DATA: _, ...settings } = variables;
    expect(NODE_ENV).toBe('production');
    const known = Object.keys(new Config());
    expect(Object.keys(settings).filter((name) => !known.includes(name))).toEqual([]);
    const config = readConfig(settings);
    expect(config).toMatchObject({ PORT: Number(one('EXPOSE')), HOST: '0.0.0.0' });
    expect([config.LEDGER_URL, config.VIEWS_URL]).toEqual([
      'sqlite:/data/ledger.db',
      'sqlite:/data/views.db',
    ]);
    const [, check = ''] = /CMD (.*)$/.exec(one('HEALTHCHECK')) ?? [];
    const [program, , script] = JSON.parse(check) as readonly string[];
    expect(program).toBe('node');
    expect(script).toContain('http://127.0.0.1:${process.env.PORT}/health/live');
  });
});

/** The last pattern that matches decides; a folder's pattern holds for what is in it. */
function isIgnored(path: string, patterns: readonly string[]): boolean {
  let ignored = false;
  for (const pattern of patterns) {
    const isException = pattern.startsWith('!');
    const glob = isException ? pattern.slice(1) : pattern;
    const above = path.split('/').map((_, n, parts) => parts.slice(0, n + 1).join('/'));
    if (above.some((each) => matches(glob, each))) ignored = !isException;
  }
  return ignored;
}

/** As Docker matches: `*` takes a leading dot too, `**` any number of folders. */
function matches(glob: string, path: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  return new RegExp(`^${pattern}$`).test(path);
}

/**
 * The files and packages that these programs load as they start: imports of values, and the threads
 * and processes that are started by name. What is only loaded when asked for, such as benchmarks,
 * is left out.
 */
function closure(roots: readonly string[]) {
  const files = new Set<string>(roots);
  const packages = new Set<string>();
  for (const file of files) {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    const imports = text.matchAll(
      /^(?:import|export)\s(?!type\s)[^;]*?from '([^']+)'|^import '([^']+)'/gm,
    );
    const started = text.matchAll(/import\.meta\.resolve\('(#[^']+)'\)/g);
    for (const [, from, bare] of [...imports, ...started]) {
      const name = from ?? bare ?? '';
      if (name.startsWith('#')) files.add(`${name.slice(1)}${name.endsWith('.json') ? '' : '.ts'}`);
      else if (!isBuiltin(name)) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
    for (const [, name = ''] of text.matchAll(/await import\('(#[^']+)'\)/g)) {
      if (!name.startsWith('#apps/cli/bench/')) files.add(`${name.slice(1)}.ts`);
    }
  }
  return { files: [...files].filter((file) => !file.endsWith('.json')), packages: [...packages] };
}
