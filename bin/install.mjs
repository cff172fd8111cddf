import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { findNode24, nodeMajor, requireNode24 } from './node24.mjs'
import { root } from './root.mjs'
import { LaunchFailure, showElapsed } from './say.mjs'

const oldestLauncherMajor = 18

/** The npm that installs where the Node at hand is older than ours. */
const npmVersion = '11.21.2'

/**
 * Digest of everything an installation depends on: the lock file and the machine.
 * @param {string} base
 */
export function installDigest(base) {
  const lock = join(base, 'package-lock.json')
  const content = existsSync(lock) ? readFileSync(lock) : readFileSync(join(base, 'package.json'))
  return createHash('sha256').update(content).update(`${process.platform}-${process.arch}`).digest('hex')
}

/** @param {string} base */
function stampFile(base) {
  return join(base, 'node_modules', '.cache', 'guankou', 'install.json')
}

/**
 * Whether `node_modules` is what the lock file asks for: our stamp says so, or npm's own record of what it installed
 * has the same version of every package that is not optional.
 * @param {string} base
 */
export function isInstalled(base) {
  const record = join(base, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  if (isStamped(base)) return true
  const wanted = readJson(join(base, 'package-lock.json'))?.packages
  const found = readJson(record)?.packages
  if (wanted === undefined || found === undefined) return false
  return Object.entries(wanted).every(([name, entry]) => {
    if (!name.includes('node_modules/') || entry.link || entry.devOptional) return true
    if (entry.optional && !isForThisMachine(entry)) return true
    return found[name]?.version === entry.version
  })
}

/**
 * Whether an optional package is one that this machine needs, such as a native part of a tool. One that names no
 * machine is left to npm.
 * @param {{ os?: readonly string[], cpu?: readonly string[], libc?: readonly string[] }} entry
 */
function isForThisMachine({ os, cpu, libc }) {
  if (os === undefined || cpu === undefined) return false
  const isGlibc = process.report?.getReport?.().header?.glibcVersionRuntime !== undefined
  const hasLibc = libc === undefined || libc.includes(isGlibc ? 'glibc' : 'musl')
  return os.includes(process.platform) && cpu.includes(process.arch) && hasLibc
}

/** @param {string} base */
function isStamped(base) {
  return readJson(stampFile(base))?.digest === installDigest(base)
}

/** @param {string} base */
export function writeInstallStamp(base) {
  mkdirSync(dirname(stampFile(base)), { recursive: true })
  writeFileSync(stampFile(base), `${JSON.stringify({ digest: installDigest(base) })}\n`)
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Installs the packages when they are missing or not those of the lock file, and Node 24 when its package's install
 * step was skipped. Writes to standard error only.
 * @param {string} [base]
 * @throws {LaunchFailure}
 */
export async function ensureInstalled(base = root) {
  requireLauncherNode()
  await ensurePackages(base)
  if (findNode24(base) === undefined) await installNode24(base)
}

/**
 * Installs the packages of a folder when they are missing or not those of its lock file.
 * @param {string} base
 * @throws {LaunchFailure}
 */
export async function ensurePackages(base) {
  if (!isInstalled(base)) {
    const command = existsSync(join(base, 'package-lock.json')) ? 'ci' : 'install'
    await withNpm(async (npm) => {
      await runNpm(npm, [command, ...npmOptions], base, `npm ${command}`)
    })
    writeInstallStamp(base)
  } else if (!isStamped(base)) {
    writeInstallStamp(base)
  }
}

function requireLauncherNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestLauncherMajor) return
  throw new LaunchFailure(
    `This Node is ${process.version}; install Node ${oldestLauncherMajor} or newer and try again.`,
    `当前 Node 为 ${process.version}，请安装 Node ${oldestLauncherMajor} 或更新版本后重试。`,
  )
}

/**
 * Runs the install step of the `node` package, which npm leaves out when scripts are switched off.
 * @param {string} base
 */
async function installNode24(base) {
  const folder = join(base, 'node_modules', 'node')
  const step = join(folder, 'installArchSpecificPackage.js')
  if (existsSync(step)) {
    const end = showElapsed(`Node ${nodeMajor}`)
    spawnSync(process.execPath, [step], { cwd: folder, stdio: 'ignore', env: npmEnvironment() })
    end()
  }
  if (findNode24(base) !== undefined) return
  throw new LaunchFailure(
    `Node ${nodeMajor} could not be fetched; check the connection to the npm registry, or install Node ${nodeMajor}, and try again.`,
    `无法获取 Node ${nodeMajor}，请检查到 npm 仓库的网络连接，或自行安装 Node ${nodeMajor} 后重试。`,
  )
}

