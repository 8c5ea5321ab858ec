import type { Step } from '#apps/cli/generate/script';
import type { LedgerCommand } from '#libs/ledger/ledger-command';

type Aim = Readonly<{
  /** The step's command, aimed where it is a correction. */
  at: (step: Step) => LedgerCommand;
  /** The entry of the step begins at that revision of its stream. */
  noted: (step: Step, revision: number) => void;
}>;

/** Corrections are of the entry that another step was given; each entry is corrected once. */
export function takeAim(): Aim {
  const entries = new Map<string, number>();
  return {
    at({ command: asked, corrects }) {
      const target = corrects === undefined ? undefined : entries.get(corrects);
      if (corrects === undefined || target === undefined) return asked;
      entries.delete(corrects);
      return { ...asked, command: { ...asked.command, target } } as LedgerCommand;
    },
    noted({ command, isCorrected }, revision) {
      if (isCorrected) entries.set(command.command.meta.id, revision);
    },
  };
}
