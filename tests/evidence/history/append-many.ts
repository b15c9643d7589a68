import { appendHistory } from '../../../src/evidence/history/history-file.ts'
import { line } from './lines.ts'

/* Adds so many lines to a history, as many runs would; the longest are longer than any buffer. */
const [file = '', name = '', count = '0'] = process.argv.slice(2)
for (let at = 0; at < Number(count); at++) {
  appendHistory(file, line({ run: `${name}-${at}`, seed: name.repeat(1 + at * 5_000) }))
}
