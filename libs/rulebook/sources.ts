import data from '#libs/rulebook/rules/sources.json' with { type: 'json' };

/** The texts behind the records, by id: what was read, and where. */
export const sources: Readonly<Record<string, string>> = data;
