import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Options } from '@cucumber/junit-xml-formatter'
import { JunitSuite } from './junit-suite.ts'

/** Writes what Cucumber's own formatter `junit` does, of a run of any length. */
const suitePage: FormatterPlugin<Options> = {
  type: 'formatter',
  optionsKey: 'junit',
  formatter({ on, options, write }) {
    const suite = new JunitSuite(options, write)
    on('message', (message) => suite.receive(message))
  },
}

// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default suitePage
