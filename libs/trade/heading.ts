/**
 * Six digits of the Harmonised System (2022) that goods may be under, the usual one first
 * (regulation.md §2). Articles: of precious metal, of precious stones, watches of precious metal.
 */
export const headings = {
  roughStone: ['710231', '710221'],
  roughParcel: ['710210', '710231', '710221'],
  polished: ['710239', '710229'],
  grownRough: ['710421'],
  grownPolished: ['710491'],
  article: [
    '711319',
    '711311',
    '711320',
    '711419',
    '711411',
    '711420',
    '711590',
    '711620',
    '910111',
    '910119',
    '910121',
    '910129',
    '910191',
    '910199',
  ],
} as const;
