/** What the tiny server of `fixtures/tiny-steps.ts` knows, and no report may show. */
export const PASSWORD = 'correct horse/"battery"'
export const TOKEN = 'hidH61Uy63IYT08avDFEUUrEO_Sn-BZ6yEqyON5SJS'
