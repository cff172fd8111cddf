import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readHouseholdDays } from '@guankou/db/queries/households/register.ts'
import { insertRows, type NewReject } from '@guankou/db/queries/worklists/rows.ts'
import { type RegisterReading, readRegisterRow } from '@guankou/domain/households/register-row.ts'
import type { CellProblem } from '@guankou/domain/worklists/read-row.ts'
import { readCellsByName } from '#src/use-cases/households/register-cells.ts'
import type { RegisterMaker } from '#src/use-cases/households/register-facts.ts'
import { type RegisterWork, takeRegister } from '#src/use-cases/households/take-register.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { type FoundImport, localDay, type WorklistContext } from '#src/use-cases/worklists/list-scope.ts'
import { type BatchCounts, type ReadRow, sealReject, type Work } from '#src/use-cases/worklists/take-rows.ts'

/** The grid cells of the area, and the digests under which households of any day may stand. */
export const registerOf = async (context: WorklistContext, { list }: FoundImport): Promise<RegisterWork> => {
  const { jurisdiction } = list
  const today = localDay(context, jurisdiction, context.now())
  const { cellByName, days } = await inArea(context.db, jurisdiction, async (transaction) => ({
    cellByName: await readCellsByName(transaction, jurisdiction),
    days: await readHouseholdDays(transaction, jurisdiction),
  }))
  const owners = [today, ...days.filter((day) => day !== today)].map((day) => ({ jurisdiction, day }))
  return { cellByName, digestsOf: await context.identity.sealer.digestsOfDays(owners) }
}

const makerOf = (context: WorklistContext, { list, file }: FoundImport): RegisterMaker => {
  const atMs = context.now()
  return {
    jurisdiction: list.jurisdiction,
    day: localDay(context, list.jurisdiction, atMs),
    atMs,
    accountId: file.uploaded_by,
    role: 'screening-clerk',
  }
}

/** A row that could be read as a row of a list, read as one of a register. */
const readAsRegister = ({ reading }: ReadRow, today: string): RegisterReading => {
  if (reading.is === 'row') return readRegisterRow(reading.content, today)
  return { is: 'rejected', problems: reading.is === 'rejected' ? reading.problems : [] }
}

/** Takes rows of a household register: each becomes a member, is on file already, or is handed back with its reasons. */
export const takeRegistered = async (
  transaction: AreaTransaction,
  work: Work & { readonly register: RegisterWork },
  asked: readonly ReadRow[],
): Promise<BatchCounts> => {
  const { context, found, register, rowContext } = work
  const readings = asked.map((each) => ({ each, read: readAsRegister(each, rowContext.today) }))
  const rows = readings.flatMap(({ each, read }) =>
    read.is === 'row' ? [{ number: each.row, row: read.row }] : [],
  )
  const maker = makerOf(context, found)
  const took = await takeRegister(transaction, { ...register, sealer: context.identity.sealer }, maker, rows)
  const problems = new Map<number, readonly CellProblem[]>([
    ...readings.flatMap(({ each, read }) =>
      read.is === 'rejected' ? [[each.row, read.problems] as const] : [],
    ),
    ...took.rejected.map(
      ({ number, why }) => [number, [{ field: 'grid-cell' as const, why, offers: [] }]] as const,
    ),
  ])
  const rejects: NewReject[] = []
  for (const each of asked) {
    const wrong = problems.get(each.row)
    if (wrong !== undefined) rejects.push(await sealReject(work, each, wrong))
  }
  await insertRows(transaction, [], rejects)
  const detail = `${took.taken} people, ${took.households} households, ${took.repeated} on file, ${rejects.length} rejected`
  const by = { areaCode: maker.jurisdiction, accountId: maker.accountId, deviceId: null }
  const act = { action: 'households.register', subject: found.list.id, outcome: 'done', detail }
  await auditIdentity(transaction, by, act, maker.atMs)
  return {
    taken: took.taken,
    rejected: rejects.length,
    linked: took.repeated,
    households: took.households,
    settledRows: asked.flatMap(({ row }) => (problems.has(row) ? [] : [row])),
  }
}
