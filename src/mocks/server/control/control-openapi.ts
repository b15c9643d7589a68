import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import { controlContract } from './contract.ts'
import { CONTROL_PREFIX, type ControlContract } from './control-contract.ts'
import { errorSchema } from './schemas.ts'

/** Only where state is kept. */
const CANNOT_KEEP = 'Service Unavailable: the server cannot write down its state'

/** The OpenAPI 3.1 document of the control API, read off its table. */
function controlOpenApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'The control API of the simulated Integral',
      version: '1',
      description:
        'Staging, and looking: nothing of it is Integral’s. Generated from `src/mocks/server/control/`. ' +
        'Staging opens an organisation that is not yet there; looking does not.',
    },
    servers: [{ url: `http://127.0.0.1:8080${CONTROL_PREFIX}` }],
    paths: paths(),
  })
}

/** The document as the file holds it. */
export function controlOpenApiText(): string {
  return `${JSON.stringify(controlOpenApiDocument(), null, 2)}\n`
}

function paths(): ZodOpenApiPathsObject {
  const table: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [operationId, row] of Object.entries<ControlContract>(controlContract)) {
    table[row.path] = {
      ...table[row.path],
      [row.method.toLowerCase()]: operation(operationId, row),
    }
  }
  return table
}

function operation(
  operationId: string,
  { method, path, summary, params, query, body, answer, streams }: ControlContract,
): ZodOpenApiOperationObject {
  const org = path.includes('{org}') ? { org: z.string().min(1) } : {}
  const pathParameters = { ...org, ...params?.shape }
  return {
    operationId,
    summary,
    requestParams: {
      ...(Object.keys(pathParameters).length > 0 && { path: z.object(pathParameters) }),
      ...(query && { query }),
    },
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: {
      ...(streams
        ? { 200: { description: 'OK', content: { 'text/event-stream': { schema: z.string() } } } }
        : successOf(answer)),
      400: { description: 'Bad Request', content: { 'application/json': { schema: errorSchema } } },
      404: { description: 'Not Found', content: { 'application/json': { schema: errorSchema } } },
      ...(method !== 'GET' && {
        503: { description: CANNOT_KEEP, content: { 'application/json': { schema: errorSchema } } },
      }),
    },
  }
}

function successOf(answer: z.ZodType | undefined): ZodOpenApiOperationObject['responses'] {
  if (!answer) return { 204: { description: 'No Content' } }
  return { 200: { description: 'OK', content: { 'application/json': { schema: answer } } } }
}
