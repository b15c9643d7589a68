/** Every variable that begins with INTEGRAL_ and means something; another one is a slip. */
export const endpointVariables = [
  'INTEGRAL_BASE_URL',
  'INTEGRAL_USER',
  'INTEGRAL_PASSWORD',
  'INTEGRAL_ORG',
  'INTEGRAL_AUTH',
  'INTEGRAL_HMAC_SECRET',
  'INTEGRAL_CA_FILE',
  'INTEGRAL_SYMBOL',
  'INTEGRAL_ALLOW_HOST',
  'INTEGRAL_PROBE_LOGIN',
  'INTEGRAL_ALLOW_RESEND',
  'INTEGRAL_MAX_SIZE',
  'INTEGRAL_MAX_ORDERS',
  'INTEGRAL_MAX_OPEN_ORDERS',
  'INTEGRAL_MAX_REQUESTS_PER_SECOND',
  'INTEGRAL_EVIDENCE_KEY',
  'INTEGRAL_CHROMIUM',
  'INTEGRAL_USER_2',
  'INTEGRAL_PASSWORD_2',
  'INTEGRAL_ORG_2',
  'INTEGRAL_HMAC_SECRET_2',
] as const

/** A variable of a further login. Those of the second stand in the list for all. */
export type FurtherVariable = `INTEGRAL_${'USER' | 'PASSWORD' | 'ORG' | 'HMAC_SECRET'}_${number}`

/** The number of the further login that a variable belongs to, 2 to 99; `undefined` for any other. */
export function loginNumberIn(name: string): number | undefined {
  const number = /^INTEGRAL_(?:USER|PASSWORD|ORG|HMAC_SECRET)_([2-9]|[1-9]\d)$/.exec(name)?.[1]
  return number === undefined ? undefined : Number(number)
}
