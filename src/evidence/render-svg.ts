import { instance, type Viz } from '@viz-js/viz'
import { slimPath } from './slim-path.ts'

let viz: Promise<Viz> | undefined
const rendered = new Map<string, Promise<string>>()

/**
 * Draws a DOT text as a self-contained SVG, in process and offline: no document type, no links, no
 * fonts to load. Equal texts are drawn once.
 */
export function renderSvg(dot: string): Promise<string> {
  const known = rendered.get(dot)
  if (known !== undefined) return known
  const drawing = draw(dot)
  rendered.set(dot, drawing)
  return drawing
}

/** What Graphviz says of every text anew: on the whole drawing it says the same, in a fifth less of bytes. */
const OF_TEXTS = ' text-anchor="middle" font-family="Helvetica,sans-Serif" font-size="14.00"'

async function draw(dot: string): Promise<string> {
  viz ??= instance()
  const svg = (await viz).renderString(dot, { format: 'svg', engine: 'dot' })
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--.*?-->\s*/gs, '')
    .replace(/\s+xmlns:xlink="[^"]*"/, '')
    .replace('<svg', `<svg${OF_TEXTS}`)
    .replaceAll(/<text [^>]*>/g, textWithoutUsual)
    .replaceAll(/(?<= (?:d|points)=")[^"]*/g, slimPath)
}

function textWithoutUsual(tag: string): string {
  return OF_TEXTS.trim()
    .split(' ')
    .concat('xml:space="preserve"')
    .reduce((rest, usual) => rest.replace(` ${usual}`, ''), tag)
}
