import { test } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { createRedactor, REDACTED } from '../../src/evidence/redaction.ts'
import { Talk } from './talk.ts'

/** What servers and libraries make of a text on its way into a body, an address or a message. */
const disguises: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  percent: (secret) => encodeURIComponent(secret),
  'percent, lower case': (secret) =>
    encodeURIComponent(secret).replaceAll(/%../g, (escaped) => escaped.toLowerCase()),
  'percent, every byte': percentBytes,
  'percent, after a backslash': (secret) => `\\${percentBytes(secret)}`,
  'HTML, after backslashes': (secret) => `\\\\${htmlCharacters(secret)}`,
  'percent twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  form: (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON with slashes': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1),
  'JSON, every character': (secret) =>
    [...Array(secret.length).keys()].map((at) => `\\u${hex(secret.charCodeAt(at), 4)}`).join(''),
  HTML: (secret) => secret.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
  'HTML, named': (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#x27;'),
  hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64, after one byte': (secret) => Buffer.from(`:${secret}`).toString('base64'),
  'base64, after two bytes': (secret) => Buffer.from(`u:${secret}:more`).toString('base64'),
  base64url: (secret) => Buffer.from(`{"pass":"${secret}"}`).toString('base64url'),
}

/** A base64 character may hold a few bits of the secret beside bits of its neighbour. */
const SPLIT_CHARACTERS = 4

const secrets = fc.oneof(
  fc.string({ minLength: 4, maxLength: 40 }),
  fc.string({ minLength: 4, maxLength: 40, unit: 'binary' }),
  fc.stringMatching(/^[A-Za-z0-9_-]{20,62}$/),
  fc.stringMatching(/^["'&<>\\/+% =?#\n]{4,12}$/),
)

/** More than are looked for one by one. */
const others = Array.from({ length: 40 }, (_, at) => `${at}. of the many others`)

for (const [name, disguise] of Object.entries(disguises)) {
  test(`a secret among very many does not survive either: ${name}`, () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = `before «${disguise(secret)}» after`
        const shown = createRedactor([...others, secret]).redact(text)
        assert.equal(shown, createRedactor([secret]).redact(text))
      }),
    )
  })

  test(`a secret does not survive in any text: ${name}`, () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const redactor = createRedactor([secret])
        const shown = redactor.redact(`before «${disguise(secret)}» after`)
        assert.include(shown, REDACTED)
        assert.notInclude(shown, `«${disguise(secret)}»`)
        const left = shown.slice('before «'.length, -'» after'.length).replaceAll(REDACTED, '')
        assert.isAtMost(left.length, disguise('').length + SPLIT_CHARACTERS, left)
      }),
    )
  })
}

test('the first secret is found however many were learned after it', () => {
  const { learn, redact } = createRedactor(['learned-first'])
  for (let at = 0; at < 200; at++) {
    learn(`${at * 7_919}: a secret`)
    assert.equal(redact('here: learned-first.'), `here: ${REDACTED}.`)
  }
})

for (const [secret, text] of [
  ['c0ffee@work', '{"message":"fee 5%c0ffee%40work"}'],
  ['ab3!Kx 9', 'https://h/v2/x?d=5%ab3!Kx%209'],
  ['12345 abc', 'x%12345%20abc'],
] as const) {
  test(`a secret behind a percent sign that is none of its escapes is taken out: ${text}`, () => {
    const others = Array.from({ length: 100 }, (_, at) => `${at}: another secret`)
    for (const known of [[secret], [secret, ...others]]) {
      const shown = createRedactor(known).redact(text)
      assert.include(shown, REDACTED)
      assert.notInclude(shown, secret.slice(0, 4))
    }
  })
}

test('what is no secret is left as it is', () => {
  const redactor = createRedactor(['hunter2-hunter2'])
  const text = '{"status":"RECEIVED","orderId":"4820276016","pass":"hunter2"}'
  assert.equal(redactor.redact(text), text)
})

test('a long secret is taken out whole where it contains a shorter one', () => {
  const redactor = createRedactor(['token', 'token-and-more'])
  assert.equal(redactor.redact('a token-and-more b'), `a ${REDACTED} b`)
})

