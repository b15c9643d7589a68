import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Command } from 'commander'
import { helpTexts } from '../../src/cli/commands/help-texts.ts'
import { exitCodeOf } from '../../src/cli/interruption.ts'
import { main } from '../../src/cli/main.ts'
import { programFor } from '../../src/cli/program.ts'
import { runCommand } from '../e2e/run-verify.ts'
import { Sink } from '../prove/sink.ts'

const root = join(import.meta.dirname, '..', '..')
/** A log has no width; half a screen beside it is usual. */
const COLUMNS = 80

const program = () =>
  programFor({ cwd: root, env: {}, stdout: new Sink(), stderr: new Sink() }, () => {})
const below = (command: Command): Command[] => command.commands.flatMap((e) => [e, ...below(e)])
const pathOf = (command: Command): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : []

const all = below(program()).map((command) => ({ path: pathOf(command), command }))

/** What a shell hands to the program for a line of a help page, by the script of package.json that it calls. */
function argumentsOf(line: string): string[] {
  const shell = `npm() { printf '%s\\0' "$@"; }; ${line}`
  const words = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\0').slice(0, -1)
  const [run, silent, script = '', dashes = '--', ...args] = words
  assert.deepEqual([run, silent, dashes], ['run', '-s', '--'], line)
  assert.property(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts, script)
  return [script, ...args]
}

/** Parses a command line without acting upon it. */
async function parsed(args: readonly string[]): Promise<string[]> {
  const acted: string[] = []
  const inert = program()
  for (const command of below(inert)) {
    if (command.commands.length === 0)
      command.action(() => {
        acted.push(pathOf(command).join(' '))
      })
  }
  await inert.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
    if (Object(error).code !== 'commander.helpDisplayed') throw error
    acted.push('help')
  })
  return acted
}

async function answer(args: readonly string[], terminal: Partial<Sink & { isTTY: boolean }> = {}) {
  const [stdout, stderr] = [Object.assign(new Sink(), terminal), new Sink()]
  const env = Object(terminal).env ?? {}
  const code = await main(args, { cwd: root, env, stdout, stderr })
  return { code, stdout: stdout.text, stderr: stderr.text }
}

const examplesIn = (help: string) =>
  [...help.matchAll(/^ {2}# .+\n {2}(.+)$/gm)].map(([, line = '']) => line)

describe('the help', () => {
  it('knows every command, and no other', () => {
    assert.sameMembers(
      all.map(({ path }) => path.join(' ')),
      Object.keys(helpTexts),
    )
  })

  for (const path of [[], ...all.map((each) => each.path)]) {
    const name = path.length === 0 ? 'the program' : path.join(' ')
    it(`of ${name} says what it does, what its exit codes mean, and how to call it`, async () => {
      const { code, stdout, stderr } = await runCommand([...path, '--help'])
      assert.deepEqual([code, stderr], [0, ''])
      const tooWide = stdout.split('\n').filter((line) => line.length > COLUMNS)
      assert.deepEqual(tooWide, [])
      assert.match(stdout, /^Exit codes:\n {2}0 {2,}\S.*\n(?: {2}1 {2,}\S.*\n)? {2}2 {2,}\S/m)
      const examples = examplesIn(stdout)
      assert.isNotEmpty(examples)
      for (const line of examples) {
        const args = argumentsOf(line)
        assert.lengthOf(await parsed(args), 1, line)
        if (path.length > 0) assert.deepEqual(args.slice(0, path.length), path, line)
      }
    })
  }

  for (const { path, command } of all) {
    it(`of ${path.join(' ')} has words for it, for each option and for each argument`, () => {
      const described = [command.description(), ...command.options.map((o) => o.description)]
      const words = [...described, ...command.registeredArguments.map((a) => a.description)]
      for (const each of words) assert.match(each, /\w+ \w+/, path.join(' '))
    })

    it(`of ${path.join(' ')} is what a wrong option leads to, with exit code 2`, async () => {
      const needed = command.options.flatMap(({ mandatory, long }) =>
        mandatory ? [long, 'x'] : [],
      )
      const typed = [...path, ...needed.map(String)]
      const close = await answer([...typed, '--hepl'])
      const far = await answer([...typed, '--xyzzy'])
      assert.deepEqual([close.code, far.code, close.stdout, far.stdout], [2, 2, '', ''])
      assert.equal(close.stderr, "error: unknown option '--hepl': did you mean --help?\n")
      assert.match(far.stderr, /^error: unknown option '--xyzzy': see npm run -s .*--help\.\n$/)
    })
  }

  it('of verify tells what a run ends with that a signal ended', async () => {
    const { stdout } = await answer(['verify', '--help'])
    const codes = (['SIGINT', 'SIGTERM'] as const).map(exitCodeOf)
    assert.match(
      stdout,
      new RegExp(`^ {2}${codes.join(', ')} {2}Ctrl-C \\(SIGINT\\) or SIGTERM `, 'm'),
    )
  })

  it('is pointed to where a command is not known', async () => {
    assert.deepEqual(await answer(['verfy']), {
      code: 2,
      stdout: '',
      stderr: "error: unknown command 'verfy': did you mean verify?\n",
    })
  })

  it('is told where nothing is asked for, on the error stream', async () => {
    const { code, stdout, stderr } = await answer([])
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, /^Usage: /)
  })

  it('has colours on a terminal alone, and never with NO_COLOR', async () => {
    const bold = async (terminal: object) =>
      (await answer(['--help'], terminal)).stdout.includes('\u001B[')
    assert.isTrue(await bold({ isTTY: true, env: {} }))
    assert.isFalse(await bold({ isTTY: true, env: { NO_COLOR: '1' } }))
    assert.isFalse(await bold({ isTTY: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }))
    assert.isFalse(await bold({ isTTY: true, env: { TERM: 'dumb' } }))
    assert.isFalse(await bold({ isTTY: false, env: { FORCE_COLOR: '1' } }))
  })
})

describe('the version', () => {
  it('is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    assert.deepEqual(await answer(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' })
  })
})
