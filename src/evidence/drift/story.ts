import { refusalDetails } from '../../api/client/refusal-details.ts'
import { canonicalStatus } from '../../api/contract/canonical-status.ts'
import { elementsOf, type Fields, idOf, type Reading } from '../reading/reading.ts'
import { References } from './references.ts'
import { type Pair, type Side, stepOf } from './side.ts'
import { withoutValues } from './without-values.ts'

/** One line of a scenario's timeline; the same exchange several times over is one line. */
export interface StoryLine {
  readonly step: string
  /** e.g. `‹t0+2 polls›`, for a query of an order that was placed here; t0 is its placing. */
  readonly when?: string
  /** What was asked and answered, with references for whatever is another in every run. */
  readonly text: string
  readonly exchanges: readonly number[]
}

/** The timeline of one run of a scenario. Orders that both sides placed have the same name on both. */
export function storyOf(
  which: 'simulation' | 'endpoint',
  side: Side,
  pairs: readonly Pair[],
): readonly StoryLine[] {
  const references = new References()
  for (const { name, [which]: placing } of pairs) {
    references.name('order', side.orderOf(placing)?.orderId, name)
  }
  const polls = new Map<string, number>()
  const lines: { step: string; when?: string; text: string; exchanges: number[] }[] = []
  for (const reading of side.matter.made) {
    const text = lineOf(reading, references, side.ids)
    const step = stepOf(reading)
    const when = whenOf(reading, polls)
    const last = lines.at(-1)
    if (last?.text === text && last.step === step) last.exchanges.push(reading.number)
    else
      lines.push({ step, ...(when !== undefined && { when }), text, exchanges: [reading.number] })
  }
  return lines
}

/** Counts the queries of each order from its placing. */
function whenOf({ operation, params, body }: Reading, polls: Map<string, number>) {
  if (operation === 'placeOrder') {
    const orderId = idOf(elementsOf(body)[0]?.orderId)
    if (orderId !== undefined) polls.set(orderId, 0)
    return orderId === undefined ? undefined : '‹t0›'
  }
  const known = operation === 'queryOrder' ? polls.get(params.id ?? '') : undefined
  if (known === undefined) return undefined
  polls.set(params.id ?? '', known + 1)
  return `‹t0+${known + 1} ${known === 0 ? 'poll' : 'polls'}›`
}

function lineOf(reading: Reading, references: References, ids: ReadonlySet<string>): string {
  const { status } = reading
  return `${askedOf(reading, references)} → ${status ?? 'no answer'}${answerOf(reading, references, ids)}`
}

function askedOf({ operation, params, sent, exchange }: Reading, references: References): string {
  switch (operation) {
    case 'placeOrder':
      return [
        'place',
        sent?.type,
        sent?.timeInForce,
        sent?.side,
        references.of('amount', sent?.size),
      ]
        .filter((part) => part !== undefined)
        .concat(sent?.price === undefined ? [] : ['at', references.of('price', sent.price)])
        .join(' ')
    case 'queryOrder':
      return `query ${references.of('order', params.id)}`
    case 'queryOrders':
      return params.coId === undefined
        ? 'query the active orders'
        : `query ${references.of('client id', params.coId)}`
    case 'cancelOrder':
      return `cancel ${references.of('order', params.orderId)}`
    default:
      return operation ?? `${exchange.request.method} something else`
  }
}

function answerOf(reading: Reading, references: References, ids: ReadonlySet<string>): string {
  const { operation, status = 0, isSuccess, raw, body } = reading
  if (status >= 400) {
    const { code, message } = refusalDetails(raw)
    const said = [code, message && withoutValues(message, ids)].filter((each) => each !== undefined)
    return said.length > 0 ? ` ${said.join(': ')}` : ''
  }
  if (!isSuccess) return ''
  const elements = elementsOf(body)
  switch (operation) {
    case 'placeOrder':
    case 'queryOrder':
    case 'queryOrders':
      return `${elements.length === 0 ? ' nothing' : ''}${elements.map((each) => ` ${orderText(each, references)}`).join(';')}`
    case 'downloadTrades':
      return `${elements.length === 0 ? ' nothing' : ''}${elements.map((each) => ` ${tradeText(each, references)}`).join(';')}`
    case 'spotRate':
      return elements
        .map(({ bid, offer }) => ` ${references.of('price', bid)}/${references.of('price', offer)}`)
        .join(';')
    default:
      return ''
  }
}

function orderText(fields: Fields, references: References): string {
  const { orderId, status, cumQty, averagePrice } = fields
  const told = typeof status === 'string' ? status : 'no status'
  const isDealt = typeof cumQty === 'number' && cumQty > 0
  const dealt = isDealt
    ? ` ${references.of('amount', cumQty)} at ${references.of('price', averagePrice)}`
    : ''
  const meant = canonicalStatus({ status: told })
  const spelt = meant === told ? told : `${told} (${meant})`
  return `${references.of('order', orderId)} ${spelt}${dealt}`
}

function tradeText({ tradeId, orderId }: Fields, references: References): string {
  return `${references.of('trade', tradeId)} of ${references.of('order', orderId)}`
}
