import { enrolmentRules, type PhonePolicy, pinRules } from '@guankou/contract/access/phone-policy.ts'
import { readPhonePolicy, writePhonePolicy } from '@guankou/db/queries/access/phone-policy.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { readInstallation } from '@guankou/db/queries/places/places.ts'
import { type Command, Option } from 'commander'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, wholeNumber, withInstallation } from '#src/cli/options.ts'

type Options = InstallationOptions & Partial<PhonePolicy>

const show = (policy: PhonePolicy): string =>
  [
    `enrolment ${policy.enrolment}`,
    `pin ${policy.pin}`,
    `most-pin-tries ${policy.mostPinTries}`,
    `lock-after-minutes ${policy.lockAfterMinutes}`,
    '',
  ].join('\n')

const change = ({ db }: Installation, policy: PhonePolicy): Promise<void> =>
  db.query.transaction().execute(async (tx) => {
    await writePhonePolicy(tx, policy)
    const entry = {
      accountId: null,
      deviceId: null,
      action: 'access.phone-policy',
      subject: null,
      outcome: 'done',
      detail: show(policy).trim().replaceAll('\n', ', '),
    }
    const city = (await readInstallation(tx))?.cityCode ?? 0
    await recordAudit(executeIn(tx), city, [entry], Date.now())
  })

const run = async ({
  enrolment,
  pin,
  mostPinTries,
  lockAfterMinutes,
  ...options
}: Options): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const before = await readPhonePolicy(installation.db.query)
    const asked: Partial<PhonePolicy> = {
      ...(enrolment === undefined ? {} : { enrolment }),
      ...(pin === undefined ? {} : { pin }),
      ...(mostPinTries === undefined ? {} : { mostPinTries }),
      ...(lockAfterMinutes === undefined ? {} : { lockAfterMinutes }),
    }
    const policy = { ...before, ...asked }
    if (Object.keys(asked).length > 0) await change(installation, policy)
    process.stdout.write(show(policy))
  } finally {
    await installation.close()
  }
}

export const phonesCommand = (program: Command): void => {
  withInstallation(program.command('phones'))
    .description('show what is asked of phones, or change it; phones hear of it with their next pack')
    .addOption(new Option('--enrolment <how>', 'how a phone becomes a device').choices([...enrolmentRules]))
    .addOption(new Option('--pin <rule>', 'whether a phone has to be locked by a PIN').choices([...pinRules]))
    .option('--most-pin-tries <n>', 'wrong PINs before the key is destroyed', wholeNumber(3, 100))
    .option('--lock-after-minutes <n>', 'minutes without a touch before a phone locks', wholeNumber(1, 720))
    .action(run)
}
