/** What `npx cucumber-js` runs, and what `verify` starts from; `verify` adds the reports. */
export default {
  paths: ['features/**/*.feature'],
  import: ['src/steps/**/!(*.test).ts'],
  format: ['progress'],
  formatOptions: { includeAttachments: false },
  publish: false,
  strict: true,
  worldParameters: { target: 'simulation', seed: 'integral', settings: {} },
}
