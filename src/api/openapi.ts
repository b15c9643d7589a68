import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { type EndpointContract, endpoints } from './contract/endpoints.ts'
import { errorSchema } from './contract/error.ts'

/** Fact sheet 0, "Conventions" [reference]. */
const requestHeaders = {
  'X-Request-ID': z
    .string()
    .optional()
    .meta({
      description: 'Chosen by the caller, who may leave it out.',
      param: { id: 'RequestId' },
    }),
}

const answerHeaders = {
  'X-Request-ID': z
    .string()
    .optional()
    .meta({
      description: 'The one of the request.',
      header: { id: 'RequestId' },
    }),
}

/** Where a session answer carries the token. Fact sheet 1.2 [seed, reference; inferred: header]. */
const tokenHeaders = {
  SSO_TOKEN: z
    .string()
    .optional()
    .meta({ description: 'The token.', header: { id: 'Token' } }),
  'Set-Cookie': z
    .string()
    .optional()
    .meta({
      description: 'The token again, as `SSO_TOKEN=<token>; …`; may come several times.',
      header: { id: 'TokenCookie' },
    }),
}

/** Rows whose answer headers bring a token. */
const tokenGivers: ReadonlySet<EndpointContract> = new Set([endpoints.login, endpoints.renew])

const rows = Object.entries<EndpointContract>(endpoints)

/** The answer to every refusal of one code; one object a code, as the generator knows it by identity. */
const refusalsByCode = new Map(
  rows.flatMap(([, { refusals }]) => refusals).map((code) => [code, refusal(code)]),
)

/** The OpenAPI 3.1 document of the spot flow, read off the contract table. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Integral FX REST API: the spot flow',
      version: '1.0.1',
      description:
        'Generated from `src/api/contract/`. `x-source` names the section of the fact sheet that a ' +
        'row comes from, and how sure it is: seed, reference or inferred.',
    },
    servers: [
      {
        url: '{baseUrl}',
        variables: {
          baseUrl: {
            default: 'http://127.0.0.1',
            description: 'Issued by Integral, or a simulation',
          },
        },
      },
    ],
    components: {
      securitySchemes: {
        SSO_TOKEN: {
          type: 'apiKey',
          in: 'header',
          name: 'SSO_TOKEN',
          description: 'The token of the login; a cookie of the same name is documented as well.',
        },
      },
    },
    paths: paths(),
  })
}

/** The document as the file holds it. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`
}

/**
 * OpenAPI takes `/v2/orders/{id}` and `/v2/orders/{orderId}` for the same path written twice, which it
 * forbids: the later row takes on the parameter names of the earlier.
 */
function paths(): ZodOpenApiPathsObject {
  const table: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  const spellings = new Map<string, string>()
  for (const [operationId, endpoint] of rows) {
    const anonymous = endpoint.path.replace(/\{\w+\}/g, '{}')
    const path = spellings.get(anonymous) ?? endpoint.path
    spellings.set(anonymous, path)
    table[path] = {
      ...table[path],
      [endpoint.method.toLowerCase()]: operation(operationId, path, endpoint),
    }
  }
  return table
}

function operation(
  operationId: string,
  path: string,
  endpoint: EndpointContract,
): ZodOpenApiOperationObject {
  const { summary, source, authenticated, query, body } = endpoint
  const pathParameters = parametersOf(path, endpoint)
  return {
    operationId,
    summary,
    'x-source': source,
    security: authenticated ? [{ SSO_TOKEN: [] }] : [],
    requestParams: {
      ...(pathParameters && { path: pathParameters }),
      ...(query && { query }),
      header: z.object(requestHeaders),
    },
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: responses(endpoint),
  }
}

function parametersOf(path: string, { path: own, params }: EndpointContract) {
  if (params === undefined) return undefined
  const names = namesIn(path)
  const entries = namesIn(own).map((name, at) => [names[at] ?? name, params.shape[name]])
  return z.object(Object.fromEntries(entries))
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

function responses(endpoint: EndpointContract): ZodOpenApiResponsesObject {
  const { success, answer, refusals } = endpoint
  const headers = { ...answerHeaders, ...(tokenGivers.has(endpoint) && tokenHeaders) }
  return {
    [`${success}`]: {
      description: STATUS_CODES[success] ?? 'Success',
      headers: z.object(headers),
      ...(answer && { content: { 'application/json': { schema: answer } } }),
    },
    ...Object.fromEntries([...refusalsByCode].filter(([code]) => refusals.includes(code))),
  }
}

function refusal(code: number): ZodOpenApiResponseObject {
  return {
    id: `Refusal${code}`,
    description: `${STATUS_CODES[code]}; the body may be missing, or not JSON`,
    headers: z.object(answerHeaders),
    content: { 'application/json': { schema: errorSchema } },
  }
}
