import { setImmediate } from 'node:timers/promises'
import {
  After,
  Before,
  BeforeStep,
  type ITestCaseHookParameter,
  setDefaultTimeout,
} from '@cucumber/cucumber'
import { assert } from 'chai'
import { assumptionsOf } from '../backends/assumptions.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { assertNoFindings, attachEvidence } from './evidence-hook.ts'
import { notVerified } from './not-verified.ts'
import type { TradingWorld } from './world.ts'

/**
 * Milliseconds of real time that a step may take. Every wait of ours is shorter: on an endpoint a step
 * may try three times and wait for each, and the time of the whole run bounds them all.
 */
setDefaultTimeout(300_000)

Before(
  { name: 'Open the backend' },
  async function (this: TradingWorld, { pickle }: ITestCaseHookParameter) {
    const why = await this.begin(identityOf(pickle))
    if (why !== undefined) return notVerified(this, why)
    return isAboutModel(pickle) && !isSimulated(this.target)
      ? notVerified(this, 'it is about the models, and looks at no endpoint')
      : undefined
  },
)

function isAboutModel({ tags }: ITestCaseHookParameter['pickle']): boolean {
  return tags.some(({ name }) => name === '@model')
}

/** Names and steps tell scenarios apart, and rows of an outline; ids and lines would change. */
function identityOf({ uri, name, steps, location }: ITestCaseHookParameter['pickle']) {
  const place = `${uri}:${location?.line ?? 1}`
  return {
    key: JSON.stringify([uri, name, steps.map(({ text }) => text)]),
    place,
    label: `${place} ${name}`,
    assumed: assumptionsOf(steps),
  }
}

BeforeStep(function (this: TradingWorld, { pickleStep }) {
  this.noteStep(pickleStep.text)
})

After(
  { name: 'Judge what was observed' },
  async function (this: TradingWorld, { pickle, result, willBeRetried = false }) {
    await this.end()
    // In a simulation nothing else lets the event loop turn: reports would wait in memory to be written, and
    // signals to be heard, until the last scenario has ended.
    await setImmediate()
    const unwatched =
      result?.status === 'PASSED' && this.lost ? notVerified(this, this.lost) : undefined
    const evidence = await attachEvidence({
      transcript: this.transcript,
      attach: this.attach.bind(this),
      pickle,
      willBeRetried,
      target: this.target,
      seed: this.seed,
      account: this.backend.account,
      notVerified: this.notVerifiedHere,
      bounds: this.backend.bounds,
      deviation: this.parameters.deviation,
      evidenceOnly: this.parameters.evidenceOnly,
      workflows: this.traders.flatMap(({ name, flows }) =>
        flows.map(({ visited }) => ({ trader: name, visited })),
      ),
    })
    assertNoFindings(evidence)
    if (result?.status === 'PASSED' && !unwatched && !isAboutModel(pickle)) {
      const own = evidence.exchanges.filter(({ sharedFrom }) => sharedFrom === undefined)
      assert.isNotEmpty(own, 'Nothing was observed, so nothing can have passed.')
    }
    return unwatched
  },
)
