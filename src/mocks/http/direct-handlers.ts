import { HttpHandler } from 'msw'
import type { Exchange } from '../exchange/exchange.ts'
import { callDirectly } from './cut-connection.ts'
import type { Door } from './door.ts'
import { doorFinder } from './door-finder.ts'
import { mswAddress } from './msw-address.ts'
import { answerAt, answerNowhere } from './msw-answers.ts'
import { respondLate } from './text-response.ts'

type RunArgs = Parameters<HttpHandler['run']>[0]
type Params = Readonly<Record<string, string | readonly string[] | undefined>>
type Resolve = (asked: Asked, request: Request, params: Params) => Promise<Response>

/** The simulation that a request is for. MSW hands it on, as what it calls the context of a call. */
class Asked implements NonNullable<RunArgs['resolutionContext']> {
  readonly quiet = true
  readonly doors: readonly Door[]
  readonly exchange: Exchange

  constructor(doors: readonly Door[], exchange: Exchange) {
    this.doors = doors
    this.exchange = exchange
  }
}

/**
 * A handler of MSW for calls that nothing intercepted, at whatever simulation they are for. Whether it is meant,
 * and what the path says, MSW finds out as ever. What its own `run` does besides is for listeners to its events,
 * for `finalize` and for answers in turn, which a direct call has none of; and takes as long as to answer: a copy
 * of the request, and a signal that is aborted, which makes an error, whether anybody listens or not.
 */
class DirectHandler extends HttpHandler {
  readonly #resolve: Resolve

  constructor(method: string | RegExp, pattern: string, resolve: Resolve) {
    super(method, pattern, () => undefined)
    this.#resolve = resolve
  }

  override async run(args: RunArgs): ReturnType<HttpHandler['run']> {
    const { request, requestId, resolutionContext: asked } = args
    const parsedResult = await this.parse(args)
    if (!(asked instanceof Asked && (await this.predicate({ ...args, parsedResult })))) return null
    const response = await this.#resolve(asked, request, parsedResult.match.params ?? {})
    return { handler: this, parsedResult, request, requestId, response }
  }
}

/** The handlers below one base URL, each made when it is first needed. */
interface Place {
  readonly basePath: string
  readonly handlerOf: (door: Door) => HttpHandler
  readonly nowhere: HttpHandler
}

/** By base URL, of which a process has few, and as few paths: to make the handlers takes longer than a short scenario. */
const places = new Map<string | undefined, Place>()

/**
 * Calls the doors by MSW's handlers, without a socket; see `callDirectly`. MSW itself asks one handler after
 * the other, each of which reads address and cookies anew: it is given only those that the request may be for.
 * Which of them answers, and how, is its business all the same.
 *
 * @param baseUrl - What the paths stand below; `*` (any host) when absent.
 */
export function directCalls(
  doors: readonly Door[],
  exchange: Exchange,
  baseUrl?: string,
): (request: Request) => Promise<Response | undefined> {
  const { basePath, handlerOf, nowhere } = placeAt(baseUrl)
  const find = doorFinder(doors, exchange.settings)
  const asked = new Asked(doors, exchange)
  return (request) => {
    const found = find(request.method, new URL(request.url).pathname.slice(basePath.length))
    const handlers = [...(found ? [found.door] : doors).map(handlerOf), nowhere]
    return callDirectly(handlers, request, asked)
  }
}

function placeAt(baseUrl: string | undefined): Place {
  const place = places.get(baseUrl) ?? newPlace(baseUrl)
  places.set(baseUrl, place)
  return place
}

function newPlace(baseUrl: string | undefined): Place {
  const { basePath, anything, patternOf } = mswAddress(baseUrl)
  const made = new Map<string, HttpHandler>()
  const newHandler = ({ method, path }: Door): HttpHandler =>
    new DirectHandler(method, patternOf({ path }), async (asked, request, params) => {
      const door = asked.doors.find((each) => each.method === method && each.path === path)
      if (!door) throw new Error(`Failed to answer ${method} ${path}: there is no such door.`)
      return answerAt(door, asked.exchange, { request, params, basePath, ofText: respondLate })
    })
  return {
    basePath,
    handlerOf: (door) => {
      const key = `${door.method} ${door.path}`
      const handler = made.get(key) ?? newHandler(door)
      made.set(key, handler)
      return handler
    },
    nowhere: new DirectHandler(/.+/, anything, ({ exchange }, request) =>
      answerNowhere(request, exchange),
    ),
  }
}
