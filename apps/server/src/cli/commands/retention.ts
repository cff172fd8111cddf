import { readFile } from 'node:fs/promises'
import { defaultRetentionDays } from '@guankou/contract/retention/policy.ts'
import {
  findCertificate,
  readCertificates,
  type StoredCertificate,
} from '@guankou/db/queries/retention/certificates.ts'
import { insertRetentionPolicy, readRetentionPolicies } from '@guankou/db/queries/retention/policies.ts'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, wholeNumber, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import { certificateFile, certificateKey, verifyCertificate } from '#src/use-cases/retention/certificate.ts'
import { certificateText } from '#src/use-cases/retention/certificate-text.ts'
import { type PlannedDay, planRetention } from '#src/use-cases/retention/plan-retention.ts'
import { type RetentionOutcome, runRetention } from '#src/use-cases/retention/run-retention.ts'

type Json = { readonly json: boolean }

const opened = async (
  options: InstallationOptions,
  work: (installation: Installation) => Promise<void>,
): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    await work(installation)
  } finally {
    await installation.close()
  }
}

const writePlan = (planned: readonly PlannedDay[], json: boolean): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify({ days: planned })}\n`)
    return
  }
  for (const { jurisdiction, day, dataClass, destroyFrom, isDue } of planned)
    process.stdout.write(
      `${day} ${jurisdiction} ${dataClass}: ${isDue ? 'due 到期' : 'from 起'} ${destroyFrom}\n`,
    )
  const due = planned.filter(({ isDue }) => isDue).length
  say({ en: `${due} of ${planned.length} days are due`, zh: '到期天数 / 在存天数' })
}

const plan = (options: InstallationOptions & Json): Promise<void> =>
  opened(options, async ({ db }) => {
    const reference = (await createReferenceCache(db)).current()
    writePlan(await planRetention(db, reference, Date.now()), options.json)
  })

const writeOutcome = (outcome: RetentionOutcome, json: boolean): void => {
  const { destroyed, dropped, certificate } = outcome
  if (json)
    process.stdout.write(`${JSON.stringify({ destroyed, dropped, certificate: certificate?.id ?? null })}\n`)
  else
    say({
      en: `${destroyed} days destroyed, ${dropped.length} partitions dropped, certificate ${certificate?.id ?? 'none'}`,
      zh: '销毁完成',
    })
}

type RunOptions = InstallationOptions & Json & { readonly dryRun: boolean; readonly by: string }

const run = (options: RunOptions): Promise<void> =>
  opened(options, async ({ db, keys }) => {
    const reference = (await createReferenceCache(db)).current()
    if (options.dryRun) {
      const due = (await planRetention(db, reference, Date.now())).filter(({ isDue }) => isDue)
      writePlan(due, options.json)
      return
    }
    const outcome = await runRetention({
      db,
      keys,
      reference,
      now: Date.now,
      by: options.by,
      onProgress: (done, total, { jurisdiction, day, dataClass }) => {
        if (!options.json) process.stdout.write(`  ${done}/${total} ${day} ${jurisdiction} ${dataClass}\n`)
      },
    })
    if (outcome === undefined)
      throw new CommandFailure(
        'Another run is under way; wait until it is done. · 另一次销毁正在进行，请稍候。',
        exitCodes.environment,
      )
    writeOutcome(outcome, options.json)
  })

const listCertificates = (found: readonly StoredCertificate[]): void => {
  for (const { id, content } of found) {
    const read = JSON.parse(content) as { readonly issuedAt: string; readonly days: readonly object[] }
    process.stdout.write(`${id} ${read.issuedAt} ${read.days.length} days 日\n`)
  }
}

type CertificateOptions = InstallationOptions &
  Json & { readonly publicKey: boolean; readonly print: boolean }

const certificates = (id: string | undefined, options: CertificateOptions): Promise<void> =>
  opened(options, async ({ db, keys }) => {
    if (options.publicKey) {
      process.stdout.write(`${certificateKey(keys.rootKey).publicKey.toString('base64')}\n`)
      return
    }
    if (id === undefined) {
      const found = await readCertificates(db.query, 1_000)
      if (options.json) process.stdout.write(`${JSON.stringify(found.map(certificateFile))}\n`)
      else listCertificates(found)
      return
    }
    const found = /^[0-9a-f-]{36}$/.test(id) ? await findCertificate(db.query, id) : undefined
    if (found === undefined)
      throw new CommandFailure(`There is no certificate ${id}. · 没有这份销毁证明。`, exitCodes.badInput)
    process.stdout.write(
      options.print
        ? certificateText(JSON.parse(found.content), found.publicKey)
        : `${JSON.stringify(certificateFile(found), null, 2)}\n`,
    )
  })

const verify = async (file: string, options: { readonly publicKey?: string }): Promise<void> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be read. · 无法读取文件。`, exitCodes.badInput, { cause: error })
  })
  const verified = verifyCertificate(text)
  if (verified.is === 'unreadable')
    throw new CommandFailure(`${file} is not a certificate. · 不是销毁证明文件。`, exitCodes.badInput)
  if (verified.is === 'changed')
    throw new CommandFailure(
      `${file} was changed after it was signed. · 证明在签名后被改动。`,
      exitCodes.differs,
    )
  const key = verified.publicKey.toString('base64')
  if (options.publicKey !== undefined && options.publicKey !== key)
    throw new CommandFailure(
      `${file} was signed with another key: ${key}. · 证明由另一把密钥签名。`,
      exitCodes.differs,
    )
  process.stdout.write(certificateText(verified.content, verified.publicKey))
  say(
    options.publicKey === undefined
      ? {
          en: `Unchanged since it was signed with ${key}; compare that key with the one the city has published`,
          zh: '签名有效，请再核对公钥是否为本市公布的公钥',
        }
      : { en: 'Unchanged, and signed with the key given', zh: '签名有效，公钥相符' },
  )
}

