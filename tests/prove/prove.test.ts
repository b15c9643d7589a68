import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { prove } from '../../src/cli/prove/prove.ts'
import { parseProveOptions } from '../../src/cli/prove/prove-options.ts'
import type { Trial } from '../../src/cli/prove/trial.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { runCommand } from '../e2e/run-verify.ts'
import { Project } from './project.ts'
import { Sink } from './sink.ts'
import { deviationTrial, variationTrial } from './trials.ts'

const DEVIATION = 'limit.expired-turns-new'
const BREAKS = 'limit.expired-new'
const behaviour = { deviation: DEVIATION }

/** Proves the judge on these, in a project of one feature. */
async function proved(project: Project, trials: readonly Trial[], parallel = '1') {
  const [stdout, stderr] = [new Sink(), new Sink()]
  const only = trials.map(({ id }) => id)
  const options = parseProveOptions({ only, parallel }, trials)
  const environment = { cwd: project.path, env: {}, stdout, stderr }
  const code = await prove(options, environment)
  const proof = JSON.parse(project.read('reports/prove/prove.json'))
  return { code, stdout: stdout.text, stderr: stderr.text, proof }
}

describe('a judge that is proved', () => {
  let project: Project
  before(() => {
    project = Project.of('orders/querying')
  })
  after(() => project.remove())

  it('catches the deviation by its rule, and leaves what is permitted in peace: exit 0', async () => {
    const args = ['prove', '--only', DEVIATION, '--only', 'query.shape=object', '--out', 'out']
    const { code, stdout, stderr } = await runCommand(args, {}, project.path)
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout, new RegExp(`caught +${DEVIATION} +by ${BREAKS}\\b`))
    assert.match(stdout, /clean +query\.shape=object/)
    assert.match(stdout, /Reports\n {2}out\/prove\.html\n {2}out\/prove\.json\n$/)
    assert.equal(stderr, '2 of 2 runs, 0 escaped, 0 false alarms\n')
    const proof = JSON.parse(project.read('out/prove.json'))
    assert.match(proof.run, /^prove-\d{8}T\d{6}Z-[0-9a-f]{6}$/)
    assert.include(stdout, `\nRun ${proof.run}\n`)
    assert.match(proof.startedAt, /^\d{4}-\d\d-\d\dT.*Z$/)
    assert.isTrue(proof.summary.isProved)
    const [{ foundBy, verdict, scenario }] = proof.deviations
    assert.equal(verdict, 'caught')
    assert.match(scenario, /querying\.feature:\d+ /)
    assert.equal(foundBy[0].rule, BREAKS)
    assert.include(foundBy[0].detail, 'EXPIRED → NEW')
    assert.include(project.read('out/prove.html'), 'The judge is proved')
  })

  it('is so in the order of the list, however many run it', async () => {
    const trials = [
      deviationTrial('one', BREAKS, behaviour),
      variationTrial('two', { settings: { 'query.shape': 'object' } }),
      deviationTrial('three', BREAKS, behaviour),
      variationTrial('four', { settings: { 'advance.skipNew': true } }),
    ]
    const alone = await proved(project, trials)
    const together = await proved(project, trials, '3')
    assert.equal(alone.code, 0, alone.stdout)
    const said = ({ stdout }: typeof alone) => stdout.replace(/^Run prove-\S+$/m, 'Run')
    assert.equal(said(together), said(alone))
    const { run, startedAt, tookMs, ...same } = together.proof
    assert.notEqual(run, alone.proof.run)
    assert.isString(startedAt)
    assert.isNumber(tookMs)
    assert.deepInclude(alone.proof, same)
  })
})

