import { startTestPostgres, type TestDatabaseServer } from '@guankou/testkit/postgres/start-test-postgres.ts'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL servers of this run; empty when no file that was chosen needs one. */
    databaseServers: readonly TestDatabaseServer[]
  }
}

/** Files with these suffixes talk to PostgreSQL; a run without any of them starts none. */
const needsPostgres = /\.(pg|browser|journey)(\.[a-z]+)*\.test\.tsx?$/

/** Starts what the chosen tests need before them and stops it after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!project.vitest.state.getPaths().some((file) => needsPostgres.test(file))) {
    project.provide('databaseServers', [])
    return async () => {}
  }
  const postgres = await startTestPostgres()
  project.provide('databaseServers', postgres.servers)
  return () => postgres.stop()
}
