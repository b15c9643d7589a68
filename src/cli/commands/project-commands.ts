import type { Command } from 'commander'
import type { CommandEnvironment } from '../verify.ts'

/** Commands that make a project of one's own. */
export function projectCommands(program: Command, environment: CommandEnvironment): void {
  program
    .command('init')
    .description('write a project of your own here: features, steps, settings, CI workflow')
    .action(async () => {
      const { init } = await import('../init/init.ts')
      await init(environment)
    })
}
