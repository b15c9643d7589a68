/**
 * Deals logins out: each worker has those that fall to it, and gives them to its scenarios in turn. So a
 * worker that has one login always trades as the same user, and no login is left out.
 *
 * With more workers than logins, several workers share one; with fewer, a worker has several.
 */
export class LoginDeal<Login> {
  readonly #logins: readonly [Login, ...Login[]]
  readonly #workers: number
  readonly #dealt = new Map<string, Login>()
  /** How many scenarios a worker has begun. */
  readonly #begun = new Map<number, number>()

  /** @param workers - How many there are, 1 or more. */
  constructor(logins: readonly [Login, ...Login[]], workers: number) {
    this.#logins = logins
    this.#workers = workers
  }

  /**
   * The login of a scenario, the same one whenever it is asked for.
   *
   * @param worker - The number of the worker that runs it, from 0.
   */
  to(scenario: string, worker: number): Login {
    const known = this.#dealt.get(scenario)
    if (known !== undefined) return known
    const [first] = this.#logins
    const own = this.#logins.filter((_, at) => at % this.#workers === worker)
    const shared = own.length > 0 ? own : [this.#logins[worker % this.#logins.length] ?? first]
    const begun = this.#begun.get(worker) ?? 0
    this.#begun.set(worker, begun + 1)
    const login = shared[begun % shared.length] ?? first
    this.#dealt.set(scenario, login)
    return login
  }
}
