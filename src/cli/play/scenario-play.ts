import { type ClientEvent, codeOf } from '../../backends/playing/client-event.ts'
import { ClientStory } from '../../backends/playing/client-story.ts'
import type { StagingWorld } from '../../backends/staging-world.ts'
import type { Cast } from './cast.ts'
import { meets, orderOf, parametersOf } from './meets.ts'
import { orderDeviation } from './order-deviation.ts'
import type { CueStep, PlayScenario, PlayStep } from './play-script.ts'
import type { PlayStage } from './play-stage.ts'
import { PlayWorld } from './play-world.ts'
import type { ScenarioProgress, StepProgress } from './progress.ts'
import { PromptBook, type Tell } from './prompt-book.ts'
import { standingOf } from './standing-of.ts'

export interface ScenarioPlayOptions {
  readonly scenario: PlayScenario
  readonly progress: ScenarioProgress
  readonly stage: PlayStage
  readonly cast: Cast
  readonly tell: Tell
}

/** What a client does besides looking: it shows that it has gone on. */
const ACTS: readonly string[] = ['cancelOrder', 'downloadTrades', 'resendTrades']

/** One scenario, acted out step by step. */
export class ScenarioPlay {
  readonly #book: PromptBook
  readonly #stage: PlayStage
  readonly #cast: Cast
  readonly #world: PlayWorld
  readonly #story = new ClientStory()
  /** The pair that orders are expected in: the agreed one, or that of the last rate. */
  #symbol: string
  /** How much was staged so far. */
  #staged = 0
  /** The step whose own staging was done, so that only the client is waited for. */
  #prepared: PlayStep | undefined

  constructor({ scenario, progress, stage, cast, tell }: ScenarioPlayOptions) {
    this.#book = new PromptBook(scenario.steps, progress, tell)
    this.#stage = stage
    this.#symbol = stage.agreed.symbol
    this.#cast = cast
    this.#world = new PlayWorld(stage, scenario.settings)
  }

  get isOver(): boolean {
    return this.#book.step === undefined
  }

  /** The step that waits for the client. */
  get waiting(): StepProgress | undefined {
    return this.#book.standing
  }

  /** Does what is to be done, up to a step that waits for the client, or the end. */
  async advance(): Promise<void> {
    for (let step = this.#book.step; step; step = this.#book.step) {
      if (step.kind === 'staging') await this.#carryOut(step.stage)
      else if (step.kind === 'cue' ? await this.#awaits(step) : this.#isOpen(step)) {
        return this.#book.mark('waiting')
      } else this.#book.turn()
    }
  }

  async take(event: ClientEvent): Promise<void> {
    this.#story.note(event)
    await this.#offer(event)
  }