describe('a judge that is not', () => {
  let project: Project
  before(() => {
    project = Project.of('orders/querying')
  })
  after(() => project.remove())

  it('misses a deviation: exit 1, and it is named', async () => {
    const trials = [deviationTrial('unseen', BREAKS), deviationTrial('seen', BREAKS, behaviour)]
    const { code, stdout, stderr, proof } = await proved(project, trials)
    assert.equal(code, 1)
    assert.match(stdout, new RegExp(`ESCAPED +unseen +${BREAKS} says nothing; nothing was found\n`))
    assert.include(stdout, '1 of 2 deviations caught by the rule they break, 1 escaped')
    assert.include(stderr, '2 of 2 runs, 1 escaped, 0 false alarms')
    assert.deepEqual(proof.summary.escaped, ['unseen'])
  })

  it('fails, but names another rule: exit 1', async () => {
    const trials = [deviationTrial('misjudged', 'limit.expired-filled', behaviour)]
    const { code, stdout } = await proved(project, trials)
    assert.equal(code, 1)
    assert.match(stdout, new RegExp(`limit.expired-filled says nothing; found only ${BREAKS}\\b`))
  })

  it('raises a false alarm: exit 1', async () => {
    const { code, stdout, proof } = await proved(project, [variationTrial('fine', behaviour)])
    assert.equal(code, 1)
    assert.match(stdout, new RegExp(`FALSE ALARM +fine +${BREAKS}: \\d+ findings?, first in `))
    assert.deepEqual(proof.summary.falseAlarms, ['fine'])
  })

  it('could not judge a permitted variation, as no scenario left any evidence: exit 1', async () => {
    const project = Project.saying('Given Ada is signed in')
    const trials = [variationTrial('mute', { settings: { 'no.such.setting': 1 } })]
    const { code, stdout, proof } = await proved(project, trials)
    project.remove()
    assert.equal(code, 1)
    assert.match(stdout, /NOT JUDGED +mute +no scenario passed, and nothing was observed\n/)
    assert.deepEqual(proof.summary.notJudged, ['mute'])
  })

  it('without a rule misses what that finds: exit 1, and it is told', async () => {
    const args = ['prove', '--only', DEVIATION, '--without', BREAKS]
    const { code, stdout } = await runCommand(args, {}, project.path)
    assert.equal(code, 1)
    assert.match(stdout, new RegExp(`The judge without ${BREAKS}\n`))
    assert.match(stdout, new RegExp(`ESCAPED +${DEVIATION} +${BREAKS} says nothing; `))
  })
})

describe('nothing is proved', () => {
  it('where the simulation as it is is not clean: exit 1, before anything else is run', async () => {
    const project = Project.saying('Given Ada is signed in', 'Then the order should be FILLED')
    const { code, stdout, proof } = await proved(project, [deviationTrial('a', BREAKS)])
    project.remove()
    assert.equal(code, 1)
    assert.include(
      stdout,
      '1 scenario on the simulation as it is: 1 failed, so that nothing can be',
    )
    assert.deepEqual(proof.deviations, [])
  })

  it('where a deviation leaves no evidence', async () => {
    const project = Project.saying('Given Ada is signed in')
    const trials = [deviationTrial('a', BREAKS, { deviation: 'no-such-deviation' })]
    const failure = await proved(project, trials).catch((error: Error) => error.message)
    project.remove()
    assert.equal(failure, 'With a, 1 of 1 scenarios left no evidence.')
  })

  it('where the scenarios cannot be run', async () => {
    const project = Project.saying('Given Ada is nobody that any step knows')
    const failure = await proved(project, [deviationTrial('a', BREAKS)]).catch((error) => error)
    project.remove()
    assert.instanceOf(failure, UsageError)
    assert.include(failure.message, 'one.feature:3')
  })

  for (const [args, sentence] of [
    [['--only', 'limit.filled-turns-knew'], 'did you mean "limit.filled-turns-new"?'],
    [['--rule', 'limit.filled-knew'], 'did you mean "limit.filled-new"?'],
    [['--parallel', 'two'], 'Malformed --parallel "two"'],
    [
      ['--only', 'query.shape=object', '--without', 'trade.once'],
      '--without tries deviations alone',
    ],
    [['--slow'], "unknown option '--slow'"],
  ] as const) {
    it(`with ${args.join(' ')}: exit 2, and a sentence`, async () => {
      const { code, stdout, stderr } = await runCommand(['prove', ...args])
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.include(stderr, sentence)
      assert.notInclude(stderr, '    at ')
    })
  }

  it('by listing what there is', async () => {
    const { code, stdout, stderr } = await runCommand(['prove', '--list', '--rule', BREAKS])
    assert.equal(code, 0, stderr)
    assert.match(
      stdout,
      /^deviation {2}limit\.expired-turns-new {2}breaks limit\.expired-new {2}The first query .*\.\n$/,
    )
  })
})
