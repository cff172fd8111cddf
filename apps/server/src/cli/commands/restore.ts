import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Manifest } from '#src/backup/manifest.ts'
import { sumOf } from '#src/backup/manifest.ts'
import { openRepository, readManifest } from '#src/backup/repository.ts'
import { restoreBackup } from '#src/backup/restore-backup.ts'
import { type RestoreProof, verifyRestored } from '#src/backup/verify-restored.ts'
import {
  explained,
  type KeyOptions,
  keySourceOf,
  requireKeys,
  sizeText,
  withKeySource,
} from '#src/cli/backup-source.ts'
import { exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createProgressBar } from '#src/cli/progress-bar.ts'
import { openKeyCustody } from '#src/identity/key-custody.ts'
import { installationSigner } from '#src/use-cases/audit/close-days.ts'

type Options = InstallationOptions &
  KeyOptions & {
    readonly toData?: string
    readonly backup?: string
    readonly verify: boolean
    readonly json: boolean
  }

/** A data folder that is named is meant: then a database in the environment is not. */
const placeOf = (options: Options): InstallationOptions =>
  options.toData === undefined
    ? options
    : { ...options, dataFolder: resolve(options.toData), databaseUrl: undefined }

const report = (manifest: Manifest, proof: RestoreProof | undefined, json: boolean): void => {
  const { rows, bytes } = sumOf(manifest)
  if (json) {
    process.stdout.write(`${JSON.stringify({ id: manifest.id, rows, bytes, ...(proof ?? {}) })}\n`)
    return
  }
  say({ en: `Restored ${manifest.id}: ${rows} rows, ${sizeText(bytes)}`, zh: '恢复完成' })
  if (proof === undefined) return
  for (const difference of proof.differences) process.stdout.write(`${difference}\n`)
  const { days, audit } = proof
  say(
    proof.differences.length === 0
      ? {
          en: `Proved: ${rows} rows as counted, ${days} days of roll-ups equal to facts, ${audit.links} audit links ending where they ended`,
          zh: '已核对：行数、汇总与审计链全部一致',
        }
      : { en: `${proof.differences.length} differences`, zh: '有不一致之处' },
  )
}

const restoreInto = async (installation: Installation, folder: string, options: Options): Promise<void> => {
  const bar = createProgressBar({ en: 'Restoring', zh: '恢复' }, sizeText)
  const source = await keySourceOf(options, async () => installation.keys.rootKey)
  const { db } = installation
  const { manifest, proof } = await explained(async () => {
    const repository = await openRepository(folder, source)
    const found = await readManifest(repository, options.backup)
    await restoreBackup({ db, repository, manifest: found, onProgress: bar.show })
    if (!options.verify) return { manifest: found, proof: undefined }
    const trusted = new Set([installationSigner(installation.keys.rootKey).publicKey])
    return { manifest: found, proof: await verifyRestored(db, found, trusted) }
  }).finally(bar.end)
  report(manifest, proof, options.json)
  process.exitCode =
    proof === undefined || proof.differences.length === 0 ? exitCodes.done : exitCodes.differs
}

const run = async (from: string, options: Options): Promise<void> => {
  const place = placeOf(options)
  const folder = resolve(from)
  await requireKeys(place.dataFolder)
  // Before a database is made for it: whether there is anything to restore.
  await explained(async () => {
    const source = await keySourceOf(options, async () => {
      const keyFolder = join(place.dataFolder, 'keys')
      return (await openKeyCustody({ keyFolder, env: process.env })).rootKey
    })
    await readManifest(await openRepository(folder, source), options.backup)
  })
  const installation = await openInstallation(place, { beside: false })
  try {
    await restoreInto(installation, folder, options)
  } finally {
    await installation.close()
  }
}

export const restoreCommand = (program: Command): void => {
  withKeySource(withInstallation(program.command('restore')))
    .argument('<folder>', 'folder of backups')
    .description('write a backup into an empty place: a new data folder, or an empty database')
    .option('--to-data <folder>', 'data folder to restore into, with the embedded database')
    .option('--backup <id>', 'which backup; left out: the newest')
    .option(
      '--verify',
      'prove afterwards: rows, roll-ups = facts, audit chain = its end in the backup',
      false,
    )
    .option('--json', 'one JSON object instead of lines', false)
    .action(run)
}
