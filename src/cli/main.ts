#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { Command, CommanderError } from 'commander'
import type { RawCertifyOptions } from './certify/certify-options.ts'
import type { RawCleanupOptions } from './cleanup.ts'
import { bearClosedPipe } from './closed-pipe.ts'
import { DEFAULT_SEED } from './default-seed.ts'
import type { RawDriftOptions } from './drift/drift-options.ts'
import type { RawModelOptions } from './model.ts'
import type { RawProveOptions } from './prove/prove-options.ts'
import type { RawReportOptions } from './report/report-options.ts'
import type { RawServeOptions } from './serve/serve-options.ts'
import { messageOf, UsageError } from './usage-error.ts'
import type { CommandEnvironment } from './verify.ts'
import type { RawVerifyOptions } from './verify-options.ts'

// Each command's modules are imported when it is called: `serve` starts in a fraction of the time that
// Cucumber takes to load.

/**
 * Runs one command.
 *
 * @param args - Without the program's own name.
 * @returns The exit code.
 */
export async function main(
  args: readonly string[],
  environment: CommandEnvironment,
): Promise<number> {
  let code = 0
  const program = new Command('integral-harness')
    .description("Tests and simulates Integral's FX REST API.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      writeErr: (text) => environment.stderr.write(text),
      outputError: (text, write) => write(`${messageOf(text)}\n`),
    })
  program
    .command('verify')
    .description('run the scenarios, write every report, print a summary')
    .argument('[paths...]', 'feature files, directories or file:line (default: all features)')
    .option(
      '--target <name>',
      'what to run against: simulation, served (the simulation over HTTP) or uat',
      'simulation',
    )
    .option('--tags <expression>', 'only scenarios with these tags')
    .option('--name <pattern>', 'only scenarios with a name like this; repeatable', collect)
    .option('--parallel <n>', 'number of worker threads')
    .option('--shard <i/n>', 'only every n-th scenario, from the i-th')
    .option('--seed <text>', 'what all chance is derived from', DEFAULT_SEED)
    .option('--order <order>', 'defined, random or random:SEED', 'defined')
    .option('--config <file>', 'settings of the simulated exchange, or of the run on uat, as JSON')
    .option('--out <directory>', 'where to write (default: reports/<target>)')
    .option(
      '--require-coverage',
      'on simulation and served: fail where a full run did not observe all of the order models',
    )
    .action(async (paths: string[], raw: RawVerifyOptions) => {
      const [{ parseVerifyOptions }, { verify }] = await Promise.all([
        import('./verify-options.ts'),
        import('./verify.ts'),
      ])
      const options = parseVerifyOptions(raw, paths)
      const outcome = await verify(options, environment)
      code = outcome.code
      if (outcome.why !== undefined) {
        environment.stderr.write(`It could not be judged: ${outcome.why}.\n`)
      }
    })
  program
    .command('doctor')
    .description('check configuration, connection, login and rate of the endpoint; place no order')
    .action(async () => {
      const { doctor } = await import('./doctor.ts')
      code = await doctor(environment)
    })
  program
    .command('cleanup')
    .description('cancel what an interrupted run may have left working on the endpoint')
    .option('--out <directory>', 'where that run wrote (default: reports/uat)')
    .option('--config <file>', 'settings of the run on uat, as JSON')
    .action(async (raw: RawCleanupOptions) => {
      const { cleanUp, parseCleanupOptions } = await import('./cleanup.ts')
      code = await cleanUp(parseCleanupOptions(raw), environment)
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
        import('./certify/certify.ts'),
        import('./certify/certify-options.ts'),
      ])
      code = await certify(parseCertifyOptions(raw, environment.cwd), environment)
    })
  program
    .command('prove')
    .description('prove the judge: run the scenarios on simulations that behave wrongly')
    .option('--quick', 'a subset: one deviation of each family of rules, and a few variations')
    .option('--only <id>', 'only this deviation or permitted variation; repeatable', collect)
    .option('--rule <id>', 'only the deviations that break this rule; repeatable', collect)
    .option('--without <rule>', 'what would escape a judge without this rule; repeatable', collect)
    .option('--list', 'list the deviations and variations, and run nothing')
    .option('--parallel <n>', 'number of worker threads (default: one for each core)')
    .option('--out <directory>', 'where to write (default: reports/prove)')
    .action(async (raw: RawProveOptions) => {
      const [{ prove }, { parseProveOptions }, { allTrials }] = await Promise.all([
        import('./prove/prove.ts'),
        import('./prove/prove-options.ts'),
        import('./prove/trial.ts'),
      ])
      code = await prove(parseProveOptions(raw, allTrials), environment)
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
        import('./drift/drift-options.ts'),
        import('./drift/drift.ts'),
      ])
      code = await drift(parseDriftOptions(raw), environment)
    })
  program
    .command('report')
    .description(
      'write the requirement matrix of the last runs, and a page that leads to all reports',
    )
    .argument(
      '[dirs...]',
      'where runs were written (default: reports/<target>, of those with a run)',
    )
    .option('--out <directory>', 'where to write (default: reports/report)')
    .action(async (dirs: string[], raw: RawReportOptions) => {
      const [{ parseReportOptions }, { report }] = await Promise.all([
        import('./report/report-options.ts'),
        import('./report/report.ts'),
      ])
      code = await report(parseReportOptions(raw, dirs, environment.cwd), environment)
    })
  program
    .command('serve')
    .description('serve the simulation over HTTP, to apps in any language')
    .option('--port <n>', 'where to listen; 0 for any port that is free', '8080')
    .option(
      '--host <host>',
      'whom to listen to; anything but loopback lets other machines in',
      '127.0.0.1',
    )
    .option('--seed <text>', 'what all chance is derived from', DEFAULT_SEED)
    .option('--config <file>', 'settings of the exchange, users and limits, as JSON or YAML')
    .option('--clock <clock>', 'real, or virtual: standing still until it is advanced', 'real')
    .option('--play <feature>', 'act these scenarios out for whoever connects; repeatable', collect)
    .option('--replay <file>', 'have orders end as in a transcript, a HAR, or a script made of one')
    .option('--state <file>', 'keep everything in this file, and go on from there')
    .option('--log', 'write a line of JSON for each call to stderr')
    .option('--tls', 'serve HTTPS, with a certificate of its own making')
    .option('--tls-cert <file>', 'serve HTTPS with this certificate; made and written if not there')
    .option('--tls-key <file>', 'the key of the certificate; made and written if not there')
    .option(
      '--end-with-stdin',
      'end also when the standard input ends: a server that never outlives who started it',
    )
    .action(async (raw: RawServeOptions) => {
      const [{ parseServeOptions }, { serve }] = await Promise.all([
        import('./serve/serve-options.ts'),
        import('./serve/serve.ts'),
      ])
      code = await serve(await parseServeOptions(raw), environment)
    })
  program
    .command('model')
    .description('print the order models: states, transitions, and every path, also as Mermaid')
    .option('--out <directory>', 'where to write them as pictures, and as Mermaid, too')
    .option('--format <format>', 'of the pictures: svg or png (default: svg)')
    .action(async (raw: RawModelOptions) => {
      const { model } = await import('./model.ts')
      await model(raw, environment)
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
      const { verifyEvidence } = await import('./evidence/verify-evidence.ts')
      code = await verifyEvidence(dir, raw, environment)
    })
  evidence
    .command('keys')
    .description('make a pair of Ed25519 keys')
    .requiredOption('--out <directory>', 'where to write them')
    .action(async (raw: { readonly out: string }) => {
      const { makeKeys } = await import('./evidence/make-keys.ts')
      await makeKeys(raw, environment)
    })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    environment.stderr.write(`${error instanceof UsageError ? error.message : unexpected(error)}\n`)
    return 2
  }
}

/** A mistake of this program: whoever looks for it needs the stack. */
function unexpected(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined
  return `It could not be judged, because the command itself failed: ${stack ?? String(error)}`
}

function collect(name: string, earlier: readonly string[] = []): string[] {
  return [...earlier, name]
}

if (import.meta.main) {
  const { stdout, stderr, env } = process
  // What `serve` imports is compiled, and stripped of its types, by its first process only. Not for the
  // others: a run writes nowhere but where it is told to.
  if (process.argv[2] === 'serve') enableCompileCache()
  bearClosedPipe(stdout)
  bearClosedPipe(stderr)
  process.exitCode = await main(process.argv.slice(2), { cwd: process.cwd(), env, stdout, stderr })
}
