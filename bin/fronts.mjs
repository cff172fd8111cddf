import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { root } from './root.mjs'
import { LaunchFailure } from './say.mjs'
import { runTool, toolScript } from './tool.mjs'

/**
 * The browser applications: folders of `apps/` with an `index.html`.
 * @param {string} [base]
 * @returns {string[]}
 */
export function listFronts(base = root) {
  return readdirSync(join(base, 'apps'))
    .filter((name) => existsSync(join(base, 'apps', name, 'index.html')))
    .sort()
}

/**
 * Digest of all a front is built from: its own files, those of our packages it uses, directly or through others, and
 * the lock file. Tests and what was built are left out.
 * @param {string} front
 * @param {string} [base]
 */
export function frontDigest(front, base = root) {
  const hash = createHash('sha256')
  for (const folder of foldersOf(front, base)) addFolder(hash, base, folder)
  hash.update(readFileSync(join(base, 'package-lock.json')))
  return hash.digest('hex')
}

/**
 * @param {string} front
 * @param {string} base
 * @returns {string[]} folders relative to `base`
 */
function foldersOf(front, base) {
  const found = new Set([`apps/${front}`])
  for (const folder of found) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(base, folder, 'package.json'), 'utf8'))
    for (const name of Object.keys(dependencies))
      if (name.startsWith('@guankou/')) found.add(`packages/${name.slice('@guankou/'.length)}`)
  }
  return [...found].sort()
}

const leftOut = new Set(['node_modules', 'dist', '.vite', 'generate'])

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} base
 * @param {string} folder
 */
function addFolder(hash, base, folder) {
  const entries = readdirSync(join(base, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = `${folder}/${entry.name}`
    if (entry.isDirectory() && !leftOut.has(entry.name)) addFolder(hash, base, at)
    else if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      hash
        .update(`${at}\0`)
        .update(readFileSync(join(base, at)))
        .update('\0')
  }
}

/** @param {string} front */
function stampFile(front) {
  return join(root, 'node_modules', '.cache', 'guankou', `built-${front}`)
}

/** @param {string} front */
function isBuilt(front) {
  const stamp = stampFile(front)
  if (!existsSync(stamp) || !existsSync(join(root, 'apps', front, 'dist', 'index.html'))) return false
  return readFileSync(stamp, 'utf8') === frontDigest(front)
}

const atOnce = 2

/**
 * Builds the fronts whose sources changed since they were last built, two at a time.
 * @param {(line: string) => void} report
 * @throws {LaunchFailure} with what the build wrote
 */
export async function buildFronts(report) {
  const due = listFronts().filter((front) => !isBuilt(front))
  const worker = async () => {
    for (let front = due.shift(); front !== undefined; front = due.shift()) await buildFront(front, report)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Smaller ones travel as they are. */
const leastCompressed = 2_048

/**
 * Puts a compressed copy beside each script and style: tighter than there is time for on the way, and not once per phone.
 * @param {string} assets
 */
function compressAssets(assets) {
  for (const name of existsSync(assets) ? readdirSync(assets) : []) {
    if (!/\.(js|css)$/.test(name)) continue
    const content = readFileSync(join(assets, name))
    if (content.length < leastCompressed) continue
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 10,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    }
    writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content, { params }))
  }
}

/** Those of a runner of tests would build React with its warnings in. */
const production = { NODE_ENV: 'production', VITEST: undefined }

/**
 * @param {string} front
 * @param {(line: string) => void} report
 */
async function buildFront(front, report) {
  const digest = frontDigest(front)
  report(`building apps/${front} 正在构建`)
  const { exitCode, output } = await runTool(toolScript('vite', 'vite'), ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps', front),
    env: production,
  })
  if (exitCode !== 0)
    throw new LaunchFailure(
      `Building apps/${front} failed; what the build wrote is below.`,
      `构建 apps/${front} 失败，构建输出如下。\n\n${output.trim()}`,
    )
  compressAssets(join(root, 'apps', front, 'dist', 'assets'))
  mkdirSync(dirname(stampFile(front)), { recursive: true })
  writeFileSync(stampFile(front), digest)
}
