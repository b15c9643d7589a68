import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Proof, proofOf } from '../../src/cli/prove/proof.ts'
import { proofPage } from '../../src/cli/prove/proof-page.ts'
import { proofText } from '../../src/cli/prove/proof-text.ts'
import type { ProveOptions } from '../../src/cli/prove/prove-options.ts'
import { deviationTrial, noticeOf, resultWith, variationTrial } from './trials.ts'

const tried = [
  [deviationTrial('a', 'trade.once'), resultWith('trade.once', 'trade.agrees')],
  [deviationTrial('b', 'trade.once'), resultWith('trade.agrees')],
  [deviationTrial('c', 'limit.filled-new'), resultWith()],
  [variationTrial('v=1', { settings: { v: 1 } }), { ...resultWith(), failed: 3 }],
  [
    variationTrial('w=2', { settings: { w: 2 } }),
    { ...resultWith(), notices: [{ ...noticeOf('trade.agrees', 2), detail: '<b> & "q"' }] },
  ],
  [variationTrial('x=3', { settings: { x: 3 } }), { ...resultWith(), failed: 9, showing: 0 }],
] as const

function proof(options: Partial<Pick<ProveOptions, 'scope' | 'without'>> = {}): Proof {
  const trials = tried.map(([trial]) => trial)
  const results = tried.map(([, result]) => result)
  return proofOf({ scope: 'all', without: [], trials, ...options }, resultWith(), results)
}

const page = (shown: Proof) =>
  proofPage(shown, {
    run: 'prove-1',
    startedAt: new Date(Date.UTC(2026, 0, 5, 9)),
    tookMs: 61_400,
    seed: 's',
  })

const unclean = () =>
  proofOf({ scope: 'all', without: [], trials: [] }, resultWith('trade.once'), [])

describe('what is printed', () => {
  it('is a line for each deviation and variation, and the sum', () => {
    const lines = proofText(proof({ scope: 'selected' })).split('\n')
    assert.deepEqual(
      lines.map((line) => line.replaceAll(/ {2,}/g, '  ')),
      [
        '9 scenarios on the simulation as it is: no finding',
        '',
        'Deviations',
        '  caught  a  by trade.once; also trade.agrees',
        '  ESCAPED  b  trade.once says nothing; found only trade.agrees',
        '  ESCAPED  c  limit.filled-new says nothing; nothing was found',
        '',
        'Permitted variations',
        '  clean  v=1  3 scenarios assume another value, and stopped',
        '  FALSE ALARM  w=2  trade.agrees: 2 findings, first in features/x.feature:7 One: <b> & "q"',
        '  NOT JUDGED  x=3  no scenario passed, and nothing was observed',
        '',
        'Sum',
        '  1 of 3 deviations caught by the rule they break, 2 escaped',
        '  3 permitted variations, 1 false alarm, 1 not judged',
      ],
    )
  })

  it('is of everything also what the rules are worth', () => {
    const text = proofText(proof())
    assert.match(text, /Must rules without a deviation: \d+ \(.*pq\.placed-new, /)
    assert.match(text, /deviations others notice too, .*: 2 \(limit\.filled-new, trade\.once\)/)
    assert.match(
      text,
      /1 of \d+ rules that can be broken notice a deviation that no other rule does/,
    )
  })

  it('says which rule the judge did without', () => {
    const text = proofText(proof({ without: ['trade.agrees'] }))
    assert.match(text, /^The judge without trade\.agrees\n/)
    assert.match(text, /ESCAPED +b +trade\.once says nothing; nothing was found/)
    assert.notInclude(text, 'Must rules')
  })

  it('is no table where the simulation as it is is not clean', () => {
    const text = proofText(unclean())
    assert.match(
      text,
      /^9 scenarios on the simulation as it is: 0 failed, so that nothing can be proved/,
    )
    assert.include(text, 'trade.once: 1 finding, first in features/x.feature:7 One')
    assert.notInclude(text, 'Sum')
  })
})

describe('the page', () => {
  const html = page(proof())

  it('needs nothing else, and runs nothing', () => {
    assert.notMatch(html, /<script|<img|<link|<iframe|\bon\w+=|url\(|@import|https?:/i)
    assert.include(html, `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`)
    assert.match(html, /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/)
  })

  it('closes every element that it opens', () => {
    const open: string[] = []
    for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta'].includes(name)) continue
      if (slash === '') open.push(name)
      else assert.equal(open.pop(), name)
    }
    assert.deepEqual(open, [])
  })

  it('has headings in order, and headers with a scope in every table', () => {
    assert.equal([...html.matchAll(/<h1>/g)].length, 1)
    assert.deepEqual(
      [...html.matchAll(/<h2 id="(\w+)">/g)].map(([, id]) => id),
      ['deviations', 'variations', 'rules', 'gaps'],
    )
    const heads = html.match(/<th\b[^>]*>/g) ?? []
    assert.isAbove(heads.length, 20)
    for (const head of heads) assert.match(head, /scope="(?:col|row|rowgroup)"/)
    assert.equal(html.match(/<table>/g)?.length, html.match(/<caption>/g)?.length)
  })

  it('tells what it comes to in words, not by colour alone', () => {
    assert.include(html, 'The judge is not proved: 2 escaped deviations, 1 false alarm, ')
    assert.equal(html.match(/✓<\/span> caught/g)?.length, 1)
    assert.equal(html.match(/✗<\/span> escaped/g)?.length, 2)
    assert.equal(html.match(/✗<\/span> false alarm/g)?.length, 1)
    assert.equal(html.match(/✗<\/span> not judged/g)?.length, 1)
    assert.equal(html.match(/✓<\/span> clean/g)?.length, 1)
    assert.include(html, ', 1 unjudged variation, ')
    assert.match(html, /, \d+ untried must rules, \d+ untried should rules\./)
    assert.include(
      html,
      'Run prove-1 · 2026-01-05 09:00:00 UTC · everything · 9 scenarios a run · seed s · 61 s',
    )
  })

  it('puts the right rule first, and marks it', () => {
    assert.match(
      html,
      /<li class="right"><code>trade\.once<\/code><\/li><li class=""><code>trade\.agrees<\/code>/,
    )
    assert.include(html, '<li class="wrong"><code>limit.filled-new</code> says nothing</li>')
  })

  it('shows what was seen as text, whatever it is', () => {
    assert.include(html, '&lt;b&gt; &amp; &quot;q&quot;')
    assert.notInclude(html, '<b>')
  })

  it('says that all is well only where it is', () => {
    const trials = [deviationTrial('a', 'trade.once')]
    const fine = proofOf({ scope: 'quick', without: [], trials }, resultWith(), [
      resultWith('trade.once'),
    ])
    const told = page(fine)
    assert.include(told, 'The judge is proved, as far as this run tried it')
    assert.notInclude(told, 'id="gaps"')
    assert.include(page(unclean()), 'is not clean, so that nothing can be proved')
    assert.notInclude(page(unclean()), '<table>')
  })
})
