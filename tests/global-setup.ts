import { join } from 'node:path'
import { startTestPostgres, type TestDatabaseServer } from '@guankou/testkit/postgres/start-test-postgres.ts'
import type { TestProject } from 'vitest/node'
import './built-fronts.ts'
import { keepCompiledCode } from './compile-cache.ts'
import { keepScratchInMemory } from './scratch-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL servers of this run; empty when no file that was chosen needs one. */
    databaseServers: readonly TestDatabaseServer[]
  }
}

/** Files with these suffixes talk to PostgreSQL; a run without any of them starts none. */
const needsPostgres = /\.(pg|browser|journey)(\.[a-z]+)*\.test\.tsx?$/
const needsFronts = /\.(browser|journey)\.test\.tsx?$/

const apps = join(import.meta.dirname, '../apps')

/** Builds what has changed since it was built last, once for all files of the run. */
const buildFronts = async (): Promise<void> => {
  const launcher: { buildFronts: (report: (line: string) => void) => Promise<void> } = await import(
    new URL('../bin/fronts.mjs', import.meta.url).href
  )
  await launcher.buildFronts((line) => console.info(line))
}

/** Starts what the chosen tests need before them and stops it after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const files = project.vitest.state.getPaths()
  const front = (name: string): string => join(apps, name, 'dist')
  project.provide('fronts', { console: front('console'), field: front('field'), portal: front('portal') })
  if (files.some((file) => needsFronts.test(file))) await buildFronts()
  keepCompiledCode()
  const removeScratch = await keepScratchInMemory()
  if (!files.some((file) => needsPostgres.test(file))) {
    project.provide('databaseServers', [])
    return removeScratch
  }
  const postgres = await startTestPostgres()
  project.provide('databaseServers', postgres.servers)
  return async () => {
    await postgres.stop()
    await removeScratch()
  }
}
