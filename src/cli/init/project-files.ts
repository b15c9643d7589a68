import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package: what a project starts from stands in it, whether it is run in source or built. */
const PACKAGE = join(import.meta.dirname, '..', '..', '..')

/** A file of a new project. */
export interface ProjectFile {
  /** Below the project's folder. */
  readonly path: string
  readonly text: string
  /** What to say of one that is left alone where it is there already, or was written; absent where it must be written. */
  readonly optional?: { readonly kept: string; readonly written?: string }
}

const PACKAGE_JSON = {
  kept: '',
  written: '; npm install --save-dev <tarball> of integral-harness makes it whole',
}
const GIT_IGNORE = {
  kept: '; it should name .env and evidence-key.pem, which are secret, and reports/',
}
const README = { kept: '' }

/** How modules are written in a project: its `.js` and `.ts` files are either, as its package.json says. */
export type ModuleKind = 'module' | 'commonjs'

/** Everything that a project starts with. @param kind - What the package.json says that is there; `module` where there is none. */
export function projectFiles(kind: ModuleKind): readonly ProjectFile[] {
  const stepsType = kind === 'module' ? 'ts' : 'mts'
  return [
    { path: 'package.json', text: manifest(), optional: PACKAGE_JSON },
    { path: '.gitignore', text: shipped('template/gitignore'), optional: GIT_IGNORE },
    {
      path: 'cucumber.js',
      text: shipped(`template/cucumber.${kind === 'module' ? 'js' : 'commonjs.cjs'}`),
    },
    { path: '.env.example', text: shipped('.env.example') },
    { path: '.github/workflows/integral.yml', text: shipped('template/workflow.yml') },
    {
      path: 'README.md',
      text: shipped('template/README.md').replaceAll('.steps.ts', `.steps.${stepsType}`),
      optional: README,
    },
    { path: `steps/own.steps.${stepsType}`, text: shipped('template/steps/own.steps.ts') },
    { path: 'features/own/own.feature', text: shipped('template/features/own/own.feature') },
    ...globSync('features/**/*.feature', { cwd: PACKAGE })
      .map((path) => path.replaceAll('\\', '/'))
      .sort()
      .map((path) => ({ path, text: shipped(path) })),
  ]
}

function shipped(path: string): string {
  return readFileSync(join(PACKAGE, path), 'utf8')
}

/** Names no dependency: where the package comes from, a tarball or a registry of one's own, is for its user to say. */
function manifest(): string {
  const project = {
    name: 'integral-scenarios',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { test: 'integral-harness verify' },
  }
  return `${JSON.stringify(project, null, 2)}\n`
}
