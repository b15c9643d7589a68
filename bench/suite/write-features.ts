import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Scenarios in one feature file: about as many as in the larger ones of the shipped features. */
const PER_FILE = 50

const SIDES = ['buy', 'sell'] as const
const CURRENCIES = ['base', 'term'] as const

/** Writes feature files with so many scenarios of the full flow, each with a name of its own. */
export function writeFeatures(folder: string, scenarios: number): void {
  mkdirSync(folder, { recursive: true })
  for (let first = 0; first < scenarios; first += PER_FILE) {
    const count = Math.min(PER_FILE, scenarios - first)
    const all = Array.from({ length: count }, (_, at) => scenarioText(first + at))
    const name = `flow-${String(first / PER_FILE + 1).padStart(4, '0')}`
    const head = `Feature: The whole way, ${name}\n\n  Background:\n    Given Ada is signed in\n`
    writeFileSync(join(folder, `${name}.feature`), `${head}\n${all.join('\n')}`)
  }
}

function scenarioText(index: number): string {
  const side = SIDES[index % 2]
  const currency = CURRENCIES[(index >> 1) % 2]
  return `  Scenario: Flow ${index + 1}, to ${side} the ${currency} currency
    When Ada gets a rate for the agreed pair
    And Ada places a previously quoted order to ${side} a small amount of the ${currency} currency at that rate
    Then the order should be FILLED
    When Ada downloads the trades
    Then Ada should have one trade for the order
    And the trade should agree with the order
`
}
