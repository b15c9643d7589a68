import { supportCodeLibraryBuilder } from '@cucumber/cucumber'

/*
 * To be imported before anything of `src/steps` that defines something: outside of a run, Cucumber takes
 * no definitions.
 */
supportCodeLibraryBuilder.reset(process.cwd(), () => crypto.randomUUID(), {
  requireModules: [],
  requirePaths: [],
  importPaths: [],
  loaders: [],
})
