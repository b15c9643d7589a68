import { z } from 'zod'
import { magicSizes } from '../mocks/exchange/magic-values.ts'
import { magicWords } from '../mocks/exchange/magic-words.ts'
import type { Outcome } from '../mocks/exchange/outcome.ts'
import type { SettingRow } from '../mocks/exchange/settings/row.ts'
import { settingRows } from '../mocks/exchange/settings/settings.ts'
import { magicFaultWords } from '../mocks/http/magic-fault-words.ts'
import { code, json, type Tables, table, valuesOf } from './document-tables.ts'

/** The generated tables of `docs/simulation.md`. */
export const simulationTables: Tables = {
  settings: () =>
    table(
      ['Setting', 'Gap', 'Values', 'Default', 'What it says'],
      Object.entries<SettingRow>(settingRows).map(([name, row]) => [
        code(name),
        row.gap === 'own' ? '–' : String(row.gap),
        valuesOf(z.toJSONSchema(row.schema)),
        json(row.default),
        row.about,
      ]),
    ),
  'magic words': () =>
    table(
      ['In the `coId`', 'What becomes of the order'],
      [...magicWords, ...magicFaultWords].map(({ word, about }) => [code(word), about]),
    ),
  'magic sizes': () =>
    table(
      ['Last four digits', 'Outcome'],
      Object.entries(magicSizes).map(([digits, outcome]) => [digits, told(outcome)]),
    ),
}

function told(outcome: Outcome): string {
  if (outcome.kind !== 'fill in shares') return outcome.kind
  const total = outcome.shares.reduce((sum, share) => sum + share, 0)
  const rest = total < 1 ? '; the rest ends with the time in force' : ''
  return `${outcome.kind} of the size: ${outcome.shares.join(', ')}${rest}`
}
