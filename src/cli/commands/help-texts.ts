import { exits, type HelpText, type Rows } from './help-text.ts'

const ENDPOINT: Rows = [
  ['INTEGRAL_BASE_URL', 'where the endpoint is: https, and a UAT host'],
  ['INTEGRAL_USER', 'who logs in, with INTEGRAL_PASSWORD and INTEGRAL_ORG'],
]

const FILE: Rows = [['.env', 'may hold all of these; .env.example lists them']]

/** By the name of the command, its parents before it. */
export const helpTexts: Readonly<Record<string, HelpText>> = {
  verify: {
    group: 'Run scenarios:',
    examples: [
      ['verify', 'all scenarios, on the simulation'],
      ['verify --name expired --tags "not @simulation-only"', 'some of them'],
      ['verify --target uat', 'on a real endpoint; try doctor first'],
      ['verify --providers providers.yaml', 'several providers, and one overview of them'],
      ['verify --shard 2/4 --out reports/shard-2', 'on the second of four machines'],
      ['verify --repeat 2h --out reports/soak', 'again and again, for two hours'],
      ['verify --resume --out reports/uat', 'go on with a run that was interrupted'],
    ],
    writes: [
      ['reports/<target>/allure.html', 'for people: scenarios, orders, exchanges'],
      ['reports/<target>/verdict.json', 'for scripts: rules, findings'],
      ['reports/<target>/evidence', 'for auditors'],
    ],
    exits: [
      ...exits(
        'every rule that was verified held',
        'at least one finding, or a scenario that failed',
        'it could not be judged: a bad option, host down, login refused, nothing observed',
      ),
      [
        '130, 143',
        'Ctrl-C (SIGINT) or SIGTERM ended it, not on uat; its last line says how to go on',
      ],
    ],
    variables: [
      ...ENDPOINT,
      ['INTEGRAL_MAX_ORDERS', 'how many orders a run may place; INTEGRAL_MAX_SIZE: how large'],
      ['INTEGRAL_EVIDENCE_KEY', 'the private key that evidence is signed with'],
      ...FILE,
    ],
  },
  doctor: {
    group: 'Run scenarios:',
    examples: [['doctor', 'whether verify --target uat could run, and if not, what to do']],
    exits: exits('nothing is broken', undefined, 'something is; its line says what to do'),
    variables: [...ENDPOINT, ...FILE],
  },
  cleanup: {
    group: 'Run scenarios:',
    examples: [
      ['cleanup', 'after a run that was killed'],
      ['cleanup --out reports/monday', 'the same, of a run that wrote there'],
    ],
    exits: exits('no order is left working', undefined, 'an order may be; its line says which'),
    variables: [...ENDPOINT, ...FILE],
  },
  prove: {
    group: 'Run scenarios:',
    examples: [
      ['prove --quick', 'some of the deviations, in less than a minute'],
      ['prove --rule limit.filled-new', 'those that break one rule'],
      ['prove', 'all of them, in some minutes'],
    ],
    writes: [
      ['reports/prove/prove.html', 'for people'],
      ['reports/prove/prove.json', 'for scripts'],
    ],
    exits: exits(
      'every deviation was caught, and nothing else',
      'one escaped, or there was a false alarm',
    ),
  },
  report: {
    group: 'Report on runs:',
    examples: [
      ['report', 'of the last run on each target'],
      ['report reports/monday reports/uat', 'of these runs'],
      ['report --merge reports/shard-* --out reports/simulation', 'one run of its shards'],
    ],
    writes: [
      ['reports/report/index.html', 'leads to the rest'],
      ['reports/report/matrix.html, matrix.csv', 'every rule on every target, and gaps'],
    ],
    exits: exits(
      'it is written, whatever the verdicts; with --merge, as for verify',
      'with --merge alone: at least one finding, or a scenario that failed',
      'a run cannot be read; with --merge, also: a shard is missing, or it could not be judged',
    ),
  },
  certify: {
    group: 'Report on runs:',
    examples: [
      ['certify --provider "Acme Bank"', 'of the last run on uat'],
      ['certify --provider "Acme Bank" --waivers waivers.yaml', 'with known findings'],
    ],
    writes: [['reports/<target>/certificate.*', 'as a page, a PDF, and JSON']],
    exits: exits(
      'granted, maybe with exceptions',
      'not granted, for what was found',
      'not granted, because it cannot be told',
    ),
    variables: [['INTEGRAL_CHROMIUM', 'the browser that prints the PDF']],
  },
  drift: {
    group: 'Report on runs:',
    examples: [
      ['drift', 'what the last run on uat did otherwise than the simulation'],
      ['drift --calibrate', 'and settings that make the simulation alike'],
    ],
    writes: [
      ['reports/drift/drift.html', 'for people'],
      ['reports/drift/settings.json', 'for --config, with --calibrate'],
    ],
    exits: exits(
      'nothing differs that is not waived',
      'something does',
      'the runs cannot be compared',
    ),
  },
  evidence: {
    group: 'Report on runs:',
    examples: [
      ['evidence verify reports/uat', 'whether anybody has edited it'],
      ['evidence keys --out keys', 'a pair of keys'],
    ],
    exits: exits('all is well', 'something was altered'),
  },
  'evidence verify': {
    group: 'Report on runs:',
    examples: [
      ['evidence verify reports/uat', 'whether it is as it was written'],
      ['evidence verify reports/uat --key keys/evidence-key.pub.pem', 'and by whom'],
    ],
    exits: exits(
      'it is intact',
      'something was altered, or is missing; or the run was broken off',
      'there is none, or its verdict could not be computed again',
    ),
  },
  'evidence keys': {
    group: 'Report on runs:',
    examples: [['evidence keys --out keys', 'then INTEGRAL_EVIDENCE_KEY=keys/evidence-key.pem']],
    exits: exits('they are written'),
  },
  serve: {
    group: 'Use the simulation:',
    examples: [
      ['serve', 'at http://127.0.0.1:8080, until Ctrl-C'],
      ['serve --port 0 --clock virtual', 'any free port; time stands still until advanced'],
      ['serve --state state.ndjson', 'goes on where it was, after a crash too'],
    ],
    exits: exits('it was told to end', undefined, 'it cannot listen there, or a bad option'),
  },
  model: {
    group: 'Use the simulation:',
    examples: [
      ['model', 'states, transitions and every path, as text and Mermaid'],
      ['model --out reports/model --format png', 'drawn'],
    ],
    exits: exits('they are printed'),
  },
  init: {
    group: 'Set up:',
    examples: [['init', 'in an empty folder in which the package is installed']],
    writes: [
      ['features/', 'the shipped features, and in features/own yours'],
      ['steps/', 'steps of your own, beside the shipped ones'],
      ['cucumber.js, .env.example', 'the settings of the project, and of an endpoint'],
      ['.github/workflows/', 'a workflow that runs the scenarios on every push'],
    ],
    exits: exits('it is written', undefined, 'a file of it is there already: nothing is written'),
  },
}