test('the time to redact does not explode with a hostile body', () => {
  const redactor = createRedactor(['s3cret/with+base64=='])
  const started = performance.now()
  for (const text of ['\\', 'A', '%25', '&amp;', '0', 's3']) redactor.redact(text.repeat(100_000))
  assert.isBelow(performance.now() - started, 5_000)
})

test('a session leaves neither password nor token behind, wherever they are echoed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[\x21-\x7e]{8,30}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{12,62}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{12,62}$/),
      async (pass, first, second) => {
        const talk = new Talk()
        const echo = { pass, nested: JSON.stringify({ pass }), html: `<b title='${pass}'>` }
        await talk.call(
          'POST',
          '/v2/sso/login',
          Response.json(echo, {
            headers: [
              ['Set-Cookie', `SSO_TOKEN=${first}; Domain=.integral.com; Path=/`],
              ['Set-Cookie', 'lb=7; Path=/'],
            ],
          }),
          { body: { user: 'u', pass, org: 'o' } },
        )
        await talk.call(
          'GET',
          `/v2/sso/token/renew?was=${encodeURIComponent(first)}`,
          new Response(`<p>${first} is now ${second}</p>`, { headers: { sso_token: second } }),
          { headers: { SSO_TOKEN: first, Cookie: `a=b; SSO_TOKEN=${first}` } },
        )
        const basic = `Basic ${Buffer.from(`u:${pass}`).toString('base64')}`
        await talk.call(
          'GET',
          '/v2/orders',
          new Error(`cut: ${second}`, { cause: new Error(pass) }),
          {
            headers: { Authorization: basic, 'X-Debug': second },
          },
        )
        const left = JSON.stringify(talk.transcript.exchanges)
        for (const secret of [pass, first, second]) {
          for (const disguise of Object.values(disguises)) assert.notInclude(left, disguise(secret))
        }
      },
    ),
    { numRuns: 50 },
  )
})

for (const [which, headers] of [
  ['a password of the body', {}],
  ['a token of the answer', { sso_token: 'T0ken-to-come' }],
] as const) {
  test(`${which} leaves the headers of its own request too`, async () => {
    const secrets = ['hunter2-of-old', 'T0ken-to-come']
    const talk = new Talk()
    await talk.call('POST', '/v2/sso/login', new Response('{}', { headers }), {
      headers: { 'X-Again': Object.values(headers)[0] ?? 'hunter2-of-old' },
      body: { user: 'u', pass: 'hunter2-of-old', org: 'o' },
    })
    const sent = JSON.stringify(talk.transcript.exchanges[0]?.request.headers)
    assert.include(sent, 'x-again')
    for (const secret of secrets) assert.notInclude(sent, secret)
  })
}

test('a header that exists to carry a secret shows nothing, even of one too short to look for', async () => {
  const talk = new Talk()
  const { request } = await talk.call('GET', '/v2/orders', new Response('[]'), {
    headers: { SSO_TOKEN: 'abc', Authorization: 'hmac username="u", signature="xyz"' },
  })
  const shown = new Map(request.headers.map(({ name, value }) => [name, value]))
  assert.equal(shown.get('sso_token'), REDACTED)
  assert.equal(shown.get('authorization'), REDACTED)
})

test('neither a signature nor the credentials around it survive in any text that echoes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const signature = Buffer.from(bytes).toString('base64')
      const credentials = `hmac username="u", algorithm="hmac-sha256", headers="date", signature="${signature}"`
      const redactor = createRedactor()
      const [shown] = redactor.redactHeaders(new Headers({ Authorization: credentials }))
      assert.deepEqual(shown, { name: 'authorization', value: REDACTED })
      for (const disguise of Object.values(disguises)) {
        const left = redactor.redact(`${disguise(signature)} ${disguise(credentials)}`)
        assert.notInclude(left, disguise(signature))
        assert.notInclude(left, disguise(credentials))
      }
      const plain = redactor.redact(credentials)
      assert.equal(plain, credentials.replace(signature, REDACTED))
    }),
    { numRuns: 20 },
  )
})

