import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { readAnswer } from '../../bench/driving/answer.ts'
import { Connection } from '../../bench/driving/connection.ts'
import { flow } from '../../bench/driving/flow.ts'
import { Ledger } from '../../bench/driving/ledger.ts'
import { median, Samples } from '../../bench/driving/samples.ts'
import { measureOf } from '../../bench/report/measure.ts'

describe('the reader of answers', () => {
  const head = 'HTTP/1.1 200 OK\r\nDate: today\r\n'
  const sized = (body: string) => `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  const chunked = (parts: readonly string[]) =>
    `${head}Transfer-Encoding: chunked\r\n\r\n${[...parts, '']
      .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
      .join('')}`
  const body = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 300 })

  test('reads what has a length or comes in chunks, wherever it is cut in two', () => {
    fc.assert(
      fc.property(fc.array(body, { minLength: 1, maxLength: 4 }), fc.boolean(), (parts, whole) => {
        const text = whole ? sized(parts.join('')) : chunked(parts)
        for (let at = 0; at < text.length; at++) assert.isUndefined(readAnswer(text.slice(0, at)))
        const read = readAnswer(`${text}HTTP/1.1`)
        assert.equal(read?.answer.body, parts.join(''))
        assert.equal(read?.end, text.length)
      }),
      { numRuns: 30 },
    )
  })

  for (const [what, text] of [
    ['no HTTP', 'SSH-2.0\r\n\r\n'],
    ['no length', `${head}\r\n`],
    ['an end of the connection', `${head}Connection: close\r\nContent-Length: 0\r\n\r\n`],
  ] as const) {
    test(`refuses ${what}`, () => {
      assert.throws(() => readAnswer(text), /Failed to read an answer/)
    })
  }
})

test('a connection gives answers to those who asked, in their order', async () => {
  const server = createServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none')
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('It has no port.')
  const connection = await Connection.open(address.port)
  const answers = await connection.sendAll(['a', 'b'])
  assert.deepEqual(
    answers.map(({ body }) => body),
    ['one', 'two'],
  )
  connection.close()
  server.close()
})

describe('the flow', () => {
  const rate = '{"rateId":"r1","offer":1.5,"time":0}'
  const placed = (coId: string) => `{"coId":"${coId}","orderId":"7"}`
  const filled = '{"orderId":"7","status":"FILLED"}'
  const trade = '[{"orderId":"7"}]'
  const run = (answers: readonly (readonly [status: number, body: string])[], ledger: Ledger) => {
    const conversation = flow('c1', ledger)
    conversation.next()
    for (const [status, body] of answers) conversation.next({ status, head: '', body })
  }
  const good = [
    [200, rate],
    [202, placed('c1')],
    [200, '{"orderId":"7","status":"NEW"}'],
    [200, filled],
    [200, trade],
  ] as const

  test('is content with what must be', () => {
    const ledger = new Ledger()
    run(good, ledger)
    assert.deepEqual([ledger.placed, ledger.untraded], [1, 0])
  })

  const wrong: readonly (readonly [what: string, at: number, status: number, body: string])[] = [
    ['an error in place of a rate', 0, 500, rate],
    ['an order placed with 200', 1, 200, placed('c1')],
    ['the order of somebody else', 1, 202, placed('c2')],
    ['another order', 2, 200, '{"orderId":"8","status":"NEW"}'],
    ['an order that is not filled', 3, 200, '{"orderId":"7","status":"NEW"}'],
    ['a trade of no order', 4, 200, '[{"orderId":"9"}]'],
    ['a trade twice', 4, 200, '[{"orderId":"7"},{"orderId":"7"}]'],
    ['an error in place of trades', 4, 503, '[]'],
  ]
  for (const [what, at, status, body] of wrong) {
    test(`is stopped by ${what}`, () => {
      const answers = good.map((each, index) => (index === at ? ([status, body] as const) : each))
      assert.throws(() => run(answers, new Ledger()))
    })
  }

  test('leaves an order without a trade on the ledger', () => {
    const ledger = new Ledger()
    run([...good.slice(0, 4), [200, '[]']], ledger)
    assert.equal(ledger.untraded, 1)
  })
})

describe('what is made of samples', () => {
  const samples = new Samples()
  for (let value = 100; value >= 1; value--) samples.add(value)

  test('a quantile is the sample that so many do not exceed', () => {
    assert.deepEqual(
      [0, 0.5, 0.99, 0.995, 1].map((share) => samples.quantile(share)),
      [1, 50, 99, 100, 100],
    )
    assert.throws(() => new Samples().quantile(0.5), RangeError)
  })

  test('a median is the middle, or between the two of it', () => {
    assert.equal(median([3, 1, 2]), 2)
    assert.equal(median([4, 1, 2, 3]), 2.5)
    assert.throws(() => median([]), RangeError)
  })

  const kind = { id: 'x', title: 'x', unit: 'x', better: 'higher', bar: 0.5, aim: 0.65 } as const
  const reach = (ratio: number, better: 'higher' | 'lower' = 'higher') =>
    measureOf({ ...kind, better, ...(better === 'lower' && { bar: 5, aim: 3 }) }, [
      { value: ratio, reference: 1 },
    ]).reached

  test('bar and aim are reached where they are met', () => {
    assert.deepEqual(
      [0.49, 0.5, 0.64, 0.65].map((ratio) => reach(ratio)),
      ['no', 'bar', 'bar', 'aim'],
    )
    assert.deepEqual(
      [5.1, 5, 3.1, 3].map((ratio) => reach(ratio, 'lower')),
      ['no', 'bar', 'bar', 'aim'],
    )
  })

  test('the ratio is the median of the repetitions’ own', () => {
    const slowed = [
      { value: 10, reference: 20 },
      { value: 1, reference: 2 },
      { value: 6, reference: 10 },
    ]
    assert.equal(measureOf(kind, slowed).ratio, 0.5)
  })

  test('what could not be judged has reached nothing', () => {
    const { reached, why } = measureOf(kind, [{ value: 1, reference: 1 }], 'too busy')
    assert.deepEqual([reached, why], ['not verified', 'too busy'])
  })
})
