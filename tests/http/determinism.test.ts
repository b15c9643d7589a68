import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { type Answer, at, orderIdOf, type Trader, Venue } from './driver.ts'

const MIXED: Partial<Settings> = {
  'outcome.rejectBeforeNew': 0.15,
  'outcome.rejectAfterNew': 0.15,
  'outcome.expire': 0.15,
  'outcome.fillInParts': 0.25,
  'stp.order': 'random',
}

/** Everything an answer says. */
const bytesOf = ({ status, headers, text }: Answer) =>
  JSON.stringify([status, [...headers].sort(), headers.getSetCookie(), text])

/** A day’s work of two users; all bytes they got. */
async function transcript(seed: string): Promise<readonly string[]> {
  const venue = new Venue({ seed, settings: MIXED })
  const answers: Answer[] = []
  const call = async (answer: Promise<Answer>) => {
    answers.push(await answer)
    return answers.at(-1) ?? assert.fail()
  }
  for (const name of ['ada', 'ben']) {
    const trader = venue.enrol(name)
    await call(trader.login())
    await call(trader.renew())
    for (const symbol of ['EUR/USD', 'USD/JPY', 'XXX/YYY'])
      await call(trader.askRate(symbol, '/FULL'))
    await call(trader.call('GET', '/marketdataset?id=4HProduct&symbols=EUR%2FUSD,GBP%2FUSD'))
    for (let order = 0; order < 12; order++) {
      const placed = await call(
        order % 3 === 0
          ? trader.placePq(await trader.rate(), { size: 70_000 })
          : trader.placeLimit({ timeInForce: order % 2 === 0 ? 'IOC' : 'DAY' }),
      )
      for (let query = 0; query < 3; query++) await call(trader.askOrder(orderIdOf(placed)))
      venue.clock.advance(1_500)
    }
    await call(trader.active())
    await call(trader.download(5))
    await call(trader.download())
    await call(trader.resend('2025-06-11 00:00:00,000 +0000', '2025-06-11 23:00:00,000 +0000'))
    await call(trader.download())
  }
  return answers.map(bytesOf)
}

describe('the simulation', () => {
  it('answers the same calls with the same bytes, seed for seed', async () => {
    const first = await transcript('one')
    assert.deepEqual(await transcript('one'), first)
    assert.isAbove(first.length, 100)
  })

  it('answers them otherwise for another seed', async () => {
    const [first, second] = [await transcript('one'), await transcript('two')]
    const same = first.filter((answer, index) => answer === second[index])
    // Refusals and empty lists say nothing of the seed.
    assert.isBelow(same.length, first.length / 10)
  })

  it('does with each order the same, in whatever order its users call', async () => {
    const work = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('ada', 'ben', 'cy'),
        number: fc.nat(500),
        timeInForce: fc.constantFrom('IOC', 'FOK', 'DAY', 'PQ'),
      }),
      { minLength: 2, maxLength: 8, selector: ({ name, number }) => `${name}${number}` },
    )
    await fc.assert(
      fc.asyncProperty(work, fc.infiniteStream(fc.nat()), async (orders, picks) => {
        const oneByOne = orders.flatMap((_, index) => Array.from({ length: 5 }, () => index))
        const mixed = shuffled(oneByOne, picks)
        assert.deepEqual(await fates(orders, mixed), await fates(orders, oneByOne))
      }),
      { seed: 1, numRuns: 60 },
    )
  })
})

interface Work {
  readonly name: string
  readonly number: number
  readonly timeInForce: string
}

function shuffled(turns: readonly number[], picks: fc.Stream<number>): readonly number[] {
  const left = [...turns]
  const mixed: number[] = []
  for (const pick of picks.take(turns.length)) mixed.push(...left.splice(pick % left.length, 1))
  return mixed
}

/** What became of each order, where turn after turn one of them is placed or queried. */
async function fates(orders: readonly Work[], turns: readonly number[]): Promise<unknown> {
  const venue = new Venue({ seed: 'interleaved', settings: MIXED })
  const traders = new Map<string, Trader>()
  for (const name of ['ada', 'ben', 'cy']) {
    traders.set(name, await venue.trader(name, name === 'cy' ? { org: 'ElsewhereOrg' } : {}))
  }
  const seen = orders.map((): unknown[] => [])
  const ids = new Map<number, string>()
  for (const turn of turns) {
    const work = orders[turn] ?? assert.fail()
    const trader = traders.get(work.name) ?? assert.fail()
    const orderId = ids.get(turn)
    if (orderId === undefined) ids.set(turn, orderIdOf(await placed(trader, work)))
    else {
      const order = await trader.query(orderId)
      const { status, cumQty, averagePrice, settlCurrAmt, reasonCode } = order
      seen[turn]?.push([status, cumQty, averagePrice, settlCurrAmt, reasonCode])
    }
  }
  return seen
}

async function placed(trader: Trader, { name, number, timeInForce }: Work): Promise<Answer> {
  const coId = `${name}-${number}`
  return timeInForce === 'PQ'
    ? trader.placePq(await trader.rate(), { coId })
    : trader.placeLimit({ coId, timeInForce })
}

describe('the people of a simulation', () => {
  it('are the same for the same seed, and others for another', async () => {
    const people = async (seed: string) => {
      const venue = new Venue({ seed })
      const { user } = venue.enrol('ada')
      const { broker, org } = venue.exchange.directory
      return JSON.stringify([user, broker, org])
    }
    assert.equal(await people('one'), await people('one'))
    assert.notEqual(await people('one'), await people('two'))
  })

  it('keep what they are enrolled with, and are enrolled anew with other particulars', async () => {
    const { directory } = new Venue().exchange
    const ada = directory.enrol({ name: 'ada' })
    assert.match(ada.password, /^\S{24}$/)
    assert.deepEqual(directory.enrol({ name: 'ada', mayTrade: false }), { ...ada, mayTrade: false })
    assert.equal(directory.enrol({ name: 'ada', password: 'own' }).password, 'own')
    assert.notEqual(directory.enrol({ name: 'ada', org: 'OtherOrg' }).password, 'own')
    assert.isUndefined(directory.find('nobody', directory.org))
    assert.notEqual(directory.broker.org, directory.org)
    assert.isAtLeast(directory.providers.length, 3)
  })

  it('lose their permission at once, though they are logged in', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    venue.enrol('ada', { mayTrade: false })
    const { status, body } = await trader.placeLimit()
    assert.deepEqual([status, at(body, 'errorCode')], [403, 'NO_PERMISSION'])
  })
})
