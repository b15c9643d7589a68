import type { FormatterPlugin } from '@cucumber/cucumber/api'

/** Writes nothing: a run shows its progress itself, from what it judged, and Cucumber insists on a formatter there. */
const silent: FormatterPlugin = { type: 'formatter', formatter: () => {} }

// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default silent
