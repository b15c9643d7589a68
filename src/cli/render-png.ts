import { readFile } from 'node:fs/promises'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** As wide and high as Helvetica, for which Graphviz lays out: no text outgrows its box. */
const FONT = import.meta.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf')
const RENDERER = import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')

/** Pixels for each pixel of the SVG: sharp on a screen of high resolution, and in print. */
const ZOOM = 2

let font: Promise<Uint8Array> | undefined

/**
 * Draws an SVG as a PNG, in process and offline. It brings its own font: a server or a container
 * often has none, and text would be missing without a word.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  font ??= start()
  const options = {
    background: 'white',
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontBuffers: [await font], defaultFontFamily: 'Arimo', sansSerifFamily: 'Arimo' },
  } as const
  const resvg = new Resvg(svg, options)
  const image = resvg.render()
  const png = image.asPng()
  image.free()
  resvg.free()
  return png
}

/** The renderer may be started once in a process. @returns The font. */
async function start(): Promise<Uint8Array> {
  await initWasm(await readFile(new URL(RENDERER)))
  return readFile(new URL(FONT))
}
