import { errorCode } from '../exchange/order-view.ts'
import type { Reason, Refusal } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { DoorAnswer, WireAnswer } from './door.ts'

const permissionStatus = { http400: 400, http403: 403, reject: 400 } as const

/** HTTP codes that are not 400. Fact sheet 3 [seed: 400 and 5xx at placing; the rest inferred]. */
const statuses: Readonly<Partial<Record<Reason, number | ((settings: Settings) => number)>>> = {
  'not-authenticated': (settings) => settings['auth.failureStatus'],
  'unknown-token': (settings) => settings['auth.failureStatus'],
  'token-too-old': (settings) => settings['auth.failureStatus'],
  'bad-credentials': 401,
  'locked-out': 401,
  'unknown-user': (settings) => settings['login.unknownStatus'],
  'no-permission': (settings) => permissionStatus[settings['perm.missing']],
  'no-provider': (settings) => permissionStatus[settings['provider.missing']],
  'no-liquidity': (settings) => settings['rate.noLiquidity'],
  'bad-market-data-query': (settings) => settings['mds.invalidStatus'],
  'unknown-order': 404,
  'unknown-path': 404,
  'too-late': (settings) => settings['cancel.tooLate'],
  'bad-range': (settings) => settings['resend.invalid'],
  'no-trades-in-range': (settings) => settings['resend.empty'],
  'rate-limit': 429,
  'too-many-orders': 503,
  'impossible-outcome': 500,
  'server-error': 500,
  unavailable: 503,
}

function statusOf(reason: Reason, settings: Settings): number {
  const status = statuses[reason] ?? 400
  return typeof status === 'number' ? status : status(settings)
}

/** The error object, in the shape and with the code that the settings give it. Fact sheet 3 [inferred]. */
export function errorAnswer(
  { reason, detail, code: own }: Refusal,
  settings: Settings,
  status = statusOf(reason, settings),
): DoorAnswer {
  const code = own ?? settings.errorCodes[reason] ?? errorCode(reason)
  // In one pass and by a function: a detail quotes the client, who may have sent "$&" or "{code}".
  const values: Readonly<Record<string, string>> = { '{code}': code, '{message}': detail }
  const fill = (text: string) =>
    text.replaceAll(/\{code\}|\{message\}/g, (name) => values[name] ?? name)
  const body = Object.fromEntries(
    Object.entries(settings.errorShape).map(([name, value]) => [name, value && fill(value)]),
  )
  return { status, body }
}

/** A page in HTML, in place of an answer: whoever sent it knows neither the error object nor request ids. */
export function htmlPage(status: number, title: string): WireAnswer {
  const text = `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`
  return { status, headers: [['Content-Type', 'text/html']], text }
}

const gatewayTitles = { 502: '502 Bad Gateway', 504: '504 Gateway Time-out' } as const

/** The page of a gateway that got no answer, or none in time, from the server behind it. */
export function gatewayAnswer(status: keyof typeof gatewayTitles): WireAnswer {
  return htmlPage(status, gatewayTitles[status])
}
