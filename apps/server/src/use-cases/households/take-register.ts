import type { DoorAddress, Member } from '@guankou/contract/households/record-household-fact.ts'
import type { RejectReason } from '@guankou/contract/worklists/vocabulary.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  insertRegister,
  lockRegister,
  markTold,
  type OpenedDoor,
} from '@guankou/db/queries/households/register.ts'
import { isSameAtDoor, type RegisterRow } from '@guankou/domain/households/register-row.ts'
import { addressKey } from '@guankou/domain/households/walk-key.ts'
import { v7 } from 'uuid'
import type { DigestsOf, IdentitySealer } from '#src/identity/identity-sealer.ts'
import { type CellByName, cellOfMost } from '#src/use-cases/households/register-cells.ts'
import {
  type RegisterFact,
  type RegisterMaker,
  sealRegisterFact,
} from '#src/use-cases/households/register-facts.ts'
import { type OnFile, readOnFile } from '#src/use-cases/households/register-known.ts'

export type RegisterContext = {
  readonly sealer: IdentitySealer
  readonly digestsOf: DigestsOf
  readonly cellByName: CellByName
}

/** The same, made ready once for all batches of a file. */
export type RegisterWork = Omit<RegisterContext, 'sealer'>

export type NumberedRow = { readonly number: number; readonly row: RegisterRow }

/** What became of the rows of a batch: each is in exactly one of the first three. */
export type TakenRegister = {
  readonly taken: number
  /** Of people who are on file. */
  readonly repeated: number
  readonly rejected: readonly { readonly number: number; readonly why: RejectReason }[]
  readonly households: number
}

type Household = { readonly id: string; readonly isNew: boolean; readonly members: Member[] }

/** Rows on their way to facts, and what the ones before them of the same batch made. */
class Batch {
  readonly facts: RegisterFact[] = []
  readonly doors: OpenedDoor[] = []
  readonly told = new Set<string>()
  readonly rejected: { number: number; why: RejectReason }[] = []
  repeated = 0
  taken = 0
  readonly #households = new Map<string, Household>()
  readonly #documents = new Set<string>()
  readonly #cellsOfEstates = new Map<string, number>()
  readonly #onFile: OnFile
  readonly #cellByName: CellByName
  readonly #maker: RegisterMaker

  constructor(onFile: OnFile, cellByName: CellByName, maker: RegisterMaker) {
    this.#onFile = onFile
    this.#cellByName = cellByName
    this.#maker = maker
  }

  add({ number, row }: NumberedRow): void {
    const { member } = row
    const document = member.document === undefined ? undefined : JSON.stringify(member.document)
    if (member.document !== undefined && document !== undefined)
      if (this.#documents.has(document) || this.#onFile.hasDocument(member.document)) {
        this.repeated += 1
        return
      }
    const household = this.#householdOf(row)
    if (typeof household === 'string') {
      this.rejected.push({ number, why: household })
      return
    }
    if (household.members.some((known) => isSameAtDoor(member, known))) {
      this.repeated += 1
      return
    }
    if (document !== undefined) this.#documents.add(document)
    household.members.push(member)
    this.#tell(household.id, { is: 'member-added', member })
    this.taken += 1
  }

  #tell(householdId: string, happening: RegisterFact['happening'], id = this.#newId()): void {
    this.facts.push({ id, householdId, happening })
  }

  #newId(): string {
    return v7({ msecs: this.#maker.atMs })
  }

  /** The household of a row, opened where there is none yet; or why there can be none. */
  #householdOf({ address, gridCell }: RegisterRow): Household | RejectReason {
    const key = addressKey(address)
    const before = this.#households.get(key)
    if (before !== undefined) return before
    const known = this.#onFile.householdAt(address)
    if (known !== undefined) {
      const household = { id: known, isNew: false, members: [...this.#onFile.membersOf(known)] }
      this.#households.set(key, household)
      this.told.add(known)
      return household
    }
    const cell = this.#cellOf(address, gridCell)
    return typeof cell === 'string' ? cell : this.#open(key, address, cell)
  }

  #cellOf(address: DoorAddress, gridCell: string | undefined): number | RejectReason {
    if (gridCell !== undefined) return this.#cellByName(gridCell) ?? 'grid-cell-unknown'
    return (
      cellOfMost(this.#onFile.ofEstate(address)) ??
      this.#cellsOfEstates.get(address.estate) ??
      'grid-cell-untold'
    )
  }

  #open(key: string, address: DoorAddress, gridCellId: number): Household {
    const household = { id: this.#newId(), isNew: true, members: [] }
    this.#households.set(key, household)
    if (!this.#cellsOfEstates.has(address.estate)) this.#cellsOfEstates.set(address.estate, gridCellId)
    this.doors.push({ jurisdiction: this.#maker.jurisdiction, householdId: household.id, gridCellId })
    this.#tell(household.id, { is: 'household-opened', gridCellId, address }, household.id)
    return household
  }
}

/**
 * Takes a batch of a register: people who are not on file become members of the household behind their door, which is opened
 * where it is not on file. Whoever is on file is passed over and changed in nothing, so that what a team recorded stands.
 * Everything is written in the transaction of the caller.
 */
export const takeRegister = async (
  tx: AreaTransaction,
  context: RegisterContext,
  maker: RegisterMaker,
  rows: readonly NumberedRow[],
): Promise<TakenRegister> => {
  await lockRegister(tx, maker.jurisdiction)
  const onFile = await readOnFile(
    tx,
    context,
    maker.jurisdiction,
    rows.map(({ row }) => row),
  )
  const batch = new Batch(onFile, context.cellByName, maker)
  for (const row of rows) batch.add(row)
  const sealed = []
  for (const fact of batch.facts) sealed.push(await sealRegisterFact(context, maker, fact))
  await insertRegister(tx, {
    facts: sealed.map(({ stored }) => stored),
    digests: sealed.flatMap(({ digests }) => digests),
    doors: batch.doors,
  })
  const told = batch.facts.flatMap(({ householdId }) => (batch.told.has(householdId) ? [householdId] : []))
  await markTold(tx, maker.jurisdiction, [...new Set(told)])
  return {
    taken: batch.taken,
    repeated: batch.repeated,
    rejected: batch.rejected,
    households: batch.doors.length,
  }
}
