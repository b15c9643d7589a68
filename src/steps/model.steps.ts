import { type DataTable, Then } from '@cucumber/cucumber'
import { assert } from 'chai'
import { initialTransition, transition } from 'xstate'
import { unplayable } from '../backends/playing/roles.ts'
import { type Lifecycle, lifecycleOf } from '../machines/lifecycle.ts'
import { lifecycleArrows } from '../machines/lifecycle-rules.ts'
import { type TradingEvent, tradingWorkflow } from '../machines/trading-workflow.ts'

const aboutModels = unplayable('it is about the models, and no client does anything')

interface Arrow {
  readonly from: string
  readonly to: string
  readonly source: string
}

/** Both ways: a row without its arrow fails, and so does an arrow without its row. */
Then(
  'a {word} order should move only like this:',
  aboutModels,
  (type: string, table: DataTable) => {
    const { name } = lifecycleOf(type)
    const rules = lifecycleArrows.filter(({ lifecycle }) => lifecycle === name)
    const actual = rules.map(({ from, to, source }) => ({
      from,
      to,
      source: `${source.section} ${source.mark}`,
    }))
    assert.sameDeepMembers(actual, table.hashes() as unknown as Arrow[])
  },
)

Then(
  'a {word} order should move like a {word} order, for want of a diagram of its own',
  aboutModels,
  (type: string, other: string) => {
    assert.strictEqual(lifecycleOf(type), lifecycleOf(other))
  },
)

Then('a {word} order should end in one of {}', aboutModels, (type: string, list: string) => {
  const lifecycle: Lifecycle = lifecycleOf(type)
  assert.sameMembers(
    lifecycle.statuses.filter((status) => lifecycle.isFinal(status)),
    list.split(', '),
  )
})

Then(
  'nothing should lead on from these statuses of a {word} order:',
  aboutModels,
  (type: string, table: DataTable) => {
    const lifecycle = lifecycleOf(type)
    for (const [status = ''] of table.raw()) {
      assert.isEmpty(
        lifecycle.transitions.filter(({ from }) => from === status),
        status,
      )
    }
  },
)

Then('the trading workflow should go only like this:', aboutModels, (table: DataTable) => {
  const states = Object.values(tradingWorkflow.states)
  const actual = states.flatMap(({ key, ownEvents }) =>
    ownEvents.map((event) => {
      const at = tradingWorkflow.resolveState({ value: key as never })
      const [next] = transition(tradingWorkflow, at, { type: event } as TradingEvent)
      return { state: key, event: String(event), next: String(next.value) }
    }),
  )
  assert.sameDeepMembers(actual, table.hashes() as never)
})

Then('the trading workflow should begin {word}', aboutModels, (state: string) => {
  const [first] = initialTransition(tradingWorkflow)
  assert.equal(first.value, state)
})
