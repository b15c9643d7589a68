import { test } from 'node:test'
import { assert } from 'chai'
import { Attachments } from '../../../src/cli/allure/attachments.ts'
import { Budget, shown } from '../../../src/cli/allure/caps.ts'
import { httpExchange } from '../../../src/cli/allure/http-exchange.ts'

test('what is short enough is shown whole', () => {
  assert.deepEqual(shown('abc', 3), { text: 'abc' })
})

test('what is too long is cut, and says where the whole stands', () => {
  const { text, cutFrom } = shown('abcdef', 4)
  assert.equal(cutFrom, 6)
  assert.equal(
    text,
    'abcd\n… [cut here: the first 4 of 6 characters are shown; the whole stands in evidence/transcript.ndjson]',
  )
})

test('what was cut before tells how long it was at first', () => {
  const before = 'abcdef\n… [cut here: the first 6 of 900 characters are shown]'
  assert.deepEqual(shown(before, 100), { text: before, cutFrom: 900 })
  assert.include(shown(before, 2).text, 'the first 2 of 900 characters')
})

test('a body that is cut is marked as such', () => {
  const exchange = httpExchange({
    ...{ number: 1, at: 0, tookMs: 1 },
    request: { method: 'GET', url: 'http://127.0.0.1/v2/x', headers: [] },
    response: { status: 200, headers: [], body: 'x'.repeat(70_000) },
  })
  assert.include(exchange.response?.body, { truncated: true, size: 70_000 })
  assert.match(exchange.response?.body?.value ?? '', /the first 65536 of 70000 characters/)
})

test('a page has room for so much, and equal attachments take room once', () => {
  const attachments = new Attachments('one', new Budget(6))
  assert.lengthOf(attachments.text('first', 'abcd'), 1)
  assert.lengthOf(attachments.text('the same', 'abcd'), 1)
  assert.lengthOf(attachments.text('too much', 'xyz'), 0)
  assert.equal(attachments.leftOut, 1)
  assert.lengthOf(new Set(attachments.files.map(({ name }) => name)), 2)
})
