import { defaultAnswerDays } from '@guankou/contract/subject-access/requests.ts'
import { readSubjectPolicy, writeSubjectPolicy } from '@guankou/db/queries/subject-access/policy.ts'
import type { Command } from 'commander'
import { openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, wholeNumber, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'

type PolicyOptions = InstallationOptions & {
  readonly answerDays?: number
  readonly showReasons?: boolean
}

const longestDays = 90

const policy = async (options: PolicyOptions): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const { query } = installation.db
    const before = (await readSubjectPolicy(query)) ?? { answerDays: defaultAnswerDays, showReasons: false }
    const { answerDays = before.answerDays, showReasons = before.showReasons } = options
    if (options.answerDays !== undefined || options.showReasons !== undefined)
      await writeSubjectPolicy(query, { answerDays, showReasons })
    say({
      en: `Requests are answered within ${answerDays} days; reasons of look-ups are ${showReasons ? 'shown to the person' : 'not shown'}`,
      zh: `申请在 ${answerDays} 天内答复；查阅事由${showReasons ? '显示给本人' : '不显示'}`,
    })
  } finally {
    await installation.close()
  }
}

/** What the installation decides on for requests of persons. */
export const subjectRequestsCommand = (program: Command): void => {
  const requests = program
    .command('subject-requests')
    .description('requests of persons about what is held of them')
  withInstallation(requests.command('policy'))
    .description('show, or decide, how long an answer may take and whether reasons of look-ups are shown')
    .option('--answer-days <days>', 'days until an answer is due', wholeNumber(1, longestDays))
    .option('--show-reasons', 'show the person the reasons that officers wrote')
    .option('--no-show-reasons', 'show the purpose alone')
    .action(policy)
}
