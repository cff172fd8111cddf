import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository; every path below is relative to it and written with `/`. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const leftOut = new Set(['node_modules', 'dist', 'data', 'coverage', 'test-results', '.git', '.vite'])

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (leftOut.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return walk(path)
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : []
  })

/** Every file of the repository but what is installed, built or stored at run time. */
export const allFiles: readonly string[] = walk(root).sort()

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

export const isGenerated = (path: string): boolean => path.includes('.generated.')

/** A test, or a suite that several adapters are put through (`storage-suite.ts`). */
export const isTest = (path: string): boolean => /(\.test\.tsx?|-suite\.ts)$/.test(path)
const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')

/** TypeScript under `packages/<name>/src` and `apps/<name>/src`, without tests and generated files. */
export const sourceFiles = allFiles.filter(
  (path) => isTypeScript(path) && /^(packages|apps)\/[^/]+\/src\//.test(path) && !isTest(path),
)
export const writtenSourceFiles = sourceFiles.filter((path) => !isGenerated(path))

/** Tests beside the source and everything under `tests/`. */
export const testFiles = allFiles.filter(
  (path) => isTypeScript(path) && (isTest(path) || path.startsWith('tests/')),
)

/** Every TypeScript file that people write, wherever it is. */
export const typeScriptFiles = allFiles.filter((path) => isTypeScript(path) && !isGenerated(path))

/** `packages/domain/src/x.ts` → `packages/domain`; `undefined` outside packages and apps. */
export const workspaceOf = (path: string): string | undefined =>
  /^((?:packages|apps)\/[^/]+)\//.exec(path)?.[1]

export const workspaces: readonly string[] = [
  ...new Set(sourceFiles.flatMap((path) => workspaceOf(path) ?? [])),
]
