import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { loadPlay } from '../../../src/cli/play/load-play.ts'
import type { PlayScript } from '../../../src/cli/play/play-script.ts'

const cwd = mkdtempSync(join(tmpdir(), 'play-'))
after(() => rmSync(cwd, { recursive: true }))
let files = 0

/** Writes a feature file; `a.feature` is its name unless there are several. */
export function written(text: string, name = `${++files}.feature`): string {
  writeFileSync(join(cwd, name), text)
  return name
}

/** Loads files that were written. */
export function load(...paths: readonly string[]): Promise<PlayScript> {
  return loadPlay(paths, { cwd })
}

/** A script of scenarios, each a title and its steps without keywords' indentation. */
export function script(...scenarios: readonly string[]): Promise<PlayScript> {
  const text = scenarios.map((steps, index) => `  Scenario: number ${index + 1}\n${steps}\n`)
  return load(written(`Feature: A\n${text.join('\n')}`))
}
