/** Media type of the sentence that says why a scenario, or the rest of it, is not verified here. */
export const NOT_VERIFIED = 'text/x.not-verified+plain'
