import type { Command, Help } from 'commander'
import { lineToType } from '../line-to-type.ts'
import type { HelpText, Rows } from './help-text.ts'
import { helpTexts } from './help-texts.ts'

/** Of the whole program: what somebody wants who has never seen it. */
const FIRST: HelpText['examples'] = [
  ['verify', 'all scenarios, on the simulation, offline'],
  ['verify --target uat', 'on a real endpoint; settings come from .env, see doctor --help'],
  ['serve', 'the simulated exchange, for an app in any language'],
  ['verify --help', 'each command has a page like this'],
]

const EXITS: Rows = [
  ['0', 'all is well'],
  ['1', 'something was found'],
  ['2', 'it cannot be told, or the command was not used as its help says'],
]

const EVERYWHERE: Rows = [['NO_COLOR', 'no colours, where it is set to anything']]

/** Adds to the help of the program and of each command what its options do not say. */
export function addHelp(program: Command): void {
  program.addHelpText('after', (context) =>
    sections(context.command, {
      examples: FIRST,
      writes: [['reports/<target>/', 'what verify writes; --out names another directory']],
      exits: EXITS,
      variables: EVERYWHERE,
    }),
  )
  for (const command of program.commands) addTo(command, command.name())
}

function addTo(command: Command, path: string): void {
  const text = helpTexts[path]
  if (text) {
    command.helpGroup(command.parent?.parent ? '' : text.group)
    command.addHelpText('after', () => sections(command, text))
  }
  for (const each of command.commands) addTo(each, `${path} ${each.name()}`)
}

function sections(command: Command, text: Omit<HelpText, 'group'>): string {
  const { writes, exits, variables, examples } = text
  return [
    '',
    ...rows(command, 'Writes:', writes),
    ...rows(command, 'Exit codes:', exits),
    ...rows(command, 'Environment:', variables),
    ...titled(command, 'Examples:'),
    // Last, so that they stand next to where one types; whole lines to copy, and never wrapped.
    ...examples.flatMap(([args, why]) => [`  # ${why}`, `  ${lineToType(args)}`]),
  ].join('\n')
}

function rows(command: Command, title: string, all: Rows = []): string[] {
  if (all.length === 0) return []
  const helper = helperOf(command)
  const column = Math.max(...all.map(([name]) => name.length))
  const items = all.map(([name, says]) => helper.formatItem(name, column, says, helper))
  return [...titled(command, title), ...items, '']
}

function titled(command: Command, title: string): string[] {
  return [helperOf(command).styleTitle(title)]
}

/** What lays out the options lays out these texts as well. */
function helperOf(command: Command): Help {
  const helper = command.createHelp()
  helper.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 })
  return helper
}
