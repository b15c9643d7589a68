import { test } from 'node:test'
import { assert } from 'chai'
import { finishedPage } from '../../../src/cli/allure/finished-page.ts'

const data = 'QUJD'.repeat(20)
const page = (declared: string) =>
  `<html><head><meta charset="utf-8"></head><body><script>Promise.allSettled([${declared}]).then()</script></body></html>`

/** What of a page is declared in it. */
function declaredIn(html: string): string {
  return /allSettled\(\[(.*)\]\)/s.exec(finishedPage(html))?.[1] ?? ''
}

test('equal data stand in a page once', () => {
  const other = data.toLowerCase()
  assert.equal(
    declaredIn(
      page(`d("a.svg","${data}"),d("b.svg","${data}"),d("c.svg","${other}"),d("d","QQ==")`),
    ),
    `d("a.svg","${data}"),d("b.svg",allureReportData["a.svg"]),d("c.svg","${other}"),d("d","QQ==")`,
  )
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