type PolicyOptions = InstallationOptions & {
  readonly identityDays: number
  readonly healthDays: number
  readonly by: string
}

const decide = (responseId: string, options: PolicyOptions): Promise<void> =>
  opened(options, async ({ db }) => {
    const { identityDays, healthDays } = options
    const reference = (await createReferenceCache(db)).current()
    if (reference.response(responseId) === undefined)
      throw new CommandFailure(`There is no response ${responseId}. · 没有这次响应。`, exitCodes.badInput)
    if (healthDays < identityDays)
      throw new CommandFailure(
        'Findings cannot be kept shorter than identities. · 健康数据的保留期不能短于身份数据。',
        exitCodes.badInput,
      )
    const before = (await readRetentionPolicies(db.query)).find((each) => each.responseId === responseId)
    const version = (before?.version ?? 0) + 1
    const policy = {
      responseId,
      version,
      identityDays,
      healthDays,
      decidedAt: new Date(),
      decidedBy: options.by,
    }
    await insertRetentionPolicy(db.query, policy)
    say({
      en: `Version ${version}: identities ${identityDays} days, findings ${healthDays} days`,
      zh: '保留期已更新',
    })
  })

const addCertificates = (retention: Command): void => {
  withInstallation(retention.command('certificates [id]'))
    .description('list the certificates, or write one of them as JSON')
    .option('--print', 'write it as people read and file it', false)
    .option('--public-key', 'write the key that signs certificates here, to be published', false)
    .option('--json', 'all of them as JSON', false)
    .action(certificates)
  retention
    .command('verify-certificate <file>')
    .description('check a certificate; needs no database')
    .option('--public-key <base64>', 'the key the city has published')
    .action(verify)
}

export const retentionCommand = (program: Command): void => {
  const retention = program.command('retention').description('destroy what is due, and certify it')
  withInstallation(retention.command('plan'))
    .description('what is held, and from when on it is to be destroyed')
    .option('--json', 'one JSON object instead of lines', false)
    .action(plan)
  withInstallation(retention.command('run'))
    .description('destroy everything that is due; may be stopped and started again')
    .option('--dry-run', 'only list what is due', false)
    .option('--by <name>', 'whose doing it is, for the certificate', 'a person at the command line')
    .option('--json', 'one JSON object instead of lines', false)
    .action(run)
  addCertificates(retention)
  withInstallation(retention.command('policy <response>'))
    .description('decide how long a response keeps, as a new version')
    .option(
      '--identity-days <days>',
      'full days for identities',
      wholeNumber(1, 3_650),
      defaultRetentionDays.identityDays,
    )
    .option(
      '--health-days <days>',
      'full days for findings',
      wholeNumber(1, 36_500),
      defaultRetentionDays.healthDays,
    )
    .requiredOption('--by <name>', 'who decided so')
    .action(decide)
}
