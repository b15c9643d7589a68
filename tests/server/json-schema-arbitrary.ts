import fc from 'fast-check'

/** What is read of a JSON schema. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly minimum?: number
  readonly maximum?: number
}

type Resolve = (ref: string) => JsonSchema

/** What no field expects, as JSON text: numbers that are none, names of the language, depth, length. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['null', 'true', '-0', '0', '1e400', '-1e400', '1e-400', '9'.repeat(400), '0.1e-5'],
    ...['"NaN"', '"Infinity"', 'NaN', '""', '" "', '"\\u0000"', '"\\ud800"', '{}', '[]', '[[]]'],
    ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'],
    ...['"__proto__"', '"constructor"', '"toString"', '"hasOwnProperty"'],
    ...[`${'['.repeat(50)}${']'.repeat(50)}`, `"${'x'.repeat(5_000)}"`, '"\u202e\ud83d\udca5"'],
  ),
  fc.json({ maxDepth: 3 }),
  fc.double().map((number) => JSON.stringify(number)),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
)

const DEEPEST = 8

/** JSON texts that a schema describes, with now and then something in them that it does not. */
export function jsonOf(schema: JsonSchema, resolve: Resolve, depth = 0): fc.Arbitrary<string> {
  // A schema may contain itself.
  if (depth > DEEPEST) return nasty
  return fc.oneof(
    { weight: 9, arbitrary: described(schema, resolve, depth) },
    { weight: 1, arbitrary: nasty },
  )
}

function described(schema: JsonSchema, resolve: Resolve, depth: number): fc.Arbitrary<string> {
  if (schema.$ref !== undefined) return jsonOf(resolve(schema.$ref), resolve, depth + 1)
  if ('const' in schema) return fc.constant(JSON.stringify(schema.const))
  if (schema.enum) return fc.constantFrom(...schema.enum.map((value) => JSON.stringify(value)))
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if (choices) return fc.oneof(...choices.map((each) => jsonOf(each, resolve, depth + 1)))
  const types = [schema.type ?? 'object'].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, resolve, depth)))
}

function ofType(
  type: string,
  schema: JsonSchema,
  resolve: Resolve,
  depth: number,
): fc.Arbitrary<string> {
  switch (type) {
    case 'string':
      return fc.oneof(fc.constantFrom(...texts), fc.string()).map((text) => JSON.stringify(text))
    case 'number':
      return fc
        .oneof(
          fc.constantFrom(1.0862, 1_000_000, 0.01, 2),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        )
        .map((number) => JSON.stringify(number))
    case 'integer':
      return fc.oneof(fc.constantFrom(0, 1, 5_000), fc.integer()).map(String)
    case 'boolean':
      return fc.constantFrom('true', 'false')
    case 'array':
      return fc
        .array(jsonOf(schema.items ?? {}, resolve, depth + 1), { maxLength: 4 })
        .map((items) => `[${items.join(',')}]`)
    case 'object':
      return objectOf(schema, resolve, depth)
    default:
      return fc.constant('null')
  }
}

/** Values that fields of the API have. */
const texts = [
  'EUR/USD',
  'EUR',
  'Buy',
  'c-1',
  'GTC',
  '2025-06-13',
  'spotRate',
  'ada',
  'secret',
  'Acme',
]

/** With most of its properties, and one in ten with something besides. */
function objectOf(
  { properties = {} }: JsonSchema,
  resolve: Resolve,
  depth: number,
): fc.Arbitrary<string> {
  const fields = Object.entries(properties).map(([name, schema]) =>
    fc
      .option(jsonOf(schema, resolve, depth + 1), { freq: 8, nil: undefined })
      .map((value) => (value === undefined ? [] : [`${JSON.stringify(name)}:${value}`])),
  )
  const extra = fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('__proto__', 'constructor', 'extra', '', 'coId'), nasty)
        .map(([name, value]) => [`${JSON.stringify(name)}:${value}`]),
    },
  )
  return fc.tuple(...fields, extra).map((parts) => `{${parts.flat().join(',')}}`)
}
