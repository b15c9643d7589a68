import type { Command } from 'commander'
import type { RawCertifyOptions } from '../certify/certify-options.ts'
import type { RawDriftOptions } from '../drift/drift-options.ts'
import type { RawReportOptions } from '../report/report-options.ts'
import type { CommandEnvironment } from '../verify.ts'

/** Commands that make reports of runs, and check their evidence. @param exit - Told the exit code; 0 where it is not. */
export function reportingCommands(
  program: Command,
  environment: CommandEnvironment,
  exit: (code: number) => void,
): void {
  program
    .command('report')
    .description(
      'write the requirement matrix of the last runs, and a page that leads to all reports',
    )
    .argument(
      '[dirs...]',
      'where runs were written (default: reports/<target>, of those with a run)',
    )
    .option('--merge', 'make one run of the shards in these directories, and judge it as a whole')
    .option(
      '--out <directory>',
      'where to write (default: reports/report; with --merge, reports/<target>)',
    )
    .action(async (dirs: string[], { merge, ...raw }: RawReportOptions) => {
      if (merge === true) {
        const { mergeRuns } = await import('../merge/merge-runs.ts')
        const outcome = await mergeRuns({ dirs, out: raw.out }, environment)
        exit(outcome.code)
        if (outcome.why !== undefined) {
          environment.stderr.write(`It could not be judged: ${outcome.why}.\n`)
        }
        return
      }
      const [{ parseReportOptions }, { report }] = await Promise.all([
        import('../report/report-options.ts'),
        import('../report/report.ts'),
      ])
      exit(await report(parseReportOptions(raw, dirs, environment.cwd), environment))
    })
  program
    .command('certify')
    .description('write the certificate of a run, as a page, a PDF, and for machines')
    .option('--target <name>', 'what the run was made on: uat, served or simulation', 'uat')
    .option('--provider <name>', 'whose software was tested')
    .option('--waivers <file>', 'known findings, who answers for them and until when: JSON or YAML')
    .option('--key <file>', 'the public key that its evidence must be signed with')
    .option('--from <directory>', 'where that run wrote (default: reports/<target>)')
    .option('--out <directory>', 'where to write (default: where the run wrote)')
    .action(async (raw: RawCertifyOptions) => {
      const [{ certify }, { parseCertifyOptions }] = await Promise.all([
        import('../certify/certify.ts'),
        import('../certify/certify-options.ts'),
      ])
      exit(await certify(parseCertifyOptions(raw, environment.cwd), environment))
    })
  program
    .command('drift')
    .description('compare what the same scenarios did on the simulation and on the endpoint')
    .option('--simulation <directory>', 'where the one run wrote (default: reports/simulation)')
    .option('--endpoint <directory>', 'where the other run wrote (default: reports/uat)')
    .option('--waivers <file>', 'known differences, with owner and date, as JSON or YAML')
    .option('--calibrate', 'also propose settings that make the simulation like the endpoint')
    .option('--out <directory>', 'where to write (default: reports/drift)')
    .action(async (raw: RawDriftOptions) => {
      const [{ parseDriftOptions }, { drift }] = await Promise.all([
        import('../drift/drift-options.ts'),
        import('../drift/drift.ts'),
      ])
      exit(await drift(parseDriftOptions(raw), environment))
    })
  const evidence = program
    .command('evidence')
    .description('verify the evidence of a run, or make keys to sign it with')
  evidence
    .command('verify')
    .description('say what is intact, missing, added, truncated or altered, by file and record')
    .argument('<dir>', 'where the run wrote, for example reports/uat')
    .option('--key <file>', 'the public key, as PEM, that must have signed it')
    .action(async (dir: string, raw: { readonly key?: string }) => {
      const { verifyEvidence } = await import('../evidence/verify-evidence.ts')
      exit(await verifyEvidence(dir, raw, environment))
    })
  evidence
    .command('keys')
    .description('make a pair of Ed25519 keys')
    .requiredOption('--out <directory>', 'where to write them')
    .action(async (raw: { readonly out: string }) => {
      const { makeKeys } = await import('../evidence/make-keys.ts')
      await makeKeys(raw, environment)
    })
}
