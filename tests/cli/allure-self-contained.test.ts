import { test } from 'node:test'
import { assert } from 'chai'
import { selfContained } from '../../src/cli/allure/self-contained.ts'

const page = (body: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`
const tracker = `<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
    <script>
        window.dataLayer = window.dataLayer || [];
        function gtag(){dataLayer.push(arguments);}
        gtag('js', new Date());
    </script>`
const script = (code: string) =>
  `<script src="data:text/javascript;base64,${Buffer.from(code).toString('base64')}"></script>`

test('the analytics are gone, the rest is there', () => {
  const html = selfContained(page(`<p>before</p>${tracker}<script>keep()</script>`))
  assert.notMatch(html, /googletagmanager|gtag/)
  assert.include(html, '<p>before</p><script>keep()</script>')
})

test('a policy forbids every load', () => {
  const html = selfContained(page(''))
  assert.match(
    html,
    /<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src [^"]*">/,
  )
  assert.notMatch(html, /content="[^"]*https?:/)
})

test('addresses in the packed script are gone', () => {
  const html = selfContained(
    page(script("go('https://allurereport.org');go('https://trace.playwright.dev/x')")),
  )
  const [, code = ''] = /base64,([^"]*)"/.exec(html) ?? []
  assert.equal(Buffer.from(code, 'base64').toString(), "go('#');go('#')")
})

for (const load of [
  '<img src="https://cdn.example/x.png">',
  "<link rel='stylesheet' href='//cdn.example/x.css'>",
  '<script async src=http://cdn.example/x.js></script>',
]) {
  test(`a page that loads ${load} is not written`, () => {
    assert.throws(() => selfContained(page(load)), /The page would load/)
  })
}

test('a page that has no place for the policy is not written', () => {
  assert.throws(() => selfContained('<html></html>'), /no place for a content policy/)
})
