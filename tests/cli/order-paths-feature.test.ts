import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, it, mock } from 'node:test'
import { assert } from 'chai'
import { generate } from '../../src/cli/generated-document.ts'
import { orderPathsFeature } from '../../src/cli/order-paths-feature.ts'
import { pathRecipes, type Recipes, recipeKey } from '../../src/cli/path-recipes.ts'
import { walksOf } from '../../src/cli/path-scenarios.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { lifecycles, limitLifecycle } from '../../src/machines/lifecycle.ts'
import { eventsOf, loopedPaths, simplePaths } from '../../src/machines/paths.ts'
import { documentedEnds } from '../machines/documented-arrows.ts'

const PATH = 'features/orders/order-paths.feature'

/** Every scenario, written by hand; those marked with * stage something, and run on no endpoint. */
const TITLES = `
* PQ order: RECEIVED, NEW, FILLED
  PQ order: RECEIVED, NEW, FILLED, as polling sees it
* PQ order: RECEIVED, NEW, REJECTED
* PQ order: RECEIVED, REJECTED
  PQ order: refused, and so no order
* PQ order: queried before it is placed
  PQ order: cancelled when it is FILLED
* PQ order: cancelled when it is REJECTED
* PQ order: placed again while it works
* PQ order: placed again when it is FILLED
* PQ order: placed again when it is REJECTED
* Limit order: RECEIVED, NEW, FILLED
  Limit order: RECEIVED, NEW, FILLED, as polling sees it
* Limit order: RECEIVED, NEW, REJECTED
* Limit order: RECEIVED, NEW, EXPIRED
  Limit order: RECEIVED, NEW, EXPIRED, as polling sees it
* Limit order: RECEIVED, NEW, CANCELED
  Limit order: RECEIVED, NEW, CANCELED, as polling sees it
* Limit order: RECEIVED, REJECTED
  Limit order: refused, and so no order
* Limit order: RECEIVED, NEW with a part dealt, FILLED
* Limit order: RECEIVED, NEW with a part dealt, EXPIRED
* Limit order: RECEIVED, NEW with a part dealt, CANCELED
  Limit order: queried before it is placed
  Limit order: cancelled when it is FILLED
* Limit order: cancelled when it is REJECTED
  Limit order: cancelled when it is EXPIRED
  Limit order: cancelled when it is CANCELED
  Limit order: placed again while it works
* Limit order: placed again when it is FILLED
* Limit order: placed again when it is REJECTED
  Limit order: placed again when it is EXPIRED
  Limit order: placed again when it is CANCELED
`

interface Read {
  readonly title: string
  readonly isStaged: boolean
  readonly steps: readonly string[]
}

/** The scenarios of the checked-in file, read line by line. */
const written = await readFile(new URL(`../../${PATH}`, import.meta.url), 'utf8')
const scenarios = written
  .split(/\n\n/)
  .filter((block) => /^ {4}(@|Scenario:)/.test(block))
  .map((block): Read => {
    const lines = block
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    const at = lines.findIndex((line) => line.startsWith('Scenario: '))
    return {
      title: lines[at]?.replace('Scenario: ', '') ?? '',
      isStaged: lines.slice(0, at).includes('@simulation-only'),
      steps: lines.slice(at + 1),
    }
  })
const called = (title: string): Read =>
  scenarios.find((each) => each.title === title) ?? assert.fail(`There is no "${title}".`)

