/** Ids of the persons the lists of the rule book name, whichever jurisdiction's. */
export const designatedPersons: readonly string[] = [
  'alrosa',
  'first-diamond-company',
  'pavel-marinychev',
];
