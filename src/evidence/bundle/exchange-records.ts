import { readChain, recordsOf } from './chain.ts'
import { transcriptLineSchema } from './transcript-line.ts'

/**
 * The number of the record of the transcript, which is its line, that holds an exchange; nothing
 * where there is none.
 *
 * @param scenario - As verdicts name it.
 * @param exchange - Its number within the scenario.
 */
export type RecordOf = (scenario: string, exchange: number) => number | undefined

/**
 * Tells where in a transcript exchanges are: also those that one scenario took up from another, and
 * that stand only under the other's number. It is read when first asked.
 */
export function exchangeRecords(transcript: string): RecordOf {
  let known: ReturnType<typeof placesIn> | undefined
  return (scenario, exchange) => {
    known ??= placesIn(transcript)
    const name = nameOf(scenario, exchange)
    return known.records.get(known.judged.get(name) ?? name)
  }
}

function placesIn(transcript: string) {
  const records = new Map<string, number>()
  const judged = new Map<string, string>()
  for (const { content, at } of recordsOf(readChain(transcript))) {
    const line = transcriptLineSchema.safeParse(content).data
    if (!line) continue
    const { phase, scenario, number, from } = line
    const name = nameOf(scenario, number)
    if (phase !== 'judged') records.set(name, at)
    else if (from !== undefined) judged.set(name, from)
  }
  return { records, judged }
}

function nameOf(scenario: string, exchange: number): string {
  return `${scenario}, exchange ${exchange}`
}
