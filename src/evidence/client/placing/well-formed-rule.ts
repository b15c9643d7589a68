import { endpoints } from '../../../api/contract/endpoints.ts'
import { missingField } from '../../rules/placing/ill-made.ts'
import type { ClientRule, ClientSight } from '../client-rule.ts'
import { type Call, headerOf } from '../reading/call.ts'

export const wellFormedRule: ClientRule = {
  id: 'client.well-formed',
  family: 'HTTP',
  sentence:
    'The client sends what the documentation asks for: fields, types and JSON as its content type.',
  source: { section: '2', mark: 'reference' },
  weight: 'must',
  unseen: 'no request of the API came in',
  toSee: 'let the client log in and place an order',
  check: ({ calls }) => calls.map(sightOf),
}

/** Only what was refused: what the server takes all the same is left to it (setting 48). */
function sightOf(call: Call): ClientSight {
  const { operation, status, isWhole, isSuccess, exchange, number, user } = call
  if (operation === undefined) return undefined
  if (isSuccess) return 'held'
  const flaw = isWhole && status === 400 && exchange.fault === undefined ? flawOf(call) : undefined
  if (flaw === undefined) return undefined
  const detail = `${exchange.request.method} ${endpoints[operation].path} was refused with 400: ${flaw}`
  return { detail, exchanges: [number], user }
}

/** What the contract has against a request; `undefined` where it was refused for what it asked. */
function flawOf({ operation, sent, exchange }: Call): string | undefined {
  if (operation === undefined) return undefined
  const contract = endpoints[operation]
  if ('body' in contract) {
    const type = headerOf(exchange.request, 'content-type')
    if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type ?? '')) {
      return type === undefined ? 'it has no content type' : `its content type is ${type}`
    }
    if (sent === undefined) return 'its body is no JSON object'
    return firstIssue(contract.body.safeParse(sent)) ?? missingIn(operation, sent)
  }
  if (!('query' in contract)) return undefined
  const query = Object.fromEntries(URL.parse(exchange.request.url)?.searchParams ?? [])
  return firstIssue(contract.query.safeParse(query))
}

function missingIn(operation: Call['operation'], sent: NonNullable<Call['sent']>) {
  const missing = operation === 'placeOrder' ? missingField(sent) : undefined
  return missing && `it comes ${missing}`
}

function firstIssue({
  error,
}: {
  readonly error?: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }
}): string | undefined {
  const [issue] = error?.issues ?? []
  return issue && `${issue.path.join('.') || 'the whole'}: ${issue.message}`
}
