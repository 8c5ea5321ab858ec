import { firebird } from '#apps/cli/demo/firebird';
import { newSun } from '#apps/cli/demo/new-sun';
import { spiritOfTheRose } from '#apps/cli/demo/spirit-of-the-rose';
import { roughStories } from '#apps/cli/demo/still-rough';
import type { Story } from '#apps/cli/demo/story';
import { theSpectacle } from '#apps/cli/demo/the-spectacle';

/** The seven notable stones in the order they are told. */
export const stories: readonly Story[] = [
  newSun,
  theSpectacle,
  firebird,
  spiritOfTheRose,
  ...roughStories,
];
