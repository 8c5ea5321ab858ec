/**
 * What a decision rested on outside its own stream: another stream as it stood at `revision`
 * (-1: it did not exist). The streams do not move together, so this says what was seen.
 */
export type ReliedOn = Readonly<{
  stream: string;
  /** @asType integer */
  revision: number;
}>;
