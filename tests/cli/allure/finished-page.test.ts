import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { assert } from 'chai'
import { finishedPage } from '../../../src/cli/allure/finished-page.ts'
import { sameAs } from '../../../src/cli/allure/shared-data.ts'

const data = 'QUJD'.repeat(20)
const page = (declared: string) =>
  `<html><head><meta charset="utf-8"></head><body><script>Promise.allSettled([${declared}]).then()</script></body></html>`

/** What of a page is declared in it. */
function declaredIn(html: string): string {
  return /allSettled\(\[(.*)\]\)/s.exec(finishedPage(html))?.[1] ?? ''
}

const named = (file: string) =>
  `data/attachments/${createHash('md5').update(file).digest('hex')}.svg`
const encoded = (text: string) => Buffer.from(text).toString('base64')

test('what is the same as a file refers to it, wherever that one stands', () => {
  const like = `d("${named('b')}","${encoded(sameAs('a'))}")`
  const own = `d("${named('a')}","${data}"),d("w.json","QQ==")`
  assert.equal(
    declaredIn(page(`${like},${own}`)),
    `${own},d("${named('b')}",allureReportData["${named('a')}"])`,
  )
})

test('large data that are equal stand in a page once', () => {
  const [large, other] = ['QUJD', 'QUJE'].map((part) => part.repeat(20_000))
  const own = `d("a","${large}"),d("b","${other}"),d("c","${data}"),d("d","${data}")`
  assert.equal(declaredIn(page(`${own},d("e","${large}")`)), `${own},d("e",allureReportData["a"])`)
})

test('a page in which a file stands under another name than it should is not written', () => {
  const like = `d("${named('b')}","${encoded(sameAs('a'))}")`
  assert.throws(() => finishedPage(page(`${like},d("a.svg","${data}")`)), /no data of a$/)
})

test('a page without data is as it was', () => {
  const html = finishedPage(page(''))
  assert.equal(html.replace(/<meta http-equiv[^>]*>/, ''), page(''))
  assert.include(finishedPage('<meta charset="utf-8"><p>text</p>'), '<p>text</p>')
})

test('what is no data is left as it is, and looked through with the rest', () => {
  const odd = `d("a","${data}"),d("b","not base64!"),d("c","${data}")`
  assert.equal(declaredIn(page(odd)), odd)
  for (const declared of [
    `d("a","${data}"),d("b","<img src='https://cdn.example/x'>")`,
    `d("<img src='https://cdn.example/x'>","${data}")`,
  ]) {
    assert.throws(() => finishedPage(page(declared)), /The page would load <img/)
  }
})
