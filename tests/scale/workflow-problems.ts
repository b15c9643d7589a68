import { registerHooks } from 'node:module'

// GitHub's parser imports its schema without saying that it is JSON, as bundlers let it; Node wants to be told.
const hooks = registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
})
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(
  '@actions/workflow-parser'
)
hooks.deregister()

/** What GitHub's own parser, by the schema that GitHub publishes, has against a workflow. */
export async function problemsIn(content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: 'x.yml', content }, new NoOperationTraceWriter())
  const converted = value && (await convertWorkflowTemplate(context, value))
  const errors = context.errors.getErrors().map(({ message }) => message)
  // A workflow that is wrong has no jobs at all, whatever the type says.
  return errors.length > 0 || Object(converted?.jobs).length > 0 ? errors : ['It has no jobs.']
}
