/**
 * What `npx cucumber-js` runs, from an editor for instance, and what `verify` starts from. Run plainly it leaves
 * Allure's results below reports/cucumber-js; `verify` makes all reports of its own record instead.
 */
export default {
  paths: ['features/**/*.feature'],
  import: ['src/steps/**/!(*.test).ts'],
  format: ['progress', ['allure-cucumberjs/reporter', 'reports/cucumber-js/allure.log']],
  formatOptions: { includeAttachments: false, resultsDir: 'reports/cucumber-js/allure-results' },
  publish: false,
  strict: true,
  worldParameters: { target: 'simulation', seed: 'integral', settings: {} },
}