describe(PATH, () => {
  it('is what the models and the recipes give', () => {
    assert.isTrue(written === orderPathsFeature(), `${PATH} is stale. Run: npm run paths-feature`)
  })

  it('has a scenario for every path and every forbidden step, and marks those that stage', () => {
    const listed = scenarios.map(({ title, isStaged }) => `${isStaged ? '*' : ' '} ${title}`)
    assert.deepEqual(listed, TITLES.split('\n').filter(Boolean))
  })

  it('states the statuses of each path, and asks for all of them where they can be held', () => {
    for (const { title, isStaged, steps } of scenarios) {
      const [, way] = /: (RECEIVED, .*?)(, as polling sees it)?$/.exec(title) ?? []
      if (way === undefined) continue
      const statuses = way.replace(' with a part dealt', '')
      const asked = isStaged
        ? `Then the statuses seen should be ${statuses}`
        : `And what was seen should lie on the way ${statuses}`
      assert.include(steps, asked, title)
      if (title.includes('a part dealt')) {
        assert.include(steps, 'And 60% of the size should be dealt', title)
      }
    }
  })

  it('cancels, and places again, what has ended in each of the documented ends', () => {
    for (const [name, ends] of Object.entries(documentedEnds)) {
      for (const end of ends) {
        const cancelled = called(`${name} order: cancelled when it is ${end}`).steps
        assert.deepEqual(cancelled.slice(-3), [
          `And the order should be ${end}`,
          'When Ada cancels the order',
          `Then the order should still be ${end}`,
        ])
        const again = called(`${name} order: placed again when it is ${end}`).steps
        assert.deepEqual(again.slice(-4), [
          `And the order should be ${end}`,
          'When Ada places the very same order again',
          'Then no second order should have come of it',
          `And the order should be ${end}`,
        ])
      }
    }
  })

  it('places nothing again on an endpoint that could be dealt a second time', () => {
    const again = scenarios.filter(
      ({ isStaged, steps }) => !isStaged && steps.some((step) => step.includes('the very same')),
    )
    assert.isNotEmpty(again)
    for (const { title, steps } of again) {
      const [placed = ''] = steps.filter((step) => step.includes('has placed'))
      assert.match(placed, /limit order to sell a small amount 200 pips above the market, /, title)
    }
  })

  it('deals back on an endpoint what it deals there', () => {
    const dealt = scenarios.filter(({ title, isStaged }) => !isStaged && title.includes('FILLED'))
    const sides = dealt.map(({ steps }) => /order to (buy|sell)/.exec(steps.join('\n'))?.[1])
    assert.deepEqual(sides, ['buy', 'sell', 'buy', 'sell'])
  })

  it('says which path is left out, and why', () => {
    assert.match(
      written,
      / {4}Not taken is RECEIVED, NEW with a part dealt, REJECTED:\n {4}a rejection turns down the whole order/,
    )
  })
})

describe('the recipes', () => {
  for (const lifecycle of lifecycles) {
    const { name } = lifecycle
    const recipes = pathRecipes('buy')[name]

    it(`are one for each ${name} path, and each is missed`, () => {
      const keys = [...simplePaths(lifecycle), ...loopedPaths(lifecycle)].map((path) =>
        recipeKey(eventsOf(path)),
      )
      assert.sameMembers(Object.keys(recipes), keys)
      for (const key of keys) {
        const fewer = Object.fromEntries(Object.entries(recipes).filter(([each]) => each !== key))
        assert.throws(
          () => walksOf(lifecycle, fewer),
          UsageError,
          `Failed to make scenarios: no recipe says how a ${name} order goes by ${key}; add one to src/cli/path-recipes.ts.`,
        )
      }
    })
  }

  it('are refused where no path needs them', () => {
    const recipes: Recipes = {
      ...pathRecipes('sell').Limit,
      'order.received, order.refused': { kind: 'omitted', why: 'nobody goes there' },
    }
    assert.throws(
      () => walksOf(limitLifecycle, recipes),
      UsageError,
      'no Limit order goes by order.received, order.refused; take its recipe out',
    )
  })
})

describe('a generated document that cannot be made', () => {
  it('is answered with one sentence and exit code 2, and nothing is written', async () => {
    const said = mock.method(console, 'error', () => {})
    const path = 'features/orders/never.feature'
    const make = () => {
      throw new UsageError('Failed to make scenarios: none.')
    }
    assert.equal(await generate({ path, script: 'none', make }, []), 2)
    said.mock.restore()
    assert.deepEqual(
      said.mock.calls.map(({ arguments: all }) => all),
      [['Failed to make scenarios: none.']],
    )
    assert.isFalse(existsSync(new URL(`../../${path}`, import.meta.url)))
  })
})