  /** Passes over the step that waits. */
  async skip(): Promise<void> {
    if (this.isOver) return
    if (!this.#holdsSoFar()) this.#book.mark('missed', 'It was passed over on request.')
    this.#book.turn()
    await this.advance()
  }

  async #offer(event: ClientEvent): Promise<void> {
    const step = this.#book.step
    if (step?.kind === 'cue' && this.#isMet(step, event)) return this.#goOn(step, event)
    if (step?.kind === 'check' && !this.#isOpen(step, event)) {
      this.#book.turn()
      return this.advance()
    }
    const isPlacing = event.operation === 'placeOrder' && codeOf(event) !== 401
    if (!isPlacing && !ACTS.includes(event.operation)) return
    const ahead = this.#aheadFor(event)
    if (ahead !== undefined) return this.#passTo(ahead, event)
    if (isPlacing) return this.#placedUnasked(event)
    if (event.operation === 'cancelOrder') {
      this.#book.deviate(event, 'cancelled an order, which the scenario does not expect here')
    }
  }

  /** The client did what a step waited for. */
  async #goOn(step: CueStep, event: ClientEvent): Promise<void> {
    const parameters = parametersOf(step.args)
    const { agreed } = this.#stage
    const terms = step.cue.terms?.(...parameters)
    this.#symbol = step.cue.symbol?.(agreed, ...parameters) ?? this.#symbol
    if (event.operation === 'placeOrder') this.#story.takeUp(event, terms?.called)
    const sent = Object(event.request.body) as Readonly<Record<string, unknown>>
    const why = terms && orderDeviation(terms, sent, this.#story, this.#symbol)
    this.#book.mark(why === undefined ? 'done' : 'deviated', why, event)
    this.#book.turn()
    const staged = this.#staged
    await this.advance()
    // Whoever signs every request shows that it is signed in by the very call that comes next.
    const isMore = step.cue.isSession === true && event.operation !== 'login'
    if (isMore && this.#staged === staged) await this.#offer(event)
  }

  /** A step further on that this call is, where the client may have gone on to it. */
  #aheadFor(event: ClientEvent): number | undefined {
    const isPlacing = event.operation === 'placeOrder'
    if (!isPlacing && this.#book.step?.kind !== 'check') return undefined
    const ahead = this.#book.nextCue(isPlacing ? 'placeOrder' : undefined)
    return ahead && this.#isMet(ahead.step, event) ? ahead.index : undefined
  }

  async #passTo(ahead: number, event: ClientEvent): Promise<void> {
    this.#missUntil(ahead)
    const step = this.#book.step
    if (step?.kind === 'cue') await this.#goOn(step, event)
  }

  /** Another order, where the scenario has none: the client has gone on without what is left of it. */
  #placedUnasked(event: ClientEvent): void {
    const order = this.#story.orders.find(({ placings }) => placings.includes(event))
    if (order && order.placings.length > 1) {
      this.#book.deviate(event, 'placed an order again, which the scenario does not expect')
    } else if (this.#book.nextCue('placeOrder')) {
      this.#book.deviate(event, 'placed an order, which the scenario does not expect yet')
    } else {
      this.#book.deviate(
        event,
        'placed another order, so what was left of the scenario is passed over',
      )
      this.#missUntil(this.#book.end)
    }
  }

  #missUntil(end: number): void {
    for (; this.#book.index < end; this.#book.turn()) {
      const step = this.#book.step
      if (step?.kind !== 'check') this.#book.mark('missed', 'The client went on without it.')
      else if (this.#isOpen(step) && !this.#holdsSoFar()) this.#book.mark('not seen')
    }
  }

  /** Whether the step is one that the client's going on proves right; then it is marked so. */
  #holdsSoFar(): boolean {
    const step = this.#book.step
    const holds = step?.kind === 'check' && standingOf(step, this.#story) === 'so far'
    if (holds) this.#book.mark('seen')
    return holds
  }

  #isMet(step: CueStep, event: ClientEvent): boolean {
    const { trader, cue } = step
    return (
      meets(step, event, this.#story, this.#stage.agreed) &&
      this.#cast.takes(trader, event, cue.sharesLogin)
    )
  }

  /** Whether the client has yet to do it; where not, it is marked. */
  async #awaits(step: CueStep): Promise<boolean> {
    const { cue, trader } = step
    if (cue.stage && this.#prepared !== step) {
      this.#prepared = step
      const stage = cue.stage
      const isDone = await this.#try((world) => stage(world, ...parametersOf(step.args)))
      if (!isDone) return false
    }
    const order = orderOf(step, this.#story)
    if (cue.untilFinal && order?.isRefused) {
      this.#book.mark('missed', 'The placing was refused: there is no order.')
      return false
    }
    const isDone =
      cue.operations.length === 0 ||
      (cue.isSession === true && this.#cast.isSignedIn(trader)) ||
      (cue.untilFinal === true && order?.isFinal === true)
    if (isDone) this.#book.mark('done')
    return !isDone
  }

  /** Whether it may still be seen; where not, it is marked. */
  #isOpen(step: PlayStep, event?: ClientEvent): boolean {
    if (step.kind !== 'check') return false
    const standing = standingOf(step, this.#story)
    if (standing === 'waiting' || standing === 'so far') return true
    this.#book.mark(standing, undefined, standing === 'not watched' ? undefined : event)
    return false
  }

  async #carryOut(step: (world: StagingWorld) => Promise<void>): Promise<void> {
    if (await this.#try(step)) this.#book.mark('done')
    this.#book.turn()
  }

  /** @returns Whether it could be staged; where not, the step is marked. */
  async #try(step: (world: StagingWorld) => Promise<void>): Promise<boolean> {
    this.#staged++
    this.#story.stale()
    const why = await this.#world.carryOut(step)
    if (why !== undefined) {
      this.#book.mark('failed', why)
      return false
    }
    const { enrolled } = this.#world
    if (!enrolled) return true
    const { name, ...signIn } = enrolled
    this.#cast.assign(name, signIn.user)
    this.#book.show(signIn)
    return true
  }
}
