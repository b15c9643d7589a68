import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import type { RunRecord } from '../../../evidence/record/run-record.ts'
import { isSimulated } from '../../../evidence/simulated.ts'
import { countOf } from '../../../evidence/summary.ts'
import { type Html, html } from '../../page/html.ts'
import { utc } from '../../page/utc.ts'
import { factsTable } from './facts-table.ts'

/** What was tested, by what, on what evidence: enough to do it again, and to tell whether it is the same. */
export function identitySection(certificate: Certificate, record: RunRecord): Html {
  return html`<h2 id="identity">Software and environment</h2>
${factsTable('What was tested.', subject(certificate))}
${factsTable('How it was tested.', method(certificate, record))}
${factsTable('What it was judged by, as SHA-256.', judges(certificate))}
${factsTable('What this rests on.', grounds(certificate))}`
}

type Facts = Parameters<typeof factsTable>[1]

function subject({ provider, run }: Certificate): Facts {
  const { account, accounts = account === undefined ? [] : [account], baseUrl, target } = run
  return [
    [
      'Provider',
      html`<strong>${provider}</strong>, as the tester names it: this is the tester's own statement, which nothing in the run shows`,
    ],
    ['Endpoint', baseUrl ? html`<code>${baseUrl}</code>` : 'a simulation in this process'],
    ['Target', isSimulated(target) ? `${target}, which is no provider` : target],
    [
      accounts.length > 1 ? 'Accounts' : 'Account',
      accounts.length === 0
        ? undefined
        : html`${accounts.map(({ user, org }, at) => html`${at === 0 ? '' : '; '}user <code>${user}</code> of organisation <code>${org}</code>`)}`,
    ],
  ]
}

function method({ run, issuedAt }: Certificate, { verdict }: RunRecord): Facts {
  const { passed, failed, notVerified } = verdict.scenarios
  const { caps, inDoubt = [] } = verdict
  const settings = Object.entries(verdict.settings)
  return [
    ['Run', html`<code>${run.id}</code>`],
    ['Run began', utc(run.startedAt)],
    ['Sheet issued', utc(issuedAt)],
    ['Seed', html`<code>${run.seed}</code>`],
    [
      'Scenarios',
      `${run.selection.length === 0 ? 'all' : `only ${run.selection.join(' ')}`}: ${passed} passed, ${failed} failed, ${notVerified} not verified`,
    ],
    [
      'Settings',
      settings.length === 0
        ? 'the defaults'
        : html`<code>${settings.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}</code>`,
    ],
    [
      'Caps',
      caps &&
        `${caps.placed} of at most ${countOf(caps.maxOrders, 'order')} placed, each of at most ${caps.maxSize} of the base currency, ${caps.maxOpenOrders} open at once, ${caps.maxRequestsPerSecond} requests a second`,
    ],
    [
      'Placings in doubt',
      inDoubt.length === 0
        ? undefined
        : inDoubt.map(({ coId, result }) => `client id ${coId}: ${result}`).join('; '),
    ],
    [
      'Software',
      Object.entries(run.software)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['Platform', run.platform],
  ]
}

function judges({ run: { digests } }: Certificate): Facts {
  return [
    ['Order models', html`<code>${digests.model}</code>`],
    ['Rules', html`<code>${digests.rules}</code>`],
    ['API contract', html`<code>${digests.api}</code>`],
    ['Scenarios', html`<code>${digests.features}</code>`],
  ]
}

function grounds({ evidence }: Certificate): Facts {
  const { manifestSha256, problems, signature } = evidence
  return [
    [
      'Evidence',
      problems.length === 0
        ? 'intact: every file of it was recomputed when this sheet was issued'
        : html`not intact: ${problems.join('; ')}`,
    ],
    [
      'Its manifest',
      manifestSha256 === undefined ? 'none' : html`SHA-256 <code>${manifestSha256}</code>`,
    ],
    ['Its signature', signature],
  ]
}
