import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import type { Answer } from '../../src/api/client/answer.ts'
import type { Order } from '../../src/api/contract/orders.ts'
import { Journal, readJournal } from '../../src/backends/endpoint/journal.ts'
import { OrderLedger } from '../../src/backends/endpoint/order-ledger.ts'
import { ORDER } from '../api/stub.ts'
import { inFolder } from './temporary-folder.ts'

const OWNER = { baseUrl: 'https://uat.fxinside.net', user: 'ada', org: 'Börse ✓' }
const run = (pid = 7) => ({ kind: 'run', at: '2026-01-05', pid, owner: OWNER }) as const

const view = (coId: string, orderId: string, status: string): Order => ({
  ...ORDER,
  ...{ coId, orderId, status },
})

const accepted = (order: Order): Answer<Order> => ({
  ...{ kind: 'success', operation: 'placeOrder', httpStatus: 202, raw: '', requestId: '1' },
  value: order,
})

/** What may happen to an order, as far as a journal can tell. */
const event = fc.record({
  what: fc.constantFrom('place', 'answer', 'see NEW', 'see FILLED', 'refuse', 'give up'),
  which: fc.nat(3),
})

/** A scenario that places, with the only login. */
const placer = (key: string) => ({ key, login: { number: 1 } })

/** How many bytes the journal had after each line, and which orders were open then. */
interface Mark {
  readonly size: number
  readonly open: ReadonlyMap<number, string | undefined>
}

type Entry = OrderLedger['entries'][number]

/** What each event does to an order. */
const deeds: Readonly<Record<string, (ledger: OrderLedger, entry: Entry) => void>> = {
  answer: (ledger, entry) => ledger.answered(entry, accepted(seen(entry, 'RECEIVED'))),
  'see NEW': (ledger, entry) => ledger.observe(seen(entry, 'NEW'), 1),
  'see FILLED': (ledger, entry) => ledger.observe(seen(entry, 'FILLED'), 1),
  refuse: (ledger, entry) => {
    if (entry.orderId !== undefined) return
    const refusal = { operation: 'placeOrder', httpStatus: 400, raw: '', requestId: '1' } as const
    ledger.answered(entry, { kind: 'refusal', ...refusal })
  },
  'give up': (ledger, entry) => ledger.end(entry, 'absent', 'none seen'),
}

function seen({ order, coId = '' }: Entry, status: string): Order {
  return view(coId, `id${order}`, status)
}

/** Plays events on a ledger, and notes after every one what must be known to be open. */
function play(file: string, events: readonly { what: string; which: number }[]): Mark[] {
  const journal = new Journal(file)
  journal.write(run())
  const ledger = new OrderLedger(journal, [], 0)
  const mark = (): Mark => ({
    size: readFileSync(file).length,
    open: new Map(ledger.open().map(({ order, orderId }) => [order, orderId])),
  })
  const marks = [mark()]
  for (const { what, which } of events) {
    const entry = ledger.entries[which]
    if (what === 'place')
      ledger.placing(placer(`scenario ${which} é`), { coId: `c${ledger.entries.length}` })
    else if (entry) deeds[what]?.(ledger, entry)
    marks.push(mark())
  }
  journal.close()
  return marks
}

/** What a journal must tell that was cut off: all of `before`, but for what the event after it ended. */
function assertKnown(file: string, before: Mark | undefined, next: Mark | undefined): void {
  const { open, owner, unfinishedBy } = readJournal(file)
  const found = new Map(open.map(({ order, orderId }) => [order, orderId]))
  for (const order of before?.open.keys() ?? []) {
    const mayHaveEnded = next !== undefined && !next.open.has(order)
    assert.isTrue(found.has(order) || mayHaveEnded, `order ${order} is forgotten`)
  }
  for (const [order, orderId] of found) {
    const marks = [before, next].filter((mark) => mark?.open.has(order))
    assert.isNotEmpty(marks, `order ${order} is open without a reason`)
    const ids = marks.map((mark) => mark?.open.get(order))
    assert.isTrue(orderId === undefined || ids.includes(orderId))
  }
  if (before) assert.deepEqual([owner, unfinishedBy], [OWNER, 7])
}

