/** Lets a bounded number in at a time; the others wait in line. */
export type Gate = Readonly<{
  /** Resolves when it is one's turn; answers how to leave, which may be called again for nothing. */
  enter: () => Promise<() => void>;
  waiting: () => number;
}>;

export function gate(places: number): Gate {
  const line: (() => void)[] = [];
  let free = places;

  function leave(): void {
    const next = line.shift();
    if (next) next();
    else free += 1;
  }

  async function enter(): Promise<() => void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    let inside = true;
    return () => {
      if (inside) leave();
      inside = false;
    };
  }

  return { enter, waiting: () => line.length };
}
