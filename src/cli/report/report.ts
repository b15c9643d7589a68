import { mkdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { type Matrix, matrixOf } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import { align } from '../../evidence/timeline-text.ts'
import { combinedAllurePage } from '../allure/combined-page.ts'
import { inSteps, type Steps } from '../progress/steps.ts'
import { readIntactRun } from '../record/read-intact-run.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { writeAtomically } from '../write-atomically.ts'
import { indexPage } from './index-page.ts'
import { type Linked, linksOf } from './links.ts'
import { matrixCsv } from './matrix-csv.ts'
import { matrixPage } from './matrix-page.ts'
import { type ReportOptions, TARGETS } from './report-options.ts'

interface Written {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly text: string
}

/**
 * Writes the requirement matrix of the runs and a page that leads to everything, and says what it
 * wrote and how each target stands.
 *
 * @returns 0, whatever the verdicts: `verify` judges, this tells.
 * @throws {UsageError} A run cannot be read, or the pages cannot be written.
 */
export async function report(options: ReportOptions, environment: CommandEnvironment): Promise<0> {
  return inSteps(environment, (steps) => reported(options, environment, steps))
}

async function reported(
  { dirs, out }: ReportOptions,
  { cwd, stdout }: CommandEnvironment,
  steps: Steps,
): Promise<0> {
  steps.say(`Reading the evidence in ${dirs.join(', ')}`)
  const records = await Promise.all(dirs.map((dir) => readIntactRun(dir, cwd)))
  const scenarios = records.reduce((sum, { record }) => sum + record.scenarios.length, 0)
  steps.say(`Writing the pages of ${countOf(scenarios, 'scenario')}`, scenarios)
  const matrix = matrixOf(records, TARGETS)
  const writtenAt = new Date()
  const folder = resolve(cwd, out)
  await orSay(out, mkdir(folder, { recursive: true }))
  const pages: Written[] = [
    {
      name: 'matrix.html',
      title: 'Requirement matrix',
      about: 'every rule on every target, findings, gaps, coverage',
      text: await matrixPage(matrix, writtenAt),
    },
    {
      name: 'matrix.csv',
      title: 'Requirement matrix as CSV',
      about: 'the same, for spreadsheets and scripts',
      text: matrixCsv(matrix),
    },
    {
      name: 'allure.html',
      title: 'Scenarios on all targets',
      about: 'steps, orders, exchanges and state diagrams, each target an environment',
      text: await allPages(
        dirs.map((dir) => resolve(cwd, dir)),
        folder,
      ),
    },
  ]
  const links = [...pages.map(linkTo), ...linksOf(matrix.runs, cwd, folder)]
  const index: Written = {
    name: 'index.html',
    title: 'Reports',
    about: 'how each target stands, what is wrong, and where to read on',
    text: indexPage(matrix, links, writtenAt),
  }
  const written = [index, ...pages]
  await write(folder, written, out)
  steps.end()
  const paths = written.map(({ name, about }) => [`  ${shown(cwd, join(folder, name))}`, about])
  stdout.write(lines([...standingLines(matrix), '', 'Reports', ...align(paths)]))
  return 0
}

/** Allure makes its page in a file of its own, which has to stand somewhere meanwhile. */
async function allPages(dirs: readonly string[], out: string): Promise<string> {
  const scratch = join(out, '.unfinished')
  await mkdir(scratch, { recursive: true })
  try {
    return await combinedAllurePage(dirs, scratch)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function linkTo({ name, title, about }: Written): Linked {
  return { href: name, name: title, of: 'every target', about }
}

async function write(folder: string, files: readonly Written[], out: string): Promise<void> {
  for (const { name, text } of files) {
    await orSay(out, writeAtomically(join(folder, name), text))
  }
}

/** @throws {UsageError} It cannot be written there. */
async function orSay(out: string, writing: Promise<unknown>): Promise<void> {
  try {
    await writing
  } catch (error) {
    throw new UsageError(
      `Failed to write the report to ${out}: ${messageOf(error)}; name another directory with --out.`,
    )
  }
}

/** A line for each target, then how much is missing. */
function standingLines({ runs, without, gaps }: Matrix): string[] {
  return [
    ...align([
      ...runs.map(({ name, standing }) => [name, standing.word, standing.sentence]),
      ...without.map((target) => [target, 'no run', '']),
    ]),
    `${countOf(gaps.length, 'gap')}: what was not verified, and why, is listed in the matrix.`,
  ]
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line.trimEnd()}\n`).join('')
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shown(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}
