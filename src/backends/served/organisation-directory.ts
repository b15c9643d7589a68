import type { Credentials } from '../../api/client/options.ts'
import { Chance } from '../../mocks/exchange/chance.ts'
import { Directory, type EnrolledUser } from '../../mocks/exchange/directory.ts'
import type { OrganisationControl } from '../../mocks/server/control/connect-to-server.ts'
import type { NewTrader } from '../simulation-control.ts'
import type { StagedOrder } from '../staged/stage.ts'

/**
 * Who is enrolled at a scenario's organisation. They are invented here, by the seed, as the simulation
 * in process invents them, and enrolled there: credentials are known without waiting.
 */
export class OrganisationDirectory {
  readonly #local: Directory
  readonly #organisation: OrganisationControl
  #enrolled: Promise<unknown> = Promise.resolve()

  /** @param seed - That of the simulation. */
  constructor(seed: string, organisation: OrganisationControl) {
    this.#local = new Directory(new Chance(seed))
    this.#organisation = organisation
  }

  /** Resolves when the server knows everybody who is known here; rejects as the control API does. */
  settled(): Promise<unknown> {
    return this.#enrolled
  }

  credentialsOf(name: string): Credentials {
    const known = this.#local.find(name, this.#local.org)
    return credentialsOf(known ?? this.#enrol(this.#local.enrol({ name })))
  }

  async enrol({ name, mayTrade, elsewhere }: NewTrader): Promise<Credentials> {
    const org = elsewhere ? `${name}Org` : this.#local.org
    const user = this.#enrol(this.#local.enrol({ name, org, mayTrade }))
    await this.settled()
    return credentialsOf(user)
  }

  /** Whose an order is, by the name that answers give its owner. */
  ownerOf({ userFullName, org }: Owned): StagedOrder['owner'] {
    const name = String(userFullName).slice(0, -`@${org}`.length)
    const user = this.#local.find(name, String(org))
    return user ? credentialsOf(user) : { user: name, org: String(org), password: '' }
  }

  /** One after the other, so that the server enrols in the same sequence. */
  #enrol(user: EnrolledUser): EnrolledUser {
    const { name, org, password, mayTrade } = user
    const body = { user: name, org, password, mayTrade }
    this.#enrolled = this.#enrolled.then(() => this.#organisation.enrolUser(body))
    // Whoever waits for it is told.
    this.#enrolled.catch(() => {})
    return user
  }
}

interface Owned {
  readonly userFullName?: unknown
  readonly org?: unknown
}

function credentialsOf({ name: user, password, org }: EnrolledUser): Credentials {
  return { user, password, org }
}
