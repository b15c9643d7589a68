import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AllureReport, readConfig } from '@allurereport/core'
import AwesomePlugin from '@allurereport/plugin-awesome'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'

/*
 * Usage: node bench/suite/bare/main.ts FEATURES OUT
 *
 * The unit of the suite's cost: the same features in bare cucumber-js, with steps that do nothing, Allure's own
 * reporter for it, and the page that Allure makes of the results, in one file.
 */

const [features = '', out = ''] = process.argv.slice(2)
const results = join(out, 'allure-results')
await mkdir(results, { recursive: true })
const { runConfiguration } = await loadConfiguration(
  {
    file: false,
    provided: {
      paths: [features],
      import: [join(import.meta.dirname, 'steps.ts')],
      format: [['allure-cucumberjs/reporter', join(out, 'allure.log')]],
      formatOptions: { resultsDir: results },
    },
  },
  { cwd: join(import.meta.dirname, '../../..') },
)
const { success } = await runCucumber(runConfiguration, {
  cwd: join(import.meta.dirname, '../../..'),
})
if (!success) throw new Error('Failed to run the scenarios that do nothing: see above.')

const options = { singleFile: true, reportName: 'bare', reportLanguage: 'en' as const }
const written = new Map<string, Buffer>()
const config = await readConfig(out)
const report = new AllureReport({
  ...config,
  name: 'bare',
  output: join(out, 'allure-output'),
  plugins: [{ id: 'awesome', enabled: true, options, plugin: new AwesomePlugin(options) }],
  reportFiles: {
    addFile: async (path, data) => {
      written.set(path, data)
      return path
    },
  },
})
await report.start()
await report.readDirectory(results)
await report.done()
await writeFile(join(out, 'allure.html'), written.get('awesome/index.html') ?? '')
