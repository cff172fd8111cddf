import { callFields, type HeldCall } from '@guankou/contract/subject-access/held-call.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { type CallOfDocument, readCallAccesses } from '@guankou/db/queries/subject-access/calls.ts'
import type { ServerContext } from '#src/context.ts'
import { openReason } from '#src/use-cases/identity/seal-access.ts'

const mostAccesses = 200

export type CallRows = {
  readonly found: CallOfDocument
  readonly accesses: Awaited<ReturnType<typeof readCallAccesses>>
}

export const readCallRows = async (
  transaction: AreaTransaction,
  found: CallOfDocument,
): Promise<CallRows> => ({ found, accesses: await readCallAccesses(transaction, found, mostAccesses) })

type SeenBy = HeldCall['seenBy'][number]

/** A list that names the person, and who took it away, as their page shows it. */
export const showCall = async (
  { identity, reference }: ServerContext,
  { found, accesses }: CallRows,
  { reasons }: { readonly reasons: boolean },
): Promise<HeldCall> => ({
  kind: found.kind as HeldCall['kind'],
  district: {
    ...(reference.current().jurisdiction(found.jurisdiction)?.name ?? { zh: '其他地区', en: 'Another area' }),
  },
  broughtOn: found.day,
  takenBack: found.undoneAt !== null,
  seenBy: await Promise.all(
    accesses.map(async (access) => ({
      at: access.at.toISOString(),
      role: access.role as SeenBy['role'],
      purpose: access.purpose as SeenBy['purpose'],
      way: access.via as SeenBy['way'],
      fields: callFields.filter((field) => access.fields.includes(field)),
      reason: reasons ? await openReason(identity.sealer, access) : null,
    })),
  ),
})
