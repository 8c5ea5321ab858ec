/**
 * Which of the offered media types an `Accept` header wants most (RFC 9110 §12.5.1), the first
 * offered between equals and where nothing is said; `undefined` when it takes none of them.
 */
export function preferred<M extends string>(
  accept: string | undefined,
  offered: readonly M[],
): M | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = accept.split(',').map(rangeOf);
  let best: Readonly<{ media: M; quality: number }> | undefined;
  for (const media of offered) {
    const [wildcard = ''] = media.split('/');
    const range = [media, `${wildcard}/*`, '*/*']
      .map((name) => ranges.find((each) => each.name === name))
      .find((found) => found !== undefined);
    const quality = range?.quality ?? 0;
    if (quality > (best?.quality ?? 0)) best = { media, quality };
  }
  return best?.media;
}

function rangeOf(text: string): Readonly<{ name: string; quality: number }> {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const said = parameters.find((part) => part.startsWith('q='));
  const quality = said === undefined ? 1 : Number(said.slice('q='.length));
  return { name, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}
