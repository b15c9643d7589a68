import { Session } from '../../api/client/session.ts'
import type { SessionInfo } from '../../api/client/session-info.ts'
import type { TokenTransport } from '../../api/client/token.ts'
import type { Clock } from '../../api/clock.ts'
import type { Account } from '../../evidence/account.ts'
import { accountsOf } from './account-of.ts'
import type { EndpointConfig } from './endpoint-config.ts'
import { type LoginConfig, loginsOf } from './logins.ts'
import type { ClientRef } from './protocol.ts'
import { SessionKeeper } from './session-keeper.ts'
import { SharedDownload } from './shared-download.ts'

/** One of the logins that a run trades with, and whatever each of them has one of. */
export class Login {
  /** From 1, as its variables are numbered. */
  readonly number: number
  readonly config: LoginConfig
  /** As it may be shown. */
  readonly account: Account
  readonly session: Session
  readonly sessions: SessionKeeper
  readonly downloads = new SharedDownload()
  /** The way in which the endpoint takes the token. */
  transport: TokenTransport
  /** A second session, left unused; absent where there are no tokens, or a user has but one. */
  spare: SessionInfo | undefined

  constructor(
    { auth, settings }: Pick<EndpointConfig, 'auth' | 'settings'>,
    clock: Clock,
    of: { readonly number: number; readonly config: LoginConfig; readonly account: Account },
  ) {
    this.number = of.number
    this.config = of.config
    this.account = of.account
    this.session = new Session({ clock, credentials: of.config.credentials })
    this.sessions = new SessionKeeper(auth === 'token' ? this.session : undefined)
    this.transport = settings['token.transport']
  }

  /** What the names of its variables end with. */
  get suffix(): string {
    return this.number === 1 ? '' : `_${this.number}`
  }

  /** What it is called where there are several. */
  get name(): string {
    return `login ${this.number} (${this.account.user} of ${this.account.org})`
  }

  /** A client that speaks for it. */
  get ref(): ClientRef {
    return { credentials: this.config.credentials }
  }

  /** Whether a client speaks for it. */
  isOf({ credentials }: ClientRef): boolean {
    const own = this.config.credentials
    const { user, password, org } = credentials
    return user === own.user && password === own.password && org === own.org
  }
}

/** The logins of a configuration, the first one first. */
export function openLogins(config: EndpointConfig, clock: Clock): readonly Login[] {
  const accounts = accountsOf(config)
  return loginsOf(config).flatMap((login, at) => {
    const account = accounts[at]
    return account ? [new Login(config, clock, { number: at + 1, config: login, account })] : []
  })
}
