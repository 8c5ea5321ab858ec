import { styleText } from 'node:util';
import { SingleBar } from 'cli-progress';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

/** What a verb sees of the terminal. */
export type Terminal = Readonly<{
  /** Lines for the reader, to standard output. */
  say: (text: string) => void;
  /** A line for machines, to standard output, byte for byte. */
  data: (text: string) => void;
  /** Remarks beside the result, to standard error. */
  note: (text: string) => void;
  /** Colours where the reader can see them; honours `NO_COLOR`. */
  paint: Paint;
  /** Shows how far something is once it takes over a second, on a terminal only. */
  progress: (what: string, total: number) => Progress;
}>;

export type Progress = Readonly<{ at: (done: number) => void; end: () => void }>;

const quick = 1000;

export function terminal(): Terminal {
  const { stdout, stderr } = process;
  return {
    say: (text) => void stdout.write(`${printable(text)}\n`),
    data: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${printable(text)}\n`),
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    progress,
  };
}

/**
 * Names and texts in a ledger come from outside: control characters could repaint the terminal, so
 * they are shown as `�`. Colours (`ESC [ … m`) and line ends are ours and stay.
 */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/(\u001b\[\d+m)|(?!\n)\p{Cc}/gu, (_, colour: string | undefined) =>
    colour === undefined ? '\uFFFD' : colour,
  );
}

function progress(what: string, total: number): Progress {
  if (!process.stderr.isTTY) return { at: () => undefined, end: () => undefined };
  const begun = Date.now();
  let bar: SingleBar | undefined;
  return {
    at: (done) => {
      if (!bar && Date.now() - begun < quick) return;
      if (!bar) {
        bar = new SingleBar({
          format: `${what} [{bar}] {percentage}% | {value}/{total} | {eta_formatted} left`,
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: true,
        });
        bar.start(total, done);
      }
      bar.update(Math.min(done, total));
    },
    end: () => bar?.stop(),
  };
}
