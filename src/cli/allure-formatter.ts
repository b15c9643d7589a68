import { EventEmitter } from 'node:events'
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber'
import AllureCucumberReporter from 'allure-cucumberjs/reporter'
import { AllureRelay } from './allure-relay.ts'
import type { Message } from './cucumber-message.ts'

/** Its types describe the CommonJS build, whose default export is one level further down. */
const Reporter = AllureCucumberReporter as unknown as new (options: IFormatterOptions) => Formatter

/** Allure's reporter for Cucumber, which is told what {@link AllureRelay} makes of each message. */
// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default class AllureFormatter extends Formatter {
  constructor(options: IFormatterOptions) {
    super(options)
    const relay = new AllureRelay(String(options.parsedArgvOptions.target))
    const eventBroadcaster = new EventEmitter()
    new Reporter({ ...options, eventBroadcaster })
    options.eventBroadcaster.on('envelope', (message: Message) => {
      for (const relayed of relay.relay(message)) eventBroadcaster.emit('envelope', relayed)
    })
  }
}
