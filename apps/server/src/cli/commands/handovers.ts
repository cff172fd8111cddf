import { custodyDoubtNames, custodySideNames } from '@guankou/contract/handovers/vocabulary.ts'
import { readHandoverFile } from '@guankou/db/queries/handovers/handovers.ts'
import { readJurisdictions } from '@guankou/db/queries/places/places.ts'
import { type Command, InvalidArgumentError } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { handoverKey } from '#src/use-cases/handovers/handover-facts.ts'
import {
  type HandoverFinding,
  type HandoversVerified,
  verifyFile,
  verifyHandovers,
} from '#src/use-cases/handovers/verify-handovers.ts'

type Options = InstallationOptions & { readonly jurisdiction?: number; readonly json: boolean }

const findingTexts: Readonly<Record<HandoverFinding['is'], { readonly en: string; readonly zh: string }>> = {
  wrong: { en: 'signature does not hold', zh: '签名不成立' },
  'other-content': { en: 'signed for other content than was opened', zh: '签收的内容与发起时不同' },
  unreadable: { en: 'a fact lacks what its kind needs', zh: '有一条记录残缺' },
  misplaced: { en: 'stands at another time than its id says', zh: '存放时间与编号不符' },
}

const report = (verified: HandoversVerified, json: boolean): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify(verified)}\n`)
    return
  }
  const { findings, doubts, handovers, signatures, byCode } = verified
  for (const { code, id, side, is } of findings) {
    const where = side === null ? '' : ` ${custodySideNames[side].en} · ${custodySideNames[side].zh}`
    process.stdout.write(`${code} ${id}${where}: ${findingTexts[is].en} · ${findingTexts[is].zh}\n`)
  }
  for (const { code, id, side, kind } of doubts)
    process.stdout.write(
      `${code} ${id} ${custodySideNames[side].en}: doubt, ${custodyDoubtNames[kind].en} · ${custodyDoubtNames[kind].zh}\n`,
    )
  const counts = `${handovers} hand-overs, ${signatures} signatures (${byCode} by code alone), ${doubts.length} doubts`
  say(
    findings.length === 0
      ? { en: `${counts}: every signature holds`, zh: '交接链全部成立' }
      : { en: `${counts}: ${findings.length} findings`, zh: '交接链有问题' },
  )
}

const verifyOne = async (
  { db }: Installation,
  jurisdictions: readonly number[],
  id: string,
): Promise<HandoversVerified> => {
  for (const jurisdiction of jurisdictions) {
    const file = await readHandoverFile(db.query, handoverKey(jurisdiction, id))
    if (file === undefined) continue
    const { state, ...verified } = verifyFile(file)
    return { handovers: 1, states: state === undefined ? {} : { [state]: 1 }, ...verified }
  }
  throw new CommandFailure(`there is no hand-over ${id} · 没有编号为 ${id} 的交接`, exitCodes.badInput)
}

const verify = async (id: string | undefined, options: Options): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const all = (await readJurisdictions(installation.db.query)).map(({ code }) => code)
    const { jurisdiction } = options
    if (jurisdiction !== undefined && !all.includes(jurisdiction))
      throw new CommandFailure(`${jurisdiction} is no jurisdiction here · 此处没有该辖区`, exitCodes.badInput)
    const asked = jurisdiction === undefined ? all : [jurisdiction]
    const verified =
      id === undefined
        ? await verifyHandovers(installation.db, asked)
        : await verifyOne(installation, asked, id)
    report(verified, options.json)
    process.exitCode = verified.findings.length === 0 ? exitCodes.done : exitCodes.differs
  } finally {
    await installation.close()
  }
}

const division = (text: string): number => {
  if (!/^\d{6}$/.test(text)) throw new InvalidArgumentError('give a division code such as 440402')
  return Number(text)
}

const handoverId = (text: string): string => {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text))
    throw new InvalidArgumentError('give the id of a hand-over')
  return text
}

export const handoversCommand = (program: Command): void => {
  const handovers = program.command('handovers').description('prove who had people in their charge')
  withInstallation(handovers.command('verify'))
    .description('check every signature of every hand-over again, from what is stored alone')
    .argument('[id]', 'one hand-over alone', handoverId)
    .option('--jurisdiction <code>', 'those of one jurisdiction alone', division)
    .option('--json', 'one JSON object instead of lines', false)
    .action(verify)
}
