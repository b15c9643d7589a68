import type { resolveConfig } from '@allurereport/core'

/** The label that says of which kind a scenario's findings are. */
export const FINDING_LABEL = 'finding'

/** How a page sorts what did not pass. The first that matches counts. */
export const CATEGORIES: NonNullable<Parameters<typeof resolveConfig>[0]['categories']> = [
  {
    name: 'Findings: a rule of the documentation is broken',
    matchers: { statuses: ['failed'], labels: { [FINDING_LABEL]: /./ } },
    groupBy: [{ label: FINDING_LABEL }],
    groupByMessage: true,
    expand: true,
  },
  {
    name: 'Failed: not what the scenario expects',
    matchers: { statuses: ['failed'] },
    groupByMessage: true,
    expand: true,
  },
  {
    name: 'Broken: the scenario could not be carried out',
    matchers: { statuses: ['broken'] },
    groupByMessage: true,
  },
  {
    name: 'Not verified: there was no chance to check it',
    matchers: { statuses: ['skipped'] },
    groupByMessage: true,
  },
]
