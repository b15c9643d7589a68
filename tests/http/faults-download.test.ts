import { it } from 'node:test'
import { assert } from 'chai'
import { tradesSchema } from '../../src/api/contract/trades.ts'
import type { Fault } from '../../src/mocks/http/fault.ts'
import type { Trader } from './driver.ts'
import { describeEach, FAULT } from './faults-transports.ts'

describeEach('a download', (facing) => {
  const download = { operation: 'downloadTrades' } as const

  /** How many trades the next two downloads bring, after one that got the fault. */
  const left = async (trader: Trader) => {
    await trader.download().catch(() => undefined)
    return [(await trader.trades()).length, (await trader.trades()).length]
  }

  const rows: readonly (readonly [Fault, readonly number[], readonly number[]])[] = [
    [{ ...download, kind: 'truncated body' }, [0, 0], [1, 0]],
    [{ ...download, kind: 'malformed JSON' }, [0, 0], [0, 0]],
    [{ ...download, kind: 'wrong content type' }, [0, 0], [0, 0]],
    [{ ...download, kind: 'slow body', bytes: 50, everyMs: 5 }, [0, 0], [0, 0]],
    [{ ...download, kind: 'status', status: 500 }, [1, 0], [1, 0]],
    [{ ...download, kind: 'status', status: 500, when: 'after' }, [0, 0], [1, 0]],
    [{ ...download, kind: 'rate limited', retryAfterSeconds: 1 }, [1, 0], [1, 0]],
    [{ ...download, kind: 'HTML page' }, [1, 0], [1, 0]],
    [{ ...download, kind: 'HTML page', when: 'after' }, [0, 0], [1, 0]],
    [{ ...download, kind: 'duplicate delivery' }, [1, 0], [1, 0]],
    [{ ...download, kind: 'duplicate request' }, [0, 0], [1, 0]],
    [{ ...download, kind: 'duplicate request', answer: 'first' }, [0, 0], [0, 0]],
    [{ ...download, kind: 'latency', ms: 5 }, [0, 0], [0, 0]],
  ]
  for (const [fault, ...expected] of rows) {
    for (const [index, consumeOn] of (['send', 'flush'] as const).entries()) {
      it(`gets ${JSON.stringify(fault)} leaves ${expected[index]}, consumed on ${consumeOn}`, async () => {
        const { trader, stage } = await facing([], { settings: { 'stp.consumeOn': consumeOn } })
        await trader.fill()
        stage(fault)
        assert.deepEqual(await left(trader), [...(expected[index] ?? [])])
      })
    }
  }

  for (const consumeOn of ['send', 'flush'] as const) {
    it(`is delivered twice brings the very same trades; consumed on ${consumeOn}`, async () => {
      const { trader, stage } = await facing([], { settings: { 'stp.consumeOn': consumeOn } })
      await trader.fill()
      await trader.fill()
      stage({ ...download, kind: 'duplicate delivery' })
      const first = await trader.download()
      assert.equal(first.headers.get(FAULT), 'duplicate delivery')
      const second = await trader.download()
      assert.isNull(second.headers.get(FAULT))
      assert.lengthOf(tradesSchema.parse(second.body), 2)
      assert.deepEqual(second.body, first.body)
      assert.isEmpty(await trader.trades())
    })

    it(`is delivered twice, the first time in vain, brings each once; consumed on ${consumeOn}`, async () => {
      const { trader, stage } = await facing([], { settings: { 'stp.consumeOn': consumeOn } })
      await trader.fill()
      stage({ ...download, kind: 'duplicate delivery' })
      stage({ ...download, kind: 'truncated body' })
      assert.instanceOf(await trader.download().catch((thrown: unknown) => thrown), TypeError)
      const counts = [(await trader.trades()).length, (await trader.trades()).length]
      assert.deepEqual(counts, [1, 0])
    })
  }

  it('brings nothing does not spend a duplicate delivery', async () => {
    const { venue, trader } = await facing({ ...download, kind: 'duplicate delivery' })
    assert.isEmpty(await trader.trades())
    assert.deepInclude(venue.simulation.faults.staged[0], { calls: 0, hits: 0 })
    await trader.fill()
    const counts = [(await trader.trades()).length, (await trader.trades()).length]
    assert.deepEqual([...counts, (await trader.trades()).length], [1, 1, 0])
  })
})
