/** Annex XXXVIIIA, Part A: natural loose diamonds. */
export const partA = ['710210', '710231', '710239'];

/** Part B: synthetic diamonds. */
export const partB = ['710421', '710491'];

/** Part C: articles incorporating diamonds. */
export const partC = ['7113', '7114', '711590', '711620', '9101'];

/** The whole annex. */
export const listed = [...partA, ...partB, ...partC];

/** What most records of Article 3p share. */
export const article3p = {
  layer: 'sanctions',
  instrument: 'Council Regulation (EU) No 833/2014, inserted by Regulation (EU) 2023/2878',
  material: null,
  acts: ['import', 'purchase', 'transfer'],
  state: 'in-force',
  effectiveFrom: '2024-01-01',
  effectiveTo: null,
  afterwards: null,
  publishedOn: '2023-12-18',
  endPublishedOn: null,
  confidence: 'read',
  sources: ['eu-3p-english', 'eu-annex-codes'],
  reading: null,
} as const;
