import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { makeBackup } from '#src/backup/make-backup.ts'
import { sumOf } from '#src/backup/manifest.ts'
import { listBackups, openOrMakeRepository, openRepository, readManifest } from '#src/backup/repository.ts'
import { checkBackup } from '#src/backup/restore-backup.ts'
import {
  explained,
  inLockedFolder,
  type KeyOptions,
  keySourceOf,
  requireKeys,
  sizeText,
  withKeySource,
} from '#src/cli/backup-source.ts'
import { openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, wholeNumber, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createProgressBar } from '#src/cli/progress-bar.ts'
import { openKeyCustody } from '#src/identity/key-custody.ts'

type Options = InstallationOptions &
  KeyOptions & {
    readonly to: string
    readonly incremental: boolean
    readonly keep?: number
    readonly json: boolean
  }
type CheckOptions = InstallationOptions & KeyOptions & { readonly backup?: string }

const run = async (options: Options): Promise<void> => {
  const folder = resolve(options.to)
  const installation = await openInstallation(options, { beside: true })
  const bar = createProgressBar({ en: 'Backing up', zh: '备份' }, sizeText)
  try {
    const source = await keySourceOf(options, async () => installation.keys.rootKey)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const made = await explained(() =>
      inLockedFolder(folder, async () =>
        makeBackup({
          db: installation.db,
          repository: await openOrMakeRepository(folder, source),
          incremental: options.incremental,
          ...(options.keep === undefined ? {} : { keep: options.keep }),
          now: Date.now,
          onProgress: bar.show,
        }),
      ),
    )
    bar.end()
    const { rows, bytes } = sumOf(made.manifest)
    const { copied, reused, removed, manifest } = made
    if (options.json)
      process.stdout.write(`${JSON.stringify({ id: manifest.id, rows, bytes, copied, reused, removed })}\n`)
    else
      say({
        en: `Backup ${manifest.id}: ${rows} rows, ${sizeText(bytes)}; ${copied} parts written, ${reused} taken over, ${removed} old backups removed`,
        zh: '备份完成',
      })
  } finally {
    bar.end()
    await installation.close()
  }
}

const check = async (from: string, options: CheckOptions): Promise<void> => {
  const folder = resolve(from)
  const bar = createProgressBar({ en: 'Reading', zh: '读取' }, sizeText)
  const source = await keySourceOf(options, async () => {
    await requireKeys(options.dataFolder)
    return (await openKeyCustody({ keyFolder: `${options.dataFolder}/keys`, env: process.env })).rootKey
  })
  await explained(async () => {
    const repository = await openRepository(folder, source)
    const all = await listBackups(repository)
    const asked = options.backup === undefined ? all : [options.backup]
    if (asked.length === 0) await readManifest(repository)
    for (const id of asked) {
      const manifest = await readManifest(repository, id)
      await checkBackup(repository, manifest, bar.show)
      bar.end()
      const { rows, bytes } = sumOf(manifest)
      say({
        en: `${id}: ${rows} rows, ${manifest.parts.length} parts, ${sizeText(bytes)}, whole`,
        zh: '完好',
      })
    }
  }).finally(bar.end)
}

export const backupCommand = (program: Command): void => {
  withKeySource(withInstallation(program.command('backup')))
    .description('copy the database, encrypted, while it runs; keys are not part of it')
    .requiredOption('--to <folder>', 'folder of backups; made where there is none')
    .option(
      '--incremental',
      'refer to what an earlier backup in the folder holds instead of copying it',
      false,
    )
    .option(
      '--keep <number>',
      'remove all backups in the folder but the newest so many',
      wholeNumber(1, 10_000),
    )
    .option('--json', 'one JSON object instead of lines', false)
    .action(run)
}

export const checkBackupCommand = (program: Command): void => {
  withKeySource(withInstallation(program.command('check-backup')))
    .argument('<folder>', 'folder of backups')
    .description('read every part of the backups in a folder and check that it is as it was written')
    .option('--backup <id>', 'one backup alone')
    .action(check)
}
