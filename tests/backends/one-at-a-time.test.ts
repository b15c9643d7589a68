import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { OneAtATime } from '../../src/backends/endpoint/one-at-a-time.ts'

const job = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  takes: fc.nat(6),
  fails: fc.boolean(),
})

describe('Work that goes one at a time', () => {
  it('never overlaps with its own kind, keeps its order, and survives failures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(job, { maxLength: 25 }), async (jobs) => {
        const queue = new OneAtATime()
        const inside = new Set<string>()
        const begun: number[] = []
        const settled = await Promise.allSettled(
          jobs.map(({ key, takes, fails }, index) =>
            queue.run(key, async () => {
              assert.isFalse(inside.has(key), 'two at once')
              inside.add(key)
              begun.push(index)
              for (let each = 0; each < takes; each++) await Promise.resolve()
              inside.delete(key)
              if (fails) throw new Error(`job ${index}`)
              return index
            }),
          ),
        )
        for (const [index, { fails }] of jobs.entries()) {
          const outcome = settled[index]
          if (fails) assert.include(String(Object(outcome).reason), `job ${index}`)
          else assert.deepEqual(outcome, { status: 'fulfilled', value: index })
        }
        for (const key of ['a', 'b', 'c']) {
          const own = begun.filter((index) => jobs[index]?.key === key)
          assert.deepEqual(
            own,
            own.toSorted((one, other) => one - other),
          )
        }
      }),
      { numRuns: 200 },
    )
  })

  it('does not wait for other kinds', async () => {
    const queue = new OneAtATime()
    const never = queue.run('a', () => new Promise<never>(() => {}))
    assert.equal(await queue.run('b', async () => 'done'), 'done')
    assert.instanceOf(never, Promise)
  })
})
