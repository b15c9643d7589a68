import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RawCleanupOptions } from '../cleanup.ts'
import { DEFAULT_SEED } from '../default-seed.ts'
import type { RawProveOptions } from '../prove/prove-options.ts'
import type { RawProvidersOptions } from '../providers/providers-options.ts'
import type { CommandEnvironment } from '../verify.ts'
import type { RawVerifyOptions } from '../verify-options.ts'
import { collect } from './collect.ts'

/** Commands that run the scenarios, or make them ready to be run. @param exit - Told the exit code; 0 where it is not. */
export function runningCommands(
  program: Command,
  environment: CommandEnvironment,
  exit: (code: number) => void,
): void {
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
    .option('--providers <file>', 'run every provider of this file, and make one overview of them')
    .option('--jobs <n>', 'with --providers: how many of them at once (default: 2)')
    .option('--repeat <limit>', 'run them again and again: for 30m, for 2h, or 500x')
    .option('--resume', 'go on with the run in --out that was interrupted, as it was begun')
    .action(async (paths: string[], raw: RawVerifyOptions & RawProvidersOptions, of: Command) => {
      const typed = Object.keys(raw).filter((each) => of.getOptionValueSource(each) === 'cli')
      if (raw.providers !== undefined || raw.jobs !== undefined) {
        const [{ parseProvidersOptions }, { verifyProviders }, { aloneIn }] = await Promise.all([
          import('../providers/providers-options.ts'),
          import('../providers/verify-providers.ts'),
          import('../at-work/claim.ts'),
        ])
        const options = parseProvidersOptions(raw, paths, typed)
        const { out } = options.verify
        const run = () => verifyProviders(options, environment)
        exit(await aloneIn(resolve(environment.cwd, out), out, run))
        return
      }
      const { verifyCommand } = await import('../verify-command.ts')
      const outcome = await verifyCommand({ raw, paths, typed: new Set(typed) }, environment)
      exit(outcome.code)
      if (outcome.why !== undefined) {
        environment.stderr.write(`It could not be judged: ${outcome.why}.\n`)
      }
      if (outcome.goOn !== undefined) environment.stderr.write(`${outcome.goOn}\n`)
    })
  program
    .command('doctor')
    .description('check configuration, connection, login and rate of the endpoint; place no order')
    .action(async () => {
      const { doctor } = await import('../doctor.ts')
      exit(await doctor(environment))
    })
  program
    .command('cleanup')
    .description('cancel what an interrupted run may have left working on the endpoint')
    .option('--out <directory>', 'where that run wrote (default: reports/uat)')
    .option('--config <file>', 'settings of the run on uat, as JSON')
    .action(async (raw: RawCleanupOptions) => {
      const { cleanUp, parseCleanupOptions } = await import('../cleanup.ts')
      exit(await cleanUp(parseCleanupOptions(raw), environment))
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
        import('../prove/prove.ts'),
        import('../prove/prove-options.ts'),
        import('../prove/trial.ts'),
      ])
      exit(await prove(parseProveOptions(raw, allTrials), environment))
    })
}
