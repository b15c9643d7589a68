import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../../api/contract/client-query-template.ts'
import { rejectionIn } from '../../evidence/reading/rejection-fields.ts'
import { errorTemplateIn } from '../../evidence/variants/error-template.ts'
import { type Settings, settingRows } from '../../mocks/exchange/settings/settings.ts'
import type { RecordedAnswer, RecordedCall, Recording } from './recording.ts'
import { ordersIn, parsed } from './seen-order.ts'

type Proposed = { -readonly [Name in keyof Settings]?: Settings[Name] }

/** Settings under which the simulation answers as the recording shows, where that is not the default. */
export function settingsOf({ calls, baseUrl }: Recording, coIds: ReadonlySet<string>): Proposed {
  const proposed: Proposed = {}
  const orders = `${baseUrl}/v2/orders`
  for (const call of calls) {
    const { answer, method, url } = call
    if (!answer) continue
    if (method === 'GET' && url.startsWith(`${orders}/`)) Object.assign(proposed, shape(answer))
    if (method === 'GET' && url.startsWith(orders))
      Object.assign(proposed, clientPath(call, baseUrl, coIds))
    if (url.startsWith(orders)) Object.assign(proposed, words(answer), errorObject(answer))
    if (method === 'DELETE' && url.startsWith(orders)) Object.assign(proposed, cancelling(answer))
  }
  return Object.fromEntries(
    Object.entries(proposed).filter(([name, value]) => !isDefault(name as keyof Settings, value)),
  )
}

function isDefault(name: keyof Settings, value: unknown): boolean {
  const row = settingRows[name]
  return (
    JSON.stringify(row.default) === JSON.stringify(value) || !row.schema.safeParse(value).success
  )
}

function shape({ status, body }: RecordedAnswer): Proposed {
  const value = status === 200 ? parsed(body) : undefined
  if (typeof value !== 'object' || value === null) return {}
  return { 'query.shape': Array.isArray(value) ? 'array' : 'object' }
}

function cancelling({ status }: RecordedAnswer): Proposed {
  if (status === 200 || status === 202 || status === 204) return { 'cancel.successStatus': status }
  return [400, 404, 409, 410, 422].includes(status) ? { 'cancel.tooLate': status } : {}
}

/** How statuses are spelt, and which fields tell of a rejection. */
function words(answer: RecordedAnswer): Proposed {
  const proposed: Proposed = {}
  for (const { status, fields } of ordersIn(answer) ?? []) {
    const spelt = String(fields.status)
    if (status === 'CANCELED') proposed['cancel.status'] = spelt
    if (status === 'NEW' && spelt !== status) proposed['partial.workingStatus'] = spelt
    const { reason, code } = status === 'REJECTED' ? rejectionIn(fields).names : {}
    if (reason !== undefined && code !== undefined) proposed['reject.fields'] = { reason, code }
  }
  return proposed
}

function errorObject({ status, body }: RecordedAnswer): Proposed {
  const template = status >= 400 ? errorTemplateIn(body ?? '') : undefined
  // Whether the exchange can answer so is checked with all that is proposed.
  return template ? { errorShape: template as Settings['errorShape'] } : {}
}

/** The path of the query by client id, where one is asked for that was placed. */
function clientPath({ url }: RecordedCall, baseUrl: string, coIds: ReadonlySet<string>): Proposed {
  const { pathname, search } = new URL(url)
  const below = pathname.slice(new URL(baseUrl).pathname.replace(/\/$/, '').length) + search
  if (
    parseClientQueryPath(DEFAULT_CLIENT_QUERY_PATH).match({
      pathname: below.split('?')[0] ?? '',
      search,
    })
  )
    return {}
  const pieces = below.split(/[/?&=]/).map(decode)
  const coId = pieces.find((piece) => coIds.has(piece))
  if (coId === undefined) return {}
  const template = below.replace(encodeURIComponent(coId), '{coId}')
  try {
    parseClientQueryPath(template)
    return { 'paths.queryByClient': template }
  } catch {
    return {}
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
