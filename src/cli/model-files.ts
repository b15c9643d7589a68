import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Lifecycle, lifecycles } from '../machines/lifecycle.ts'
import { loopedPaths, type Path, simplePaths, statusesOf } from '../machines/paths.ts'
import { mermaidOf, mermaidOfPath } from './mermaid.ts'
import { modelSvg } from './model-diagram.ts'
import { renderPng } from './render-png.ts'
import { messageOf, UsageError } from './usage-error.ts'

export const PICTURE_FORMATS = ['svg', 'png'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

/** A file of the model, e.g. `limit.svg`. */
export interface ModelFile {
  readonly name: string
  readonly content: string | Uint8Array
}

/**
 * Every lifecycle, and every path of it drawn into it: a picture, and the same as Mermaid. A path's
 * file is named after what it passes, e.g. `limit-received-new-filled.svg`.
 */
export async function modelFiles(format: PictureFormat): Promise<readonly ModelFile[]> {
  const files: ModelFile[] = []
  for (const lifecycle of lifecycles) {
    const paths = [...simplePaths(lifecycle), ...loopedPaths(lifecycle)]
    for (const path of [undefined, ...paths]) {
      const name = nameOf(lifecycle, path)
      const svg = await modelSvg(lifecycle, path)
      const content = format === 'png' ? await renderPng(svg) : svg
      const mermaid = path ? mermaidOfPath(path) : mermaidOf(lifecycle)
      files.push({ name: `${name}.${format}`, content }, { name: `${name}.mmd`, content: mermaid })
    }
  }
  return files
}

/**
 * Writes files into a directory, which is made where there is none. Of what stands there, only files
 * of the same names are touched.
 *
 * @throws {UsageError} The directory cannot be used.
 */
export async function writeModelFiles(out: string, files: readonly ModelFile[]): Promise<void> {
  try {
    await mkdir(out, { recursive: true })
    for (const { name, content } of files) await writeFile(join(out, name), content)
  } catch (error) {
    throw new UsageError(`Failed to write the model to ${out}: ${messageOf(error)}.`)
  }
}

function nameOf({ name }: Lifecycle, path: Path | undefined): string {
  return [name, ...(path ? statusesOf(path) : [])].join('-').toLowerCase()
}
