import AwesomePlugin from '@allurereport/plugin-awesome'

type Options = ConstructorParameters<typeof AwesomePlugin>[0]
type Context = Parameters<AwesomePlugin['info']>[0]
type Store = Parameters<AwesomePlugin['info']>[1]

/**
 * Allure's plugin that makes the page, without what Allure finds out by itself of the repository that it is run in, by
 * starting git: its name, its branch, and the address of its origin, in which there may be a token.
 */
export function pagePlugin(options: Options) {
  const plugin = new AwesomePlugin(options)
  return {
    start: (context: Context) => plugin.start(withoutRepository(context)),
    done: (context: Context, store: Store) => plugin.done(withoutRepository(context), store),
    info: (context: Context, store: Store) => plugin.info(withoutRepository(context), store),
  }
}

/** What a build server says of itself stays: the page leads to the job that made it. */
function withoutRepository({ ci, ...context }: Context): Context {
  if (ci === undefined || ci.type === 'local') return context
  const { repository: _, provider: __, ...job } = ci
  return { ...context, ci: job }
}
