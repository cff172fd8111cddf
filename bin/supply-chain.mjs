import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const patienceMs = 60_000

/**
 * Runs npm in the root and collects what it writes; `output` is undefined where npm cannot be run or takes too long.
 * @param {readonly string[]} args
 * @returns {Promise<{ exitCode: number, output: string | undefined }>}
 */
function runNpm(args) {
  const child = spawn('npm', [...args], {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: patienceMs,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve({ exitCode: 1, output: undefined }))
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output: code === null ? undefined : output }))
  })
}

/** @param {string | undefined} text */
function parse(text) {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/**
 * Writes the list of everything that ships, CycloneDX as JSON, made by npm from the lock file.
 * @returns {Promise<number>} 1 where it could not be made
 */
export async function writeBillOfMaterials() {
  const { output } = await runNpm(['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only'])
  const bill = parse(output)
  if (bill?.bomFormat !== 'CycloneDX') {
    console.log('FAILED bill of materials: `npm sbom` gave none; it needs npm 10 or newer')
    return 1
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist', 'guankou.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`)
  console.log(`ok     bill of materials: ${bill.components.length} components in dist/guankou.cdx.json`)
  return 0
}

/**
 * Asks the registry for known weaknesses of what ships. A registry that does not answer is said so and fails nothing:
 * a closed network has none.
 * @returns {Promise<number>} 1 where a weakness of high or critical severity is known
 */
export async function auditDependencies() {
  const { output } = await runNpm([
    'audit',
    '--omit=dev',
    '--json',
    '--fetch-retries=0',
    '--fetch-timeout=20000',
  ])
  const counts = parse(output)?.metadata?.vulnerabilities
  if (counts === undefined) {
    console.log(
      'unsure known weaknesses: NOT CHECKED, the registry answered no audit; repeat with one that does',
    )
    return 0
  }
  const grave = counts.high + counts.critical
  console.log(`${grave === 0 ? 'ok    ' : 'FAILED'} known weaknesses: ${grave} grave, ${counts.total} in all`)
  return grave === 0 ? 0 : 1
}
