import { readFile, stat } from 'node:fs/promises'
import { matchReasons } from '@guankou/contract/matching/reasons.ts'
import { type Command, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, wholeNumber, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createIdentitySealer } from '#src/identity/identity-sealer.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import { readUploadScanner } from '#src/scanning/scanner-settings.ts'
import { importMatches } from '#src/use-cases/matching/import-matches.ts'

type Options = InstallationOptions & {
  readonly jurisdiction?: number
  readonly titleZh: string
  readonly titleEn: string
  readonly reason: (typeof matchReasons)[number]
  readonly days: number
  readonly basis: string
  readonly replaces?: string
}

const mostBytes = 4_000_000
const msPerDay = 86_400_000

const readList = async (file: string): Promise<string> => {
  const { size } = await stat(file).catch(() => ({ size: 0 }))
  if (size > mostBytes)
    throw new CommandFailure(`${file} is larger than ${mostBytes} bytes · 文件过大`, exitCodes.badInput)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(`${file} cannot be read · 无法读取 ${file}`, exitCodes.badInput, { cause })
  })
  const scanned = await readUploadScanner(process.env.GUANKOU_UPLOAD_SCANNER).scan(Buffer.from(text))
  if (scanned.is === 'infected')
    throw new CommandFailure(
      `${file} holds ${scanned.signature} and was not read · 文件含恶意内容`,
      exitCodes.badInput,
    )
  return text
}

const bring = async ({ db, keys }: Installation, csv: string, options: Options) => {
  const reference = (await createReferenceCache(db)).current()
  const jurisdiction = options.jurisdiction ?? reference.installation?.cityCode ?? 0
  const place = reference.jurisdiction(jurisdiction)
  if (place === undefined)
    throw new CommandFailure(`there is no division ${jurisdiction} here · 没有这个区划`, exitCodes.badInput)
  const nowMs = Date.now()
  const { titleZh: zh, titleEn: en, reason, basis, replaces, days } = options
  return importMatches(
    {
      jurisdiction,
      title: { zh, en },
      reason,
      basis,
      csv,
      until: new Date(nowMs + days * msPerDay).toISOString(),
      ...(replaces === undefined ? {} : { replaces }),
    },
    {
      sealer: createIdentitySealer(db, keys, Date.now),
      accountId: null,
      deviceId: null,
      nowMs,
      timeZone: place.timeZone,
      transact: (work) => db.query.transaction().execute(work),
    },
  )
}

const run = async (file: string, options: Options): Promise<void> => {
  const csv = await readList(file)
  const installation = await openInstallation(options, { beside: true })
  try {
    const imported = await bring(installation, csv, options)
    if (!imported.ok)
      throw new CommandFailure(`${file} was not taken: ${imported.refusal.code} · 未导入`, exitCodes.badInput)
    const { listId, added, rowsRefused, refused } = imported.value
    process.stdout.write(`${listId}\n`)
    say({
      en: `${added} entries, ${rowsRefused} rows refused`,
      zh: `导入 ${added} 条，拒绝 ${rowsRefused} 行`,
    })
    for (const { row, why } of refused) process.stderr.write(`  row ${row}: ${why}\n`)
    process.exitCode = rowsRefused === 0 ? exitCodes.done : exitCodes.differs
  } finally {
    await installation.close()
  }
}

export const matchingCommand = (program: Command): void => {
  const matching = program.command('matching').description('lists of people and vehicles to be asked')
  withInstallation(matching.command('import <file>'))
    .description(
      'bring a list as CSV (kind, number, and where they differ reason, until); numbers become digests at once',
    )
    .requiredOption('--title-zh <text>', 'what phones call the list, in Chinese')
    .requiredOption('--title-en <text>', 'what phones call the list, in English')
    .requiredOption('--basis <text>', 'the order or decision that it rests on')
    .addOption(
      new Option('--reason <code>', 'of rows that name none')
        .choices([...matchReasons])
        .makeOptionMandatory(),
    )
    .option('--days <n>', 'until the list ends, at most 21', wholeNumber(1, 21), 14)
    .option(
      '--jurisdiction <code>',
      'division whose list it is; the city where left out',
      wholeNumber(100_000, 999_999),
    )
    .option('--replaces <list>', 'a list that ends in the same step')
    .action(run)
}
