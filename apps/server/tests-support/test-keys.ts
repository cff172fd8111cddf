import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KeyCustody, type KeySettings, openKeyCustody } from '#src/identity/key-custody.ts'

const kept = new Map<string, KeySettings>()

const newSettings = (): KeySettings => {
  const keyFolder = mkdtempSync(join(tmpdir(), 'guankou-keys-'))
  process.on('exit', () => rmSync(keyFolder, { recursive: true, force: true }))
  return { keyFolder, env: { GUANKOU_MASTER_KEY: randomBytes(32).toString('base64') } }
}

/** The keys of a test database, in a folder of their own: the same each time for the same database. */
export const openTestKeys = (databaseUrl: string, other: Partial<KeySettings> = {}): Promise<KeyCustody> => {
  const settings = kept.get(databaseUrl) ?? newSettings()
  kept.set(databaseUrl, settings)
  return openKeyCustody({ ...settings, ...other })
}
