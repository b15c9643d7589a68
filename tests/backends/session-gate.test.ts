import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { SessionGate } from '../../src/backends/endpoint/session-gate.ts'

const turns = async (count: number) => {
  for (let each = 0; each < count; each++) await Promise.resolve()
}

const visit = fc.record({
  how: fc.constantFrom('shared', 'exclusive'),
  after: fc.nat(20),
  takes: fc.nat(12),
  fails: fc.boolean(),
})

describe('The gate between calls and what replaces their session', () => {
  it('lets all through, and nobody in beside an exclusive one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 25 }), async (visits) => {
        const gate = new SessionGate()
        const inside = { shared: 0, exclusive: 0 }
        const problems: string[] = []
        const enter = async ({ how, after, takes, fails }: (typeof visits)[number]) => {
          await turns(after)
          return gate[how as 'shared'](async () => {
            inside[how as 'shared'] += 1
            const look = () => {
              if (inside.exclusive > 1 || (inside.exclusive === 1 && inside.shared > 0))
                problems.push(JSON.stringify(inside))
            }
            look()
            await turns(takes)
            look()
            inside[how as 'shared'] -= 1
            if (fails) throw new Error('fails')
            return how
          })
        }
        const settled = await Promise.allSettled(visits.map(enter))
        assert.deepEqual(problems, [])
        assert.deepEqual(
          settled.map(({ status }) => status),
          visits.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        )
        assert.equal(await gate.exclusive(async () => 'free'), 'free')
      }),
      { numRuns: 200 },
    )
  })

  it('lets shared ones in together', async () => {
    const gate = new SessionGate()
    let inside = 0
    let most = 0
    const enter = () =>
      gate.shared(async () => {
        inside += 1
        most = Math.max(most, inside)
        await turns(5)
        inside -= 1
      })
    await Promise.all([enter(), enter(), enter()])
    assert.equal(most, 3)
  })

  it('does not keep an exclusive one waiting for those who come after it', async () => {
    const gate = new SessionGate()
    const order: string[] = []
    let leave = () => {}
    const first = gate.shared(
      () =>
        new Promise<void>((resolve) => {
          leave = resolve
        }),
    )
    const alone = gate.exclusive(async () => void order.push('alone'))
    const late = Promise.all([1, 2].map(() => gate.shared(async () => void order.push('late'))))
    await turns(10)
    assert.deepEqual(order, [])
    leave()
    await Promise.all([first, alone, late])
    assert.deepEqual(order, ['alone', 'late', 'late'])
  })
})
