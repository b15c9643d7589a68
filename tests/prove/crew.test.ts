import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { assert } from 'chai'
import { Crew } from '../../src/cli/prove/crew.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { resultWith } from './trials.ts'

const ANSWER = `parentPort.postMessage({ result: ${JSON.stringify(resultWith())} })`
/** A moment in which an idle worker dies; where it takes longer, it dies at work, to the same end. */
const IDLE_MS = 200
const WITHIN_MS = 20_000

/** A worker that does this, and answers nothing by itself. */
function scriptOf(body: string): URL {
  const text = `import { parentPort } from 'node:worker_threads'\n${body}\n`
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`)
}

const crewOf = (body: string, size = 1) => new Crew(size, { cwd: '.', seed: 's' }, scriptOf(body))

/** What it ends with, where it ends at all. */
async function failureOf(running: Promise<unknown>): Promise<unknown> {
  const timer = new AbortController()
  const hangs = wait(WITHIN_MS, new Error('it hangs'), { signal: timer.signal })
  hangs.catch(() => {})
  const failure = await Promise.race([
    running.then(
      () => new Error('it did not fail'),
      (error) => error,
    ),
    hangs,
  ])
  timer.abort()
  return failure
}

describe('a worker that dies ends the run with a sentence', () => {
  for (const [how, deed, sentence] of [
    [
      'throws',
      "throw new Error('it is\\nbroken.')",
      'It could not be judged: a worker failed, because it is broken.',
    ],
    ['ends', 'process.exit(3)', 'It could not be judged: a worker ended by itself, with code 3.'],
  ] as const) {
    const isSentence = (failure: unknown) => {
      assert.instanceOf(failure, UsageError)
      assert.equal(failure.message, sentence)
    }

    it(`where it ${how} at work`, async () => {
      const crew = crewOf(`parentPort.on('message', () => { ${deed} })`)
      isSentence(await failureOf(crew.run([{}])))
      await crew.close()
    })

    it(`where it ${how} while idle`, async () => {
      const crew = crewOf(
        `parentPort.on('message', () => { ${ANSWER}; setTimeout(() => { ${deed} }) })`,
      )
      assert.lengthOf(await crew.run([{}]), 1)
      await wait(IDLE_MS)
      isSentence(await failureOf(crew.run([{}])))
      await crew.close()
    })

    it(`where it ${how} before anyone asks, though another worker never answers`, async () => {
      const crew = crewOf(
        `import { threadId } from 'node:worker_threads'
         parentPort.on('message', () => {})
         if (threadId % 2 === 0) { ${deed} }`,
        2,
      )
      await wait(IDLE_MS)
      isSentence(await failureOf(crew.run([{}])))
      await crew.close()
    })
  }

  it('and one that is closed is not dead', async () => {
    const crew = crewOf(`parentPort.on('message', () => { ${ANSWER} })`, 2)
    assert.lengthOf(await crew.run([{}, {}, {}]), 3)
    await crew.close()
  })
})
