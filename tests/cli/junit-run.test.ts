import { describe, it } from 'node:test'
import { assert } from 'chai'
import { junitOfRun } from '../../src/cli/junit-run.ts'

const SUITE = `<?xml version="1.0"?>
<testsuite name="integral uat" time="1" tests="1" skipped="0" failures="0" errors="0">
  <testcase classname="a feature" name="a scenario" time="1"/>
</testsuite>
`
const finding = {
  code: 'trade-missing',
  rule: 'trade.in-time',
  orderId: '7',
  expected: 'A dealt order has its trade.',
  detail: 'no "trade" & none < 10 s',
  exchanges: [3],
}

describe('What build servers read', () => {
  it('names the run, and is as Cucumber made it where the run itself found nothing', () => {
    const written = junitOfRun(SUITE, 'uat-1', [])
    const [, property] = /<property name="run" value="([^"]*)"/.exec(written) ?? []
    assert.equal(property, 'uat-1')
    assert.equal(written.replace(/\s*<properties>[\s\S]*<\/properties>/, ''), SUITE)
  })

  it('fails where no scenario did, but the run itself found something', () => {
    const written = junitOfRun(SUITE, 'uat-1', [finding, finding])
    assert.include(written, ' tests="2" skipped="0" failures="1" errors="0"')
    assert.match(
      written,
      /<testcase classname="the run itself"[^>]*>\s*<failure type="trade-missing" message="trade-missing: order 7: no &quot;trade&quot; &amp; none &lt; 10 s \(exchange 3\), against trade.in-time: [^"]*">/,
    )
    assert.match(written, /<\/testcase>\n<\/testsuite>\n$/)
  })

  it('stays empty where Cucumber broke off', () => {
    assert.equal(junitOfRun('', 'uat-1', [finding]), '')
  })
})
