import { json } from '#apps/cli/show/json';
import type { CommonOptions, Surroundings } from '#apps/cli/verb';
import { verb } from '#apps/cli/verb';
import type { ReferenceName } from '#libs/reference/reference';
import { builtIn, reference } from '#libs/reference/reference';

export function referenceVerb({ config, terminal }: Surroundings) {
  return verb(
    'reference',
    'the dated facts decisions rest on here, by the SHA-256 that is recorded with them',
    'reference',
    'reference --json',
  ).action((options: CommonOptions) => {
    const files = (Object.keys(builtIn) as readonly ReferenceName[]).map((name) => {
      const { sha256 } = reference()[name];
      const from = sha256 === builtIn[name].sha256 ? 'this build' : config.referenceDir;
      return { name, sha256, from };
    });
    if (options.json) return terminal.data(json(files));
    const width = Math.max(...files.map(({ name }) => name.length));
    for (const { name, sha256, from } of files) {
      terminal.say(`${name.padEnd(width)}  ${sha256}  ${from}`);
    }
    return undefined;
  });
}
