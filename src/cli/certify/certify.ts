import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readEnvironment } from '../../backends/endpoint/dot-env.ts'
import { digestsOf } from '../../evidence/bundle/digests.ts'
import {
  type Certificate,
  certificateOf,
  hasObjections,
} from '../../evidence/certificate/certificate.ts'
import { countOf } from '../../evidence/summary.ts'
import type { ExitCode } from '../exit-code.ts'
import { inSteps, type Steps } from '../progress/steps.ts'
import { readWaivers } from '../read-waivers.ts'
import { readPublicKey } from '../record/evidence-key.ts'
import { readRun } from '../record/read-run.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { writeAtomically } from '../write-atomically.ts'
import { CERTIFICATE_FILES as FILES } from './certificate-files.ts'
import { certificateJson } from './certificate-json.ts'
import { certificateText } from './certificate-text.ts'
import type { CertifyOptions } from './certify-options.ts'
import { checkEvidence } from './check-evidence.ts'
import { milderSettings } from './milder-settings.ts'
import { certificatePage } from './page/certificate-page.ts'
import { findChromium } from './pdf/find-chromium.ts'
import { printPdf } from './pdf/print-pdf.ts'

/**
 * Writes the certificate of a run: a page, a PDF where there is a browser to print it, and the same
 * for machines.
 *
 * @throws {UsageError} There is no run, or something else cannot be used; nothing is written then.
 */
export async function certify(
  options: CertifyOptions,
  environment: CommandEnvironment,
): Promise<ExitCode> {
  return inSteps(environment, (steps) => certified(options, environment, steps))
}

async function certified(
  options: CertifyOptions,
  { cwd, env, stdout }: CommandEnvironment,
  steps: Steps,
): Promise<ExitCode> {
  const { provider, from, out, target } = options
  const browserEnv = environmentOf(cwd, env)
  const key = options.key === undefined ? undefined : readPublicKey(options.key, cwd)
  const waivers = options.waivers === undefined ? [] : await readWaivers(options.waivers)
  steps.say(`Reading the evidence in ${from}`)
  const record = await readRun(from)
  if (record.run.target !== target) {
    throw new UsageError(
      `The run in ${from} was made on ${record.run.target}: use --target ${record.run.target}, or --from with the directory of a run on ${target}.`,
    )
  }
  const certificate = certificateOf(record, {
    provider,
    waivers,
    issuedAt: new Date(),
    ...(await checkEvidence(from, key, record.run)),
    digests: digestsOf([]),
    milder: milderSettings(record.verdict.settings),
  })
  const scenarios = record.scenarios.length
  steps.say(`Writing the certificate of ${countOf(scenarios, 'scenario')}`, scenarios)
  await clear(out)
  const page = join(out, FILES.html)
  await writeAtomically(page, certificatePage(certificate, record))
  const pdf = join(out, FILES.pdf)
  const noPdf = await print(page, pdf, browserEnv)
  await writeAtomically(join(out, FILES.json), certificateJson(certificate, noPdf))
  steps.end()
  const files = [page, ...(noPdf === undefined ? [pdf] : []), join(out, FILES.json)]
  stdout.write(`${certificateText(certificate, files, noPdf)}\n`)
  return codeOf(certificate)
}

/** @throws {UsageError} There is a `.env` that cannot be read. */
function environmentOf(cwd: string, env: CommandEnvironment['env']): CommandEnvironment['env'] {
  try {
    return readEnvironment(cwd, env)
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
}

/** Granted, not granted because of what was found, or not to be judged; a finding comes first. */
function codeOf(certificate: Certificate): ExitCode {
  if (hasObjections(certificate)) return 1
  return certificate.obstacles.length > 0 ? 2 : 0
}

/** An earlier certificate must not stand beside a new one, whatever becomes of that. */
async function clear(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true })
    for (const name of Object.values(FILES)) await rm(join(out, name), { force: true })
  } catch (error) {
    throw new UsageError(`Failed to write the certificate to ${out}: ${messageOf(error)}.`)
  }
}

/** @returns Why there is no PDF, as a part of a sentence; nothing where there is one. */
async function print(
  page: string,
  pdf: string,
  env: CommandEnvironment['env'],
): Promise<string | undefined> {
  const found = findChromium(env)
  return 'why' in found ? found.why : printPdf({ chromium: found.path, page, pdf, env })
}
