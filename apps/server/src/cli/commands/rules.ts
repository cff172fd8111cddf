import { type RulesBy, rulesBy } from '@guankou/contract/responses/response.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { readInstallation } from '@guankou/db/queries/places/places.ts'
import { readResponses, updateRulesBy } from '@guankou/db/queries/responses/responses.ts'
import { type Command, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'

type Options = InstallationOptions & { readonly decidedBy?: RulesBy }

const change = ({ db }: Installation, responseId: string, decidedBy: RulesBy): Promise<void> =>
  db.query.transaction().execute(async (tx) => {
    await updateRulesBy(tx, responseId, decidedBy)
    const city = (await readInstallation(tx))?.cityCode ?? 0
    const entry = {
      accountId: null,
      deviceId: null,
      action: 'rescreen.decided-by',
      subject: responseId,
      outcome: 'done',
      detail: decidedBy,
    }
    await recordAudit(executeIn(tx), city, [entry], Date.now())
  })

const run = async (responseId: string, { decidedBy, ...options }: Options): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const response = (await readResponses(installation.db.query)).find(({ id }) => id === responseId)
    if (response === undefined)
      throw new CommandFailure(`There is no response ${responseId}. · 没有这个响应。`, exitCodes.badInput)
    if (decidedBy !== undefined) await change(installation, responseId, decidedBy)
    process.stdout.write(`decided-by ${decidedBy ?? response.rulesBy ?? 'two-people'}\n`)
  } finally {
    await installation.close()
  }
}

export const rulesCommand = (program: Command): void => {
  withInstallation(program.command('rules'))
    .description('show who puts areas at risk of a response into force, or change it')
    .argument('<response>', 'id of the response')
    .addOption(
      new Option('--decided-by <who>', 'two people, of whom the second agrees, or one alone').choices([
        ...rulesBy,
      ]),
    )
    .action(run)
}
