import { readFile, stat } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { TraceMatch } from '@guankou/contract/exports/endpoints.ts'
import { traceWayNames } from '@guankou/contract/exports/names.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Command } from 'commander'
import { v7 } from 'uuid'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createIdentitySealer } from '#src/identity/identity-sealer.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import { readUploadScanner } from '#src/scanning/scanner-settings.ts'
import { traceText } from '#src/use-cases/exports/trace-export.ts'

type Options = InstallationOptions & { readonly json: boolean }

const mostLeakBytes = 16 * 2 ** 20

const readLeak = async (file: string): Promise<string> => {
  if (file === '-') return text(process.stdin)
  const { size } = await stat(file).catch(() => ({ size: 0 }))
  if (size > mostLeakBytes)
    throw new CommandFailure(
      `${file} is larger than ${mostLeakBytes / 2 ** 20} MiB; give the rows in question. · 文件过大，请只提供相关行。`,
      exitCodes.badInput,
    )
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(`${file} cannot be read. · 无法读取 ${file}。`, exitCodes.badInput, { cause })
  })
}

const describe = (match: TraceMatch): string =>
  [
    `${match.exportId}  ${traceWayNames[match.way].en} · ${traceWayNames[match.way].zh}`,
    `  recipient · 接收人: ${match.requestedBy.officer.zh} ${match.requestedBy.officer.en}, ${match.organisation ?? '—'}`,
    `  purpose · 目的: ${match.purpose}   of · 内容: ${match.subject}   made · 生成: ${match.finishedAt ?? '—'}   rows · 行数: ${match.rows}`,
    `  downloads · 下载: ${match.downloads.map(({ at, format }) => `${at} (${format})`).join(', ') || '—'}`,
    '',
  ].join('\n')

/** Traces in the server’s own role, over every area of the installation; that it was done is audited. */
const traceIn = async ({ db, keys }: Installation, leak: string) => {
  const reference = (await createReferenceCache(db)).current()
  const jurisdictions = reference.jurisdictions.map(({ code }) => code)
  const parts = { query: db.query, sealer: createIdentitySealer(db, keys, Date.now), jurisdictions }
  const traced = await traceText(parts, leak)
  const nowMs = Date.now()
  const entry = {
    accountId: null,
    deviceId: null,
    action: 'exports.trace',
    subject: v7({ msecs: nowMs }),
    outcome: 'done',
    detail: `${traced.lines} lines, ${traced.matches.length} lists, on the command line`,
  }
  await db.query
    .transaction()
    .execute((transaction) =>
      recordAudit(executeIn(transaction), reference.installation?.cityCode ?? 0, [entry], nowMs),
    )
  return traced
}

const trace = async (file: string, options: Options): Promise<void> => {
  const leak = await readLeak(file)
  const scanned = await readUploadScanner(process.env.GUANKOU_UPLOAD_SCANNER).scan(Buffer.from(leak))
  if (scanned.is === 'infected')
    throw new CommandFailure(
      `${file} holds ${scanned.signature} and was not read. · 文件含恶意内容 ${scanned.signature}，未读取。`,
      exitCodes.badInput,
    )
  const installation = await openInstallation(options, { beside: true })
  try {
    const traced = await traceIn(installation, leak)
    if (options.json) process.stdout.write(`${JSON.stringify(traced)}\n`)
    else {
      for (const match of traced.matches) process.stdout.write(`${describe(match)}\n`)
      say(
        traced.matches.length === 0
          ? { en: `${traced.lines} lines, from no list of ours`, zh: '不出自本系统的任何名单' }
          : { en: `${traced.lines} lines, ${traced.matches.length} lists`, zh: '已查到来源名单' },
      )
    }
    process.exitCode = traced.matches.length === 0 ? exitCodes.differs : exitCodes.done
  } finally {
    await installation.close()
  }
}

export const exportCommand = (program: Command): void => {
  const exported = program.command('export').description('look after lists that left the system')
  withInstallation(exported.command('trace <file>'))
    .description('say which list leaked rows come from; “-” reads them from standard input')
    .option('--json', 'one JSON object instead of lines', false)
    .action(trace)
}
