import { type Fields, orderSeen, orderSent, Talk, tradeOf } from './talk.ts'

/** A rate of EUR/USD as it is told. */
const RATE: Fields = {
  symbol: 'EUR/USD',
  bid: 1.0863,
  offer: 1.08634,
  bidLimit: 1_000_000,
  offerLimit: 1_000_000,
  time: 1_602_536_120_080,
  rateId: 'r1',
}

/** Asks for a rate. */
export function askRate(talk: Talk, fields: Fields = {}): Promise<unknown> {
  const rate = { ...RATE, ...fields }
  const address = `/v2/rates/spot?symbol=${encodeURIComponent(String(rate.symbol))}`
  return talk.call('GET', address, Response.json(rate))
}

/** An order 7 that is placed (exchange 1) and seen once (exchange 2). */
export async function seen(status: string, sent: Fields, told: Fields): Promise<Talk> {
  const talk = new Talk()
  await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', sent))
  await talk.query('7', [orderSeen('7', status, { ...sent, ...told })])
  return talk
}

/** The same, after a rate was told: exchanges 1, 2 and 3. */
export async function seenOnRate(
  rate: Fields,
  status: string,
  sent: Fields,
  told: Fields,
): Promise<Talk> {
  const talk = new Talk()
  await askRate(talk, rate)
  await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', sent))
  await talk.query('7', [orderSeen('7', status, { ...sent, ...told })])
  return talk
}

/** As many downloads as a trade may let pass; what has its time then, and is not there, does not come. */
export async function pollInVain(talk: Talk): Promise<void> {
  for (let polls = 0; polls < 3; polls++) await talk.download()
}

/** A trade of order 7 that tells nothing but what is given. */
export function bareTrade(fields: Fields): Fields {
  return tradeOf('7', { dealtAmount: undefined, ...fields })
}
