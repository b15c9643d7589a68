/** What a flag with names for values may be set to. */
export const choices = {
  queryShape: ['array', 'object'],
  accept: ['header', 'cookie', 'either'],
  renewLive: ['extend', 'rotate'],
  concurrentLogin: ['allow', 'invalidatePrevious'],
  iocUnfilled: ['EXPIRED', 'CANCELED'],
  stpEmpty: ['[]', '204', 'blank'],
  rejectInvalid: ['http400', 'rejectOnQuery'],
  duplicateCoId: ['http400', 'accept'],
  pqAltered: ['refused', 'rejected', 'filledAtQuote'],
  hang: ['none', 'all', 'login', 'place', 'query'],
} as const

export type Choice<Name extends keyof typeof choices> = (typeof choices)[Name][number]
