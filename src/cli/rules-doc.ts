import { fileURLToPath } from 'node:url'
import { DEFAULT_SEED } from './default-seed.ts'
import { withTables } from './document-tables.ts'
import { generate } from './generated-document.ts'
import { ScenarioRunner } from './prove/scenario-runner.ts'
import { rulesTables } from './rules-tables.ts'

const { stdout, stderr, env } = process
const cwd = fileURLToPath(new URL('../..', import.meta.url))
const runner = await ScenarioRunner.load([], DEFAULT_SEED, { cwd, env, stdout, stderr })
const tables = rulesTables(await runner.run({}), runner.needs)

process.exitCode = await generate(
  {
    path: 'docs/rules.md',
    script: 'rules-doc',
    make: (document) => withTables(document, tables),
  },
  process.argv.slice(2),
)
