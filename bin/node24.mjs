import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root } from './root.mjs'
import { LaunchFailure } from './say.mjs'

/** Everything but these launchers runs on this major version, which the `node` package brings. */
export const nodeMajor = 24

/**
 * Where the program of the `node` package can lie, best first: where its install step puts it, then where npm puts the
 * package for this machine when it is nested or hoisted.
 * @param {string} base folder that has `node_modules`
 * @param {string} [platform]
 * @param {string} [arch]
 * @returns {string[]}
 */
export function node24Candidates(base, platform = process.platform, arch = process.arch) {
  const isWindows = platform === 'win32'
  const program = isWindows ? 'node.exe' : 'node'
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'
  const machine = `${prefix}-${isWindows ? 'win' : platform}-${isWindows && arch === 'ia32' ? 'x86' : arch}`
  const modules = join(base, 'node_modules')
  return [
    join(modules, 'node', 'bin', program),
    join(modules, 'node', 'node_modules', machine, 'bin', program),
    join(modules, machine, 'bin', program),
  ]
}

/**
 * Finds a Node of the right major version: the package's, else the one that runs this.
 * @param {string} [base]
 * @param {(program: string) => string | undefined} [versionOf] version like `v24.1.0` of a program, undefined if it does not run
 * @returns {string | undefined}
 */
export function findNode24(base = root, versionOf = askVersion) {
  const candidates = [...node24Candidates(base), process.execPath]
  return candidates.find((program) => versionOf(program)?.startsWith(`v${nodeMajor}.`))
}

/** @param {string} program */
function askVersion(program) {
  if (program === process.execPath) return process.version
  if (!existsSync(program)) return undefined
  const asked = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return asked.status === 0 ? asked.stdout.trim() : undefined
}

/**
 * @param {string} [base]
 * @returns {string} path of Node 24
 * @throws {LaunchFailure}
 */
export function requireNode24(base = root) {
  const found = findNode24(base)
  if (found !== undefined) return found
  throw new LaunchFailure(
    `Node ${nodeMajor} is missing: run npm ci in ${base}, or install Node ${nodeMajor}, and try again.`,
    `缺少 Node ${nodeMajor}：请在 ${base} 中执行 npm ci，或自行安装 Node ${nodeMajor}，然后重试。`,
  )
}

/**
 * The environment in which `node` and the installed tools are found first.
 * @param {string} node24
 * @param {NodeJS.ProcessEnv} [env]
 */
export function environmentWith(node24, env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const folders = [dirname(node24), join(root, 'node_modules', '.bin'), env[key] ?? '']
  return { ...env, [key]: folders.join(delimiter) }
}

/**
 * Runs a script under Node 24 and resolves to its exit code (128 + signal number after a signal, as shells do).
 * A first signal to us is passed on and the script's own end waited for; a second kills it.
 * @param {string} script absolute, or relative to the repository
 * @param {readonly string[]} [args]
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions, nodeArgs?: readonly string[] }} [options]
 * @returns {Promise<number>}
 */
export function runWithNode24(script, args = [], options = {}) {
  const node24 = requireNode24()
  const isWindows = process.platform === 'win32'
  const child = spawn(node24, [...(options.nodeArgs ?? []), join(root, relativeToRoot(script)), ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: environmentWith(node24, { ...process.env, ...options.env }),
    stdio: options.stdio ?? 'inherit',
    // In a group of its own the script gets the Ctrl-C of a terminal once, from us, and not twice.
    detached: !isWindows,
  })
  const stopForwarding = forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stopForwarding()
      resolve(code ?? 128 + (signalNumbers[signal ?? ''] ?? 0))
    })
  })
}

/** @type {Record<string, number>} */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }

/** npm passes on the Ctrl-C that the terminal sent to us as well; both arrive at once and count as one. */
const sameKeyPressMilliseconds = 700

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  let firstAt = 0
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    const isWindows = process.platform === 'win32'
    if (firstAt === 0) {
      firstAt = Date.now()
      // On Windows the console tells every process itself, and a kill would not be an orderly end.
      if (!isWindows) child.kill(signal)
    } else if (Date.now() - firstAt > sameKeyPressMilliseconds) {
      if (isWindows || child.pid === undefined) child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
    }
  }
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** @param {string} script */
function relativeToRoot(script) {
  return script.startsWith(root) ? script.slice(root.length + 1) : script
}
