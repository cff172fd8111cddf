import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { takeFolderLock } from '@guankou/db/embedded/folder-lock.ts'
import type { Command } from 'commander'
import { BackupError } from '#src/backup/backup-error.ts'
import type { KeySource } from '#src/backup/backup-key.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'

export type KeyOptions = { readonly passphraseFile?: string }

/** Option of every command that opens a folder of backups. */
export const withKeySource = (command: Command): Command =>
  command.option(
    '--passphrase-file <file>',
    'file whose first line is the passphrase; left out: GUANKOU_BACKUP_PASSPHRASE, or the keys of the installation',
  )

const readPassphrase = async ({ passphraseFile }: KeyOptions): Promise<string | undefined> => {
  if (passphraseFile === undefined) return process.env.GUANKOU_BACKUP_PASSPHRASE
  const text = await readFile(passphraseFile, 'utf8').catch((cause: Error) => {
    throw new CommandFailure(
      `The passphrase file cannot be read (${cause.message}). · 无法读取口令文件。`,
      exitCodes.badInput,
      { cause },
    )
  })
  return text.split(/\r?\n/)[0] ?? ''
}

/** The passphrase where one is given, the keys of the installation otherwise. */
export const keySourceOf = async (
  options: KeyOptions,
  rootKey: () => Promise<Buffer>,
): Promise<KeySource> => {
  const passphrase = await readPassphrase(options)
  return passphrase === undefined || passphrase === '' ? { rootKey: await rootKey() } : { passphrase }
}

/**
 * Refuses a place without keys: new ones would be made there, under which nothing of what is restored could be opened.
 * @throws CommandFailure
 */
export const requireKeys = async (dataFolder: string): Promise<void> => {
  const { GUANKOU_MASTER_KEY: master, GUANKOU_KEY_SERVICE_URL: service } = process.env
  if (master !== undefined || service !== undefined) return
  const folder = join(dataFolder, 'keys')
  const files = await readdir(folder).catch(() => [] as string[])
  if (files.some((name) => /^master(-\d+)?\.key$|^root\.sealed$/.test(name))) return
  throw new CommandFailure(
    `There are no keys in ${folder}. Put the key folder of the installation there, or set GUANKOU_MASTER_KEY. · ${folder} 中没有密钥，请放回原系统的密钥文件夹或设置 GUANKOU_MASTER_KEY。`,
    exitCodes.badInput,
  )
}

/** Lets one backup at a time write into a folder. @throws CommandFailure where another one is at work */
export const inLockedFolder = async <T>(folder: string, run: () => Promise<T>): Promise<T> => {
  const lock = await takeFolderLock(join(folder, '.lock'))
  if (lock === undefined)
    throw new CommandFailure(
      `Another backup into ${folder} is at work. · ${folder} 正在被另一个备份使用。`,
      exitCodes.environment,
    )
  try {
    return await run()
  } finally {
    lock.release()
  }
}

/** What a person at the terminal reads where a backup cannot be made or used. */
export const explained = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof BackupError)) throw error
    const exitCode = error.blames === 'input' ? exitCodes.badInput : exitCodes.environment
    throw new CommandFailure(`${error.text.en} · ${error.text.zh}`, exitCode, { cause: error })
  }
}

/** A size for a person. */
export const sizeText = (bytes: number): string =>
  bytes < 10e6 ? `${Math.ceil(bytes / 1_000)} kB` : `${Math.round(bytes / 1e6)} MB`
