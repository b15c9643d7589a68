import type { FormatterPlugin } from '@cucumber/cucumber/api'
import { markMessage, type RunMark } from './run-mark.ts'

/** Cucumber's messages as they come, and behind the first, which says what made them, the run's mark. */
const messages: FormatterPlugin<RunMark> = {
  type: 'formatter',
  optionsKey: 'run',
  formatter({ on, options, write }) {
    on('message', (message) => {
      write(`${JSON.stringify(message)}\n`)
      if (message.meta) write(`${JSON.stringify(markMessage(options))}\n`)
    })
  },
}

// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default messages
