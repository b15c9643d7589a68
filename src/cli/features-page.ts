import { finished } from 'node:stream/promises'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import { CucumberHtmlStream } from '@cucumber/html-formatter'
import { SCENARIO_EVIDENCE } from '../evidence/scenario-evidence.ts'
import { MarkedHead } from './marked-head.ts'
import type { RunMark } from './run-mark.ts'

/**
 * Cucumber's page of the features, with the run's mark on it. What machines read of a scenario is left out:
 * people see every exchange as text, and the page is half as large.
 */
const featuresPage: FormatterPlugin<RunMark> = {
  type: 'formatter',
  optionsKey: 'run',
  formatter({ on, options, write }) {
    const page = new CucumberHtmlStream()
    const head = new MarkedHead(options, write)
    page.on('data', (chunk: string) => head.receive(chunk))
    on('message', (message) => {
      if (message.attachment?.mediaType !== SCENARIO_EVIDENCE) page.write(message)
    })
    return async () => {
      page.end()
      await finished(page)
      head.end()
    }
  },
}

// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default featuresPage