describe('A journal', () => {
  it('tells after a kill at any byte of every order that may be working', async () => {
    await inFolder(async (folder) => {
      let count = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(event, { maxLength: 14 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (events, share) => {
            const file = join(folder, `${count++}.ndjson`)
            const marks = play(file, events)
            const bytes = readFileSync(file)
            const cutAt = Math.floor(share * bytes.length)
            writeFileSync(file, bytes.subarray(0, cutAt))
            const at = marks.findLastIndex(({ size }) => size <= cutAt)
            assertKnown(file, marks[at], marks[at + 1])
          },
        ),
        { numRuns: 150 },
      )
    })
  })

  it('goes on after a torn line, with all that came before and after', async () => {
    await inFolder((folder) => {
      const file = join(folder, 'journal.ndjson')
      play(file, [
        { what: 'place', which: 0 },
        { what: 'place', which: 0 },
      ])
      appendFileSync(file, '{"kind":"ended","order":1,"ho')
      const { open, last } = readJournal(file)
      assert.deepEqual([open.map(({ order }) => order), last], [[1, 2], 2])
      const journal = new Journal(file)
      journal.write(run(8))
      const ledger = new OrderLedger(journal, open, last)
      const [first] = ledger.entries
      if (first) ledger.end(first, 'absent', 'none seen')
      assert.equal(ledger.placing(placer('another'), { coId: 'c3' }).order, 3)
      const state = readJournal(file)
      assert.deepEqual(
        state.open.map(({ order, coId }) => [order, coId]),
        [
          [2, 'c1'],
          [3, 'c3'],
        ],
      )
      assert.equal(state.unfinishedBy, 8)
      journal.write({ kind: 'finished', at: '2026-01-05' })
      assert.isUndefined(readJournal(file).unfinishedBy)
      journal.close()
    })
  })

  it('is empty where there is no file, and names no owner then', async () => {
    await inFolder((folder) => {
      assert.deepEqual(readJournal(join(folder, 'none')), { open: [], last: 0 })
    })
  })

  it('writes nothing once it is closed, as its file may be another one by then', async () => {
    await inFolder((folder) => {
      const journal = new Journal(join(folder, 'journal.ndjson'))
      journal.close()
      journal.close()
      assert.throws(() => journal.write(run()), 'The journal is closed.')
    })
  })
})

