import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import { identityOf, isNamed, takeIdentity } from '@guankou/domain/screening/same-as.ts'
import type { OutboxStorage } from '@guankou/sync/outbox/storage.ts'

const isScreening = (command: unknown): command is RecordScreening =>
  typeof command === 'object' &&
  command !== null &&
  (command as { kind?: unknown }).kind === 'screening.record'

const resolve = async (outbox: OutboxStorage, traveller: Traveller): Promise<Traveller> => {
  const { sameAs, ...entered } = traveller
  if (sameAs === undefined) return traveller
  const read = await outbox.readCommand(sameAs.screeningId)
  if (read.is !== 'read' || !isScreening(read.command)) return traveller
  const earlier = read.command.travellers.find(({ seat }) => seat === sameAs.seat)
  if (earlier === undefined) return traveller
  const held = identityOf(earlier)
  const taken = isNamed(held) ? takeIdentity(entered, held) : entered
  return earlier.sameAs === undefined ? taken : { ...taken, sameAs: earlier.sameAs }
}

/**
 * Where somebody was confirmed whose record still waits on this phone, their identity goes along from there: the record may
 * be sent before the other, or the other be refused.
 */
export const withOwnIdentities = async (
  outbox: OutboxStorage,
  command: RecordScreening,
): Promise<RecordScreening> => ({
  ...command,
  travellers: await Promise.all(command.travellers.map((traveller) => resolve(outbox, traveller))),
})
