import { describe, it } from 'node:test'
import { assert } from 'chai'
import { renderPng } from '../../src/cli/render-png.ts'

const svg = (content: string) =>
  `<svg width="200pt" height="50pt" viewBox="0 0 200 50" xmlns="http://www.w3.org/2000/svg">${content}</svg>`
const text = (words: string) =>
  svg(`<text x="5" y="30" font-family="Helvetica,sans-Serif" font-size="14">${words}</text>`)

/** Width and height, as the header of a PNG has them. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset)
  assert.deepEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10])
  return [view.getUint32(16), view.getUint32(20)]
}

describe('a PNG', () => {
  it('is the SVG, at twice its size on a screen', async () => {
    // 200 points are 266.67 pixels of a screen.
    assert.deepEqual(sizeOf(await renderPng(svg(''))), [533, 133])
  })

  it('has its text, arrows included, wherever it is made: no font need be installed', async () => {
    const blank = await renderPng(svg(''))
    const words = ['RECEIVED', 'NEW', '→']
    const drawn = await Promise.all(words.map((each) => renderPng(text(each))))
    for (const [at, png] of drawn.entries()) {
      assert.isAbove(png.length, blank.length + 100, words[at])
    }
    // What a font lacks is drawn as one and the same box.
    const missing = await renderPng(text('\u{10fffd}'))
    assert.notDeepEqual(drawn[2], missing)
  })

  it('has the same bytes each time', async () => {
    assert.deepEqual(await renderPng(text('NEW')), await renderPng(text('NEW')))
  })
})
