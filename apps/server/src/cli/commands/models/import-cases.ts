import { readFile, stat } from 'node:fs/promises'
import { caseColumns } from '@guankou/contract/origin/case-reports.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import { storeCaseFile } from '#src/use-cases/origin/import-cases.ts'
import { type ParsedCaseFile, parseCaseFile } from '#src/use-cases/origin/parse-case-file.ts'
import { writeRows } from './write-rows.ts'

type Options = InstallationOptions & {
  readonly file: string
  readonly source: string
  readonly licence: string
}

const mostBytes = 64 * 2 ** 20

const refusedFile = (file: string, en: string, zh: string): CommandFailure =>
  new CommandFailure(`${file}: ${en} · ${zh}`, exitCodes.badInput)

const readText = async (file: string): Promise<string> => {
  const { size } = await stat(file).catch(() => ({ size: -1 }))
  if (size < 0) throw refusedFile(file, 'cannot be read', '无法读取')
  if (size > mostBytes) throw refusedFile(file, `has more than ${mostBytes / 2 ** 20} MB`, '文件过大')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch {
    throw refusedFile(file, 'is not UTF-8 text', '不是 UTF-8 文本')
  }
}

const parseText = (file: string, text: string, today: string): ParsedCaseFile => {
  const parsed = parseCaseFile(text, today)
  if (parsed.ok) return parsed.value
  throw refusedFile(
    file,
    `is no CSV with the columns ${caseColumns.join(', ')}, each once`,
    `不是含 ${caseColumns.join('、')} 各一列的 CSV`,
  )
}

/** Rows that were refused go to standard output with row and reason, so that they can be corrected and sent again. */
const writeRefused = async ({ header, refused }: ParsedCaseFile): Promise<void> => {
  const columns = ['row', 'column', 'reason', ...header]
  await writeRows(
    'csv',
    columns,
    refused.map(({ row, column, reason, cells }) => ({
      ...Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])),
      row,
      column,
      reason: `${reason.en} · ${reason.zh}`,
    })),
  )
}

const importCases = async (options: Options): Promise<void> => {
  const text = await readText(options.file)
  const installation = await openInstallation(options, { beside: true })
  try {
    const { db } = installation
    const data = (await createReferenceCache(db)).current()
    const city = data.installation?.cityCode
    if (city === undefined)
      throw new CommandFailure('No city is set up here. · 此处尚未设置城市。', exitCodes.environment)
    const nowMs = Date.now()
    const { day } = daySlotOf(data.jurisdiction(city)?.timeZone ?? 'UTC', nowMs)
    const file = parseText(options.file, text, day)
    const { source, licence } = options
    const stored = await db.query.transaction().execute(async (tx) => {
      const set = await storeCaseFile(tx, {
        jurisdiction: city,
        accountId: null,
        source,
        licence,
        reports: file.reports,
        rowsRefused: file.rowsRefused,
        at: new Date(nowMs),
      })
      const detail = `${set.rowsNew} new, ${set.rowsKnown} known, ${file.rowsRefused} refused, on the command line`
      const entry = { accountId: null, deviceId: null, subject: set.id, outcome: 'done', detail }
      await recordAudit(executeIn(tx), city, [{ ...entry, action: 'origin.import-cases' }], nowMs)
      return set
    })
    say({
      en: `${stored.rowsNew} new, ${stored.rowsKnown} known already, ${file.rowsRefused} refused`,
      zh: `新增 ${stored.rowsNew} 行，已有 ${stored.rowsKnown} 行，拒绝 ${file.rowsRefused} 行`,
    })
    if (file.rowsRefused > 0) {
      await writeRefused(file)
      process.exitCode = exitCodes.badInput
    }
  } finally {
    await installation.close()
  }
}

export const importCasesCommand = (models: Command): void => {
  withInstallation(models.command('import-cases'))
    .description(
      'take reported cases of origins into the installation; rows that do not fit come back as CSV',
    )
    .requiredOption('--file <file>', `CSV: ${caseColumns.join(',')}`)
    .requiredOption('--source <text>', 'who published it')
    .requiredOption('--licence <text>', 'terms of use; “none stated” is an answer')
    .action(importCases)
}
