import { After, Before, BeforeStep, setDefaultTimeout } from '@cucumber/cucumber'
import { assert } from 'chai'
import { assumptionsOf } from '../backends/assumptions.ts'
import { assertNoFindings, attachEvidence } from './evidence-hook.ts'
import type { TradingWorld } from './world.ts'

/** Milliseconds of real time that a step may take; every wait of ours is shorter. */
setDefaultTimeout(20_000)

/** Names and steps tell scenarios apart, and rows of an outline; ids and lines would change. */
Before({ name: 'Open the backend' }, function (this: TradingWorld, { pickle }) {
  const { uri, name, steps } = pickle
  const key = JSON.stringify([uri, name, steps.map(({ text }) => text)])
  this.begin(key, assumptionsOf(steps))
})

BeforeStep(function (this: TradingWorld, { pickleStep }) {
  this.noteStep(pickleStep.text)
})

After({ name: 'Judge what was observed' }, async function (this: TradingWorld, { pickle, result }) {
  try {
    const evidence = await attachEvidence({
      transcript: this.transcript,
      attach: this.attach.bind(this),
      pickle,
      target: this.target,
      seed: this.seed,
      workflows: this.traders.flatMap(({ name, flows }) =>
        flows.map(({ visited }) => ({ trader: name, visited })),
      ),
    })
    assertNoFindings(evidence)
    const isAboutModel = pickle.tags.some(({ name }) => name === '@model')
    if (result?.status === 'PASSED' && !isAboutModel) {
      assert.isNotEmpty(evidence.exchanges, 'Nothing was observed, so nothing can have passed.')
    }
  } finally {
    await this.end()
  }
})