/** The step calls `npm` by name: the one beside this Node is the right one. */
function npmEnvironment() {
  return { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` }
}

const npmOptions = ['--no-audit', '--no-fund', '--loglevel=error']

/** @typedef {{ program: string, args: readonly string[], shell: boolean }} Npm */

/** @returns {Npm} the npm that runs us, else the one on the path */
function npmAtHand() {
  const cli = process.env.npm_execpath
  if (cli !== undefined && /\.c?js$/.test(cli) && existsSync(cli))
    return { program: process.execPath, args: [cli], shell: false }
  const isWindows = process.platform === 'win32'
  return { program: isWindows ? 'npm.cmd' : 'npm', args: [], shell: isWindows }
}

/**
 * Calls `use` with an npm that runs on Node 24. An npm on an older Node leaves out, without a word, the native parts
 * of packages that no longer support that Node; so where ours is older, Node 24 and an npm are fetched first.
 * @param {(npm: Npm) => Promise<void>} use
 */
async function withNpm(use) {
  if (Number(process.versions.node.split('.')[0]) >= nodeMajor) return use(npmAtHand())
  const folder = mkdtempSync(join(tmpdir(), 'guankou-npm-'))
  try {
    const version = readJson(join(root, 'package.json'))?.dependencies?.node ?? nodeMajor
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
    const packages = [`node@${version}`, `npm@${npmVersion}`]
    await runNpm(npmAtHand(), ['install', ...npmOptions, ...packages], folder, `Node ${nodeMajor}`)
    if (findNode24(folder) === undefined) await installNode24(folder)
    const program = requireNode24(folder)
    const cli = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')
    await use({ program, args: [cli], shell: false })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {Npm} npm
 * @param {readonly string[]} args
 * @param {string} base
 * @param {string} label
 */
async function runNpm(npm, args, base, label) {
  const path = `${dirname(npm.program)}${delimiter}${process.env.PATH ?? ''}`
  const child = spawn(npm.program, [...npm.args, ...args], {
    cwd: base,
    env: npm.args.length === 0 ? process.env : { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: npm.shell,
  })
  const end = showElapsed(label)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-20_000)
    })
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += String(error)
      resolve(1)
    })
    child.on('close', resolve)
  })
  end()
  if (code !== 0) throw npmFailure(output)
}

const causes = [
  {
    pattern: /ENOSPC|no space left/i,
    en: 'The disk is full; free about 1 GB and try again.',
    zh: '磁盘已满，请腾出约 1 GB 空间后重试。',
  },
  {
    pattern: /spawn npm(\.cmd)? ENOENT/,
    en: 'npm was not found; install Node with npm and try again.',
    zh: '找不到 npm，请安装带 npm 的 Node 后重试。',
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i,
    en: 'The npm registry cannot be reached; check the network or the registry setting (npm config get registry) and try again.',
    zh: '无法连接 npm 仓库，请检查网络或仓库设置（npm config get registry）后重试。',
  },
  {
    pattern: /EACCES|EPERM|EROFS/,
    en: 'node_modules may not be written; run as the owner of this folder and try again.',
    zh: '没有写入 node_modules 的权限，请以该目录所有者身份重试。',
  },
  {
    pattern: /in sync|EUSAGE/,
    en: 'package.json and package-lock.json do not agree; run npm install and try again.',
    zh: 'package.json 与 package-lock.json 不一致，请执行 npm install 后重试。',
  },
]

/**
 * The sentence for what npm wrote before it failed.
 * @param {string} output
 */
export function npmFailure(output) {
  const cause = causes.find(({ pattern }) => pattern.test(output))
  const lines = output.trim().split('\n').slice(-8).join('\n')
  return new LaunchFailure(
    `Installing the packages failed. ${cause?.en ?? 'The reason npm gave is below.'}`,
    `安装依赖失败。${cause?.zh ?? 'npm 给出的原因如下。'}\n\n${lines}`,
  )
}
