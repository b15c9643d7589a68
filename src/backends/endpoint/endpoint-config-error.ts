/**
 * An endpoint cannot be used as it is configured. The message has one sentence per problem, a line
 * each, says what to do, and quotes no value that may be a secret.
 */
export class EndpointConfigError extends Error {
  override readonly name = 'EndpointConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
