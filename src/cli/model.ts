import { resolve } from 'node:path'
import { lifecycles } from '../machines/lifecycle.ts'
import { modelFiles, PICTURE_FORMATS, type PictureFormat, writeModelFiles } from './model-files.ts'
import { modelText } from './model-text.ts'
import { parseOut } from './parse-out.ts'
import { UsageError } from './usage-error.ts'
import type { CommandEnvironment } from './verify.ts'

/** The options of `model` as commander hands them over. */
export interface RawModelOptions {
  readonly out?: string
  readonly format?: string
}

/**
 * Prints the order models; with `out`, writes them as pictures and as Mermaid too.
 *
 * @throws {UsageError} An option cannot be used; nothing was printed then.
 */
export async function model(
  { out, format }: RawModelOptions,
  { cwd, stdout, stderr }: Pick<CommandEnvironment, 'cwd' | 'stdout' | 'stderr'>,
): Promise<void> {
  const pictures = parseFormat(format)
  if (out === undefined && format !== undefined) {
    throw new UsageError('--format says how --out draws: add --out and a directory.')
  }
  if (out !== undefined) {
    const directory = resolve(cwd, parseOut(out))
    const files = await modelFiles(pictures)
    await writeModelFiles(directory, files)
    stderr.write(`Wrote ${files.length} files to ${out}: each model and each of its paths.\n`)
  }
  stdout.write(`${lifecycles.map(modelText).join('\n\n')}\n`)
}

function parseFormat(format = 'svg'): PictureFormat {
  const known = PICTURE_FORMATS.find((each) => each === format)
  if (known) return known
  throw new UsageError(`Unknown format "${format}": use --format ${PICTURE_FORMATS.join(' or ')}.`)
}
