import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { ExchangeObserver } from '../../src/mocks/exchange/observer.ts'
import { observers } from '../../src/mocks/exchange/observers.ts'

describe('Observers together', () => {
  it('are told what each wants to know, in their order, and nobody what nobody does', () => {
    const told: unknown[] = []
    class Counting {
      count = 0
      restChanged(): void {
        this.count++
        told.push(['class', this.count])
      }
    }
    const plain: ExchangeObserver = {
      orderForgotten: (id) => told.push(['order', id]),
      restChanged: () => told.push('plain'),
    }
    const together = observers(new Counting(), undefined, plain)
    together.restChanged?.()
    together.orderForgotten?.('4')
    together.restChanged?.()
    assert.deepEqual(told, [['class', 1], 'plain', ['order', '4'], ['class', 2], 'plain'])
    assert.sameMembers(Object.keys(together), ['orderForgotten', 'restChanged'])
    assert.deepEqual(observers(undefined), {})
  })
})
