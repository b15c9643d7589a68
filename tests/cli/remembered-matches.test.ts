import { test } from 'node:test'
import { assert } from 'chai'
import { rememberMatches } from '../../src/cli/remembered-matches.ts'

const NOWHERE = { requireModules: [], requirePaths: [], loaders: [], importPaths: [] }

/** A library of definitions that each match what begins with their word, and count how often they are asked. */
function libraryOf(...words: readonly string[]) {
  const asked: string[] = []
  const stepDefinitions = words.map((word) => ({
    expression: {
      match(text: string): readonly string[] | null {
        asked.push(`${word}?${text}`)
        return text.startsWith(word) ? [text.slice(word.length)] : null
      },
    },
  }))
  const library = Object.assign({ originalCoordinates: NOWHERE }, { stepDefinitions })
  assert.strictEqual(rememberMatches(library), library)
  return {
    asked,
    ask: (text: string) => stepDefinitions.map(({ expression }) => expression.match(text)),
  }
}

test('each step definition is asked once for the words of a step, and says the same again', () => {
  const { asked, ask } = libraryOf('the ', 'an ')
  for (const _ of [1, 2, 3]) {
    assert.deepEqual(ask('the order'), [['order'], null])
    assert.deepEqual(ask('an order'), [null, ['order']])
  }
  assert.deepEqual(asked, ['the ?the order', 'an ?the order', 'the ?an order', 'an ?an order'])
})

test('of ever new words, not all are remembered', () => {
  const { asked, ask } = libraryOf('order ')
  for (let at = 0; at < 2_500; at++) assert.deepEqual(ask(`order ${at}`), [[String(at)]])
  assert.deepEqual(ask('order 2499'), [['2499']])
  assert.lengthOf(asked, 2_500)
  assert.deepEqual(ask('order 0'), [['0']])
  assert.lengthOf(asked, 2_501)
})
