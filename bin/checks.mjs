import { runTool, toolScript } from './tool.mjs'

/** What is checked without running anything: one linter and formatter, and the types of each runtime. */
const checks = [
  { name: 'biome check', tool: ['@biomejs/biome', 'biome'], args: ['check'] },
  { name: 'tsc pure', tool: ['typescript', 'tsc'], args: ['-p', 'tsconfig.pure.json'] },
  { name: 'tsc node', tool: ['typescript', 'tsc'], args: ['-p', 'tsconfig.node.json'] },
  { name: 'tsc browser', tool: ['typescript', 'tsc'], args: ['-p', 'tsconfig.browser.json'] },
]

/**
 * Runs the checks one after the other and shows what each found.
 * @returns {Promise<number>} how many failed
 */
export async function runChecks() {
  let failed = 0
  for (const { name, tool, args } of checks) {
    const { exitCode, output } = await runTool(toolScript(tool[0], tool[1]), args)
    console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name}`)
    if (exitCode !== 0) {
      failed += 1
      console.log(output.trimEnd())
    }
  }
  return failed
}
