import fc from 'fast-check'
import { History } from './history.ts'
import { type Choices, Server, type Terms } from './server.ts'

const choices: fc.Arbitrary<Choices> = fc.record({
  shape: fc.constantFrom('array', 'object'),
  omitEvent: fc.boolean(),
  extra: fc.constantFrom({}, { venue: 'X', flags: ['a', { b: 1 }] }, { 'näxt field': null }),
})

const terms: fc.Arbitrary<Terms> = fc.record({
  kind: fc.constantFrom('PQ', 'GTC', 'IOC', 'FOK', 'GTT'),
  side: fc.constantFrom('Buy', 'Sell'),
  size: fc.integer({ min: 1, max: 50 }).map((lots) => lots * 1_000),
  parts: fc.array(fc.constantFrom(0.1, 0.25, 0.5), { maxLength: 3 }),
  end: fc.constantFrom('FILLED', 'REJECTED', 'EXPIRED', 'rests', 'REJECTED at once', 'refused'),
  betterPips: fc.nat({ max: 3 }),
})

const which = fc.nat({ max: 7 })
const steps = fc.nat({ max: 3 })

/** What a client does next; what there is no order for is left out. */
type Move = (server: Server) => void
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: terms.map(
      (each): Move =>
        (server) =>
          server.place(each),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(which, steps).map(
      ([order, by]): Move =>
        (server) =>
          server.query(order, by),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(which, steps).map(
      ([order, by]): Move =>
        (server) =>
          server.lookUp(order, by),
    ),
  },
  { weight: 1, arbitrary: fc.constant((server: Server) => server.list()) },
  {
    weight: 2,
    arbitrary: which.map(
      (order): Move =>
        (server) =>
          server.cancel(order),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(1, 2, 50).map(
      (most): Move =>
        (server) =>
          server.download(most),
    ),
  },
  { weight: 1, arbitrary: fc.constant((server: Server) => server.resend()) },
  {
    weight: 1,
    arbitrary: fc.constant((server: Server) => {
      server.quote()
    }),
  },
  { weight: 1, arbitrary: fc.constant((server: Server) => server.renew()) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 100 }).map(
      (ms): Move =>
        (server) =>
          server.wait(ms),
    ),
  },
)

/**
 * Everything that a server may say to a client that does as it likes, and what it leaves open chosen
 * anyhow. At most 40 moves, so that nothing takes longer than it may.
 */
export const legalHistories: fc.Arbitrary<History> = fc
  .tuple(choices, fc.array(move, { minLength: 1, maxLength: 40, size: 'max' }))
  .map(([chosen, moves]) => {
    const server = new Server(chosen)
    for (const make of moves) make(server)
    server.finish()
    return new History(server.entries)
  })
