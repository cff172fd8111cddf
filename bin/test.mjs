import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './checks.mjs'
import { ensureChromium } from './chromium.mjs'
import { buildFronts } from './fronts.mjs'
import { ensureInstalled } from './install.mjs'
import { runWithNode24 } from './node24.mjs'
import { runMain } from './say.mjs'
import { countTests, resultLine } from './test-result.mjs'
import { toolScript } from './tool.mjs'

/** `npm test` checks and runs everything; `npm test -- packages/domain` runs these tests only. */
const chosen = process.argv.slice(2)
let counts = { passed: 0, failed: 1, skipped: 0 }

await runMain(
  async () => {
    await ensureInstalled()
    const chromium = ensureChromium()
    await buildFronts((line) => console.log(line))
    const failedChecks = chosen.length === 0 ? await runChecks() : 0
    const tests = await runVitest(chromium)
    counts = { ...tests, failed: tests.failed + failedChecks }
    return counts.failed === 0 ? 0 : 1
  },
  () => console.log(resultLine(counts)),
)

/** @param {string} chromium */
async function runVitest(chromium) {
  const folder = mkdtempSync(join(tmpdir(), 'guankou-tests-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const exitCode = await runWithNode24(
      toolScript('vitest', 'vitest'),
      ['run', '--passWithNoTests=false', ...reporters, ...chosen],
      { env: { CHROMIUM_PATH: chromium } },
    )
    return countTests(readReport(file), exitCode)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
