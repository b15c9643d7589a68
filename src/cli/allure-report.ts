import { AllureReport, resolveConfig } from '@allurereport/core'
import AwesomePlugin from '@allurereport/plugin-awesome'
import { selfContained } from './self-contained.ts'

/**
 * Makes Allure's page of a directory of results: one file, in process, offline, without history.
 *
 * @returns The page, which loads nothing from anywhere.
 */
export async function allurePage(resultsDir: string, reportName: string): Promise<string> {
  const written = new Map<string, Buffer>()
  const options = {
    singleFile: true,
    reportName,
    reportLanguage: 'en',
    groupBy: ['feature', 'story'],
  }
  const config = await resolveConfig(
    { name: reportName, output: resultsDir, appendHistory: false, hideLabels: ['host', 'thread'] },
    { plugins: {} },
  )
  const report = new AllureReport({
    ...config,
    plugins: [{ id: 'awesome', enabled: true, options, plugin: new AwesomePlugin(options) }],
    reportFiles: {
      addFile: async (path, data) => {
        written.set(path, data)
        return path
      },
    },
  })
  await report.start()
  await report.readDirectory(resultsDir)
  await report.done()
  const page = written.get('awesome/index.html')
  if (!page) throw new Error('Allure wrote no page')
  return selfContained(page.toString())
}
