import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environmentWith, requireNode24 } from './node24.mjs'
import { root } from './root.mjs'

/**
 * The script behind a command of an installed package.
 * @param {string} packageName
 * @param {string} command
 */
export function toolScript(packageName, command) {
  const folder = join(root, 'node_modules', ...packageName.split('/'))
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/**
 * Runs an installed tool under Node 24 and collects what it writes.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export function runTool(script, args, { cwd = root, env = {} } = {}) {
  const node24 = requireNode24()
  const child = spawn(node24, [script, ...args], {
    cwd,
    env: environmentWith(node24, { ...process.env, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }))
  })
}