test('a signature that the answer to it echoes is redacted there as well', async () => {
  const signature = 'N8yehf+PXoHeOQR5q1NejIC3Jp7a99UqTbp9xMSQy0A='
  const headers = { Authorization: `hmac username="u", headers="date", signature="${signature}"` }
  const talk = new Talk()
  const echo = Response.json({ message: `bad ${signature}` }, { headers: { 'X-Echo': signature } })
  await talk.call('GET', '/v2/orders', echo, { headers })
  await talk.call('GET', '/v2/orders', new Error(`cut: ${signature}`), { headers })
  const left = JSON.stringify(talk.transcript.exchanges)
  for (const disguise of Object.values(disguises)) assert.notInclude(left, disguise(signature))
})

for (const written of ['signature="tell-tale"', 'SIGNATURE = tell-tale', 'signature="tell-tale'])
  test(`a signature that is written wrong on purpose is one all the same: ${written}`, () => {
    const redactor = createRedactor()
    redactor.redactHeaders(new Headers({ Authorization: `hmac headers="x", ${written}, more="y"` }))
    assert.equal(redactor.redact('«tell-tale»'), `«${REDACTED}»`)
  })

test('credentials without a signature are a secret as a whole', () => {
  const redactor = createRedactor()
  redactor.redactHeaders(
    new Headers({
      Authorization: 'Basic dTpwYXNzd29yZA==',
      'Proxy-Authorization': 'Bearer abc.def',
    }),
  )
  assert.equal(
    redactor.redact('Basic dTpwYXNzd29yZA== and abc.def'),
    `Basic ${REDACTED} and ${REDACTED}`,
  )
})

test('of many signatures the latest are looked for, and what else is known is not forgotten', () => {
  const redactor = createRedactor(['password-1'])
  const sign = (number: number) => {
    const headers = {
      Authorization: `hmac signature="sign-${number}-it"`,
      SSO_TOKEN: `token-${number}`,
    }
    redactor.redactHeaders(new Headers(headers))
  }
  for (let number = 0; number < 2_000; number++) sign(number)
  const echoed = [...Array(64).keys()].map((back) => `sign-${1_999 - back}-it`)
  assert.notMatch(redactor.redact(echoed.join(' ')), /sign-/)
  assert.equal(redactor.redact('password-1 token-0'), `${REDACTED} ${REDACTED}`)
})

test('cookies keep their names and attributes', async () => {
  const headers = { 'Set-Cookie': 'SSO_TOKEN=0123456789; Domain=.integral.com; Path=/' }
  const talk = new Talk()
  const { response } = await talk.call('POST', '/v2/sso/login', new Response('{}', { headers }))
  const shown = response?.headers.find(({ name }) => name === 'set-cookie')?.value
  assert.equal(shown, `SSO_TOKEN=${REDACTED}; Domain=.integral.com; Path=/`)
})

for (const body of [
  '{"user":"u","pass":"top-secret-1"',
  '{"user":"u","pass":"top-secret-1',
  "{'pass': 'top-secret-1', 'user': 'u'}",
  'user=u&pass=top-secret-1&org=o',
  '[{"password":"top-secret-1"}]',
]) {
  test(`a login that is broken on purpose shows no password: ${body}`, async () => {
    const talk = new Talk()
    const answer = Response.json({ errorMessage: 'cannot read top-secret-1' }, { status: 400 })
    const exchange = await talk.call('POST', '/v2/sso/login', answer, { body })
    assert.notInclude(JSON.stringify(exchange), 'top-secret-1')
    assert.include(exchange.request.body, 'pass')
  })
}

function htmlCharacters(secret: string): string {
  return [...secret].map((character) => `&#x${hex(character.codePointAt(0) ?? 0, 1)};`).join('')
}

function percentBytes(secret: string): string {
  return [...Buffer.from(secret)].map((byte) => `%${hex(byte, 2)}`).join('')
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

test('a cookie that no login was seen to issue shows nothing either', () => {
  const redactor = createRedactor()
  const headers = redactor.redactHeaders(
    new Headers({ Cookie: 'SSO_TOKEN=n3verSeenBef0re; theme=dark1' }),
  )
  assert.notMatch(JSON.stringify(headers), /n3verSeenBef0re|dark1/)
  assert.notInclude(redactor.redact('it said n3verSeenBef0re'), 'n3verSeenBef0re')
})
