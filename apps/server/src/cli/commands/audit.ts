import { readFile } from 'node:fs/promises'
import { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import { auditFindingTexts } from '@guankou/contract/audit/finding-texts.ts'
import { readDayHeads } from '@guankou/db/queries/audit/day-heads.ts'
import { type AuditVerified, verifyAudit } from '@guankou/db/queries/audit/verify-audit.ts'
import { readInstallation, readJurisdictions } from '@guankou/db/queries/places/places.ts'
import { type Command, InvalidArgumentError } from 'commander'
import Type from 'typebox'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { civilDay, type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createProgressBar } from '#src/cli/progress-bar.ts'
import { compileChecker } from '#src/schema-checker.ts'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'
import { closeAuditDays, installationSigner } from '#src/use-cases/audit/close-days.ts'

type Days = { readonly from?: string; readonly to?: string }
type VerifyOptions = InstallationOptions &
  Days & {
    readonly jurisdiction?: number
    readonly heads?: string
    readonly publicKey: readonly string[]
    readonly json: boolean
  }
type HeadsOptions = InstallationOptions & Days & { readonly jurisdiction?: number }

/** Lines that are printed one by one; what is beyond is only counted. */
const mostPrinted = 1_000
const headsPerRead = 1_000

const calendarOf = async ({ db }: Installation) =>
  createAuditCalendar(await readJurisdictions(db.query), (await readInstallation(db.query))?.cityCode)

const checkHeads = compileChecker(Type.Object({ heads: Type.Array(AuditDayHead) }))

/** Published heads: what `audit heads` prints and `/api/audit/heads` answers, one or several of them in one file. */
const readPublished = async (file: string): Promise<readonly AuditDayHead[]> => {
  const refuse = (why: string): never => {
    throw new CommandFailure(
      `${file} holds no published heads (${why}). · ${file} 中没有已公布的日链头。`,
      exitCodes.badInput,
    )
  }
  const text = await readFile(file, 'utf8').catch((error: Error) => refuse(error.message))
  const parsed: unknown = await Promise.resolve(text)
    .then(JSON.parse)
    .catch(() => refuse('not JSON'))
  const checked = checkHeads(parsed)
  return checked.ok ? checked.value.heads : refuse(checked.detail)
}

const placeOf = ({ seq, untilSeq, position, day, published }: AuditFinding): string =>
  [
    ...(seq === undefined ? [] : [untilSeq === undefined ? `link ${seq}` : `links ${seq}–${untilSeq}`]),
    ...(position === undefined ? [] : [`entry ${position}`]),
    ...(day === undefined ? [] : [`day ${day}`]),
    ...(published === true ? ['published head'] : []),
  ].join(', ')

const describe = (finding: AuditFinding): string => {
  const { en, zh } = auditFindingTexts[finding.kind]
  return `${finding.jurisdiction} ${placeOf(finding)}: ${en} · ${zh}`
}

const report = (verified: AuditVerified, found: readonly AuditFinding[], json: boolean): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...verified, found })}\n`)
    return
  }
  for (const finding of found) process.stdout.write(`${describe(finding)}\n`)
  const { chains, links, entries, heads, findings } = verified
  const counts = `${chains} chains, ${links} links, ${entries} entries, ${heads} daily heads`
  if (findings > found.length) say({ en: `and ${findings - found.length} more`, zh: '其余未列出' })
  say(
    findings === 0
      ? { en: `${counts}: everything fits`, zh: '审计链完整' }
      : { en: `${counts}: ${findings} findings`, zh: '审计链有问题' },
  )
}

const verify = async (options: VerifyOptions): Promise<void> => {
  const published = options.heads === undefined ? [] : await readPublished(options.heads)
  const installation = await openInstallation(options, { beside: true })
  const bar = createProgressBar({ en: 'Links', zh: '链节' })
  const found: AuditFinding[] = []
  try {
    const client = await installation.db.pool.connect()
    const { from, to, jurisdiction } = options
    const verified = await verifyAudit(client, {
      ...(jurisdiction === undefined ? {} : { isAsked: (code: number) => code === jurisdiction }),
      days: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
      published,
      trustedKeys: new Set([installationSigner(installation.keys.rootKey).publicKey, ...options.publicKey]),
      ...(await calendarOf(installation)),
      onFinding: (finding) => {
        if (found.length < mostPrinted) found.push(finding)
      },
      onProgress: bar.show,
    }).finally(() => client.release())
    bar.end()
    report(verified, found, options.json)
    process.exitCode = verified.findings === 0 ? exitCodes.done : exitCodes.differs
  } finally {
    bar.end()
    await installation.close()
  }
}

const printHeads = async (options: HeadsOptions): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  const { from, to, jurisdiction } = options
  try {
    const signer = installationSigner(installation.keys.rootKey)
    await closeAuditDays({
      db: installation.db,
      signer,
      calendar: await calendarOf(installation),
      nowMs: Date.now(),
    })
    const heads: AuditDayHead[] = []
    for (;;) {
      const last = heads.at(-1)
      const read = await readDayHeads(installation.db.query, {
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(last === undefined ? {} : { after: last }),
        limit: headsPerRead,
      })
      heads.push(...read)
      if (read.length < headsPerRead) break
    }
    process.stdout.write(`${JSON.stringify({ publicKey: signer.publicKey, heads }, null, 2)}\n`)
  } finally {
    await installation.close()
  }
}

const division = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('give a division code such as 440402')
  return Number(text)
}

const addKey = (text: string, before: readonly string[]): readonly string[] => {
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new InvalidArgumentError('give a public key as 64 hexadecimal digits')
  return [...before, text]
}

const withDays = (command: Command): Command =>
  command
    .option('--jurisdiction <code>', 'the chain of one jurisdiction alone', division)
    .option('--from <day>', 'first local day, ISO 8601', civilDay)
    .option('--to <day>', 'last local day, ISO 8601', civilDay)

export const auditCommand = (program: Command): void => {
  const audit = program
    .command('audit')
    .description('prove that the audit is whole, and publish its signed heads')
  withDays(withInstallation(audit.command('verify')))
    .description('recompute every chain from its entries and compare with links, ends and signed heads')
    .option('--heads <file>', 'signed heads that were published earlier, as JSON')
    .option(
      '--public-key <hex>',
      'believe heads signed with this earlier key too; may be repeated',
      addKey,
      [],
    )
    .option('--json', 'one JSON object instead of lines', false)
    .action(verify)
  withDays(withInstallation(audit.command('heads')))
    .description('print the signed heads of past days as JSON, to be published')
    .action(printHeads)
}
