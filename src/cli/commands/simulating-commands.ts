import type { Command } from 'commander'
import { DEFAULT_SEED } from '../default-seed.ts'
import type { RawModelOptions } from '../model.ts'
import type { RawServeOptions } from '../serve/serve-options.ts'
import type { CommandEnvironment } from '../verify.ts'
import { collect } from './collect.ts'

/** Commands that show the simulation to others. @param exit - Told the exit code; 0 where it is not. */
export function simulatingCommands(
  program: Command,
  environment: CommandEnvironment,
  exit: (code: number) => void,
): void {
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
        import('../serve/serve-options.ts'),
        import('../serve/serve.ts'),
      ])
      exit(await serve(await parseServeOptions(raw), environment))
    })
  program
    .command('model')
    .description('print the order models: states, transitions, and every path, also as Mermaid')
    .option('--out <directory>', 'where to write them as pictures, and as Mermaid, too')
    .option('--format <format>', 'of the pictures: svg or png (default: svg)')
    .action(async (raw: RawModelOptions) => {
      const { model } = await import('../model.ts')
      await model(raw, environment)
    })
}