describe('A ledger', () => {
  const ledgerIn = (folder: string) => {
    const file = join(folder, 'journal.ndjson')
    return { file, ledger: new OrderLedger(new Journal(file), [], 0) }
  }
  const openIn = (file: string) => readJournal(file).open.map(({ orderId }) => orderId)

  it('holds an order for open again that was said to have ended, and works', async () => {
    await inFolder((folder) => {
      const { file, ledger } = ledgerIn(folder)
      const entry = ledger.placing(placer('s'), { coId: 'c1' })
      ledger.answered(entry, accepted(view('c1', 'id1', 'RECEIVED')))
      ledger.observe(view('c1', 'id1', 'CANCELED'), 1)
      assert.deepEqual([ledger.open().length, openIn(file)], [0, []])
      ledger.observe(view('c1', 'id1', 'NEW'), 1)
      assert.deepEqual([ledger.open('s').length, openIn(file)], [1, ['id1']])
    })
  })

  it('holds an order for open that was refused, or not seen, and turns up by its client id', async () => {
    await inFolder((folder) => {
      const { file, ledger } = ledgerIn(folder)
      const entry = ledger.placing(placer('s'), { coId: 'c1' })
      ledger.end(entry, 'absent', 'none seen')
      ledger.observe(view('c1', 'id1', 'NEW'), 1)
      assert.deepEqual([entry.standing, openIn(file)], ['working', ['id1']])
    })
  })

  const refusalOf = (httpStatus: number, raw: string, operation: 'placeOrder' | 'login') =>
    ({ kind: 'refusal', operation, httpStatus, raw, requestId: '1' }) as const
  const cases = [
    ['a 400', refusalOf(400, '', 'placeOrder'), 'absent'],
    ['a 503 with an error object', refusalOf(503, '{"errorCode":"X"}', 'placeOrder'), 'absent'],
    ['a 502 with a page', refusalOf(502, '<html>', 'placeOrder'), 'in doubt'],
    ['a 500 with an order', refusalOf(500, '{"orderId":"1"}', 'placeOrder'), 'in doubt'],
    ['a login that was answered 503 with a page', refusalOf(503, '<html>', 'login'), 'absent'],
    [
      'a 202 that cannot be read',
      { ...refusalOf(202, '{}', 'placeOrder'), kind: 'malformed', problems: [] },
      'in doubt',
    ],
    ['an order', accepted(view('c1', 'id1', 'NEW')), 'working'],
    ['an order that is FILLED already', accepted(view('c1', 'id1', 'FILLED')), 'ended'],
    ['an order in an unknown status', accepted(view('c1', 'id1', 'PENDING')), 'working'],
  ] as const
  for (const [title, answer, standing] of cases) {
    it(`has it ${standing} after ${title}`, async () => {
      await inFolder((folder) => {
        const { ledger } = ledgerIn(folder)
        const entry = ledger.placing(placer('s'), { coId: 'c1' })
        assert.equal(entry.standing, 'in doubt')
        ledger.answered(entry, answer)
        assert.equal(entry.standing, standing)
      })
    })
  }

  it('tells two orders with one client id apart by their ids', async () => {
    await inFolder((folder) => {
      const { ledger } = ledgerIn(folder)
      const first = ledger.placing(placer('s'), { coId: 'c1' })
      ledger.answered(first, accepted(view('c1', 'id1', 'NEW')))
      const second = ledger.placing(placer('s'), { coId: 'c1' })
      ledger.observe(view('c1', 'id1', 'NEW'), 1)
      assert.isUndefined(second.orderId)
      ledger.observe(view('c1', 'id2', 'NEW'), 1)
      assert.equal(second.orderId, 'id2')
    })
  })

  it('does not take an order of others for one of its own that has no client id', async () => {
    await inFolder((folder) => {
      const { ledger } = ledgerIn(folder)
      ledger.placing(placer('s'), { type: 'Limit' })
      ledger.placing(placer('s'), 'half an or')
      ledger.placing(placer('s'), undefined)
      ledger.placing(placer('s'), { coId: 7 })
      for (const coId of ['', 'undefined', '7']) ledger.observe(view(coId, 'other', 'NEW'), 1)
      assert.isTrue(ledger.entries.every(({ orderId }) => orderId === undefined))
    })
  })

  it('counts what this run placed, and not what it found', async () => {
    await inFolder((folder) => {
      const file = join(folder, 'journal.ndjson')
      const found = [{ order: 4, scenario: 's', coId: 'c4', sent: {} }]
      const ledger = new OrderLedger(new Journal(file), found, 4)
      assert.deepEqual([ledger.placed, ledger.open().length], [0, 1])
      assert.equal(ledger.placing(placer('s'), {}).order, 5)
      assert.equal(ledger.placed, 1)
    })
  })

  it('knows whose each order is, though two logins have one of the same id', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'journal.ndjson')
      const [ada, bob] = [
        { user: 'ada', org: 'A' },
        { user: 'bob', org: 'B' },
      ]
      const journal = new Journal(file)
      journal.write(run())
      const ledger = new OrderLedger(journal, [], 0, [ada, bob])
      const [first, second] = [1, 2].map((number) =>
        ledger.placing({ key: `s${number}`, login: { number } }, { coId: `c${number}` }),
      )
      ledger.observe(view('c1', 'id', 'NEW'), 1)
      ledger.observe(view('c2', 'id', 'CANCELED'), 2)
      assert.deepEqual([first?.status, second?.status], ['NEW', 'CANCELED'])
      assert.strictEqual(ledger.find({ orderId: 'id', coId: '' }, 1), first)
      assert.isUndefined(ledger.find({ orderId: 'other', coId: 'c1' }, 2))
      ledger.placing({ key: 's3', login: { number: 2 } }, { coId: 'c3' })
      journal.close()
      const { open } = readJournal(file)
      const { baseUrl } = OWNER
      assert.deepEqual(
        open.map(({ owner }) => owner),
        [
          { ...ada, baseUrl },
          { ...bob, baseUrl },
        ],
      )
      // A later run may number its logins otherwise.
      const later = new OrderLedger(new Journal(file), open, 3, [bob, ada])
      assert.deepEqual(
        later.entries.map(({ login, coId }) => [login, coId]),
        [
          [2, 'c1'],
          [1, 'c3'],
        ],
      )
    }))
})
