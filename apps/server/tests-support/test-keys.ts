import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KeyCustody, type KeySettings, openKeyCustody } from '#src/identity/key-custody.ts'

const kept = new Map<string, KeySettings>()

let parent: string | undefined

const newFolder = (): string => {
  if (parent === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'guankou-keys-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    parent = made
  }
  return mkdtempSync(join(parent, 'of-'))
}

const newSettings = (): KeySettings => ({
  keyFolder: newFolder(),
  env: { GUANKOU_MASTER_KEY: randomBytes(32).toString('base64') },
})

/** The keys of a test database, in a folder of their own: the same each time for the same database. */
export const openTestKeys = (databaseUrl: string, other: Partial<KeySettings> = {}): Promise<KeyCustody> => {
  const settings = kept.get(databaseUrl) ?? newSettings()
  kept.set(databaseUrl, settings)
  return openKeyCustody({ ...settings, ...other })
}
