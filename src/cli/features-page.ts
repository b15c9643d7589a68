import { finished } from 'node:stream/promises'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import { CucumberHtmlStream } from '@cucumber/html-formatter'
import { SCENARIO_EVIDENCE } from '../evidence/scenario-evidence.ts'
import type { Attachment, Message, TestCase } from './cucumber-message.ts'
import { UatValidations } from './history/uat-validations.ts'
import { MarkedHead } from './marked-head.ts'
import { type RunOptions, textAttachment } from './run-mark.ts'

const TITLE = 'Last validated on UAT'

/**
 * Cucumber's page of the features, with the run's mark on it. What machines read of a scenario is left out:
 * people see every exchange as text, and the page is half as large.
 */
const featuresPage: FormatterPlugin<RunOptions> = {
  type: 'formatter',
  optionsKey: 'run',
  async formatter({ on, options, write }) {
    const validations = await UatValidations.of(options.uatHistory)
    const page = new CucumberHtmlStream()
    const head = new MarkedHead(options, write)
    page.on('data', (chunk: string) => head.receive(chunk))
    on('message', (message) => {
      validations.receive(message)
      const { attachment, pickle, testCase } = message
      // The stream reads it later, and by then a test case or a pickle may have been emptied.
      if (testCase) page.write({ testCase: copyOf(testCase) })
      else if (pickle) page.write({ pickle: { ...pickle } })
      else if (attachment?.mediaType !== SCENARIO_EVIDENCE) page.write(message)
      else for (const each of validated(attachment, validations)) page.write(each)
    })
    return async () => {
      page.end()
      await finished(page)
      head.end()
    }
  },
}

function copyOf(testCase: TestCase): TestCase {
  return { ...testCase, testSteps: testCase.testSteps.map((step) => ({ ...step })) }
}

/** In the place of the document stands when the scenario was last validated, where that is known. */
function validated(document: Attachment, validations: UatValidations): Message[] {
  const body = validations.textOf(document.testCaseStartedId ?? '')
  return body === undefined ? [] : [{ attachment: { ...document, ...textAttachment(TITLE, body) } }]
}

// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default featuresPage
