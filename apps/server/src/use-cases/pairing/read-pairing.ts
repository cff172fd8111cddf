import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { LookUpPurpose } from '@guankou/contract/identity/purposes.ts'
import type { listPairings, PairingFact, readPairing } from '@guankou/contract/pairing/endpoints.ts'
import type {
  AskedKind,
  PairingFactKind,
  PairingSide,
  PreparedAnswer,
  SubjectKind,
} from '@guankou/contract/pairing/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import {
  readFactsOfAll,
  readPairingFacts,
  type StoredPairingFact,
} from '@guankou/db/queries/pairing/facts.ts'
import { readPairingsBetween, type StoredPairing } from '@guankou/db/queries/pairing/pairings.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { ownPairing, pairingPlace, viewOf, viewsOf } from '#src/use-cases/pairing/pairing-scope.ts'
import { timeZoneOf } from '#src/use-cases/worklists/list-scope.ts'

const mostPairings = 500

const clearPart = (fact: StoredPairingFact) => ({
  at: fact.at.toISOString(),
  side: fact.side as PairingSide,
  kind: fact.kind as PairingFactKind,
  asked: fact.asked as AskedKind | null,
  answer: fact.answer as PreparedAnswer | null,
  purpose: fact.purpose as LookUpPurpose | null,
  matches: fact.matches,
})

const toldPart = ({ until_day, people, visited_on }: StoredPairingFact): Pick<PairingFact, 'told'> => {
  const told = {
    ...(until_day === null ? {} : { until: until_day }),
    ...(people === null ? {} : { people }),
    ...(visited_on === null ? {} : { visitedOn: visited_on }),
  }
  return Object.keys(told).length === 0 ? {} : { told }
}

const writtenPart = async (
  { identity }: ServerContext,
  { jurisdiction, day, id }: StoredPairing,
  fact: StoredPairingFact,
): Promise<Pick<PairingFact, 'subject' | 'words' | 'destroyed'>> => {
  if (fact.sealed === null) return fact.subject_kind === null ? {} : { destroyed: true }
  const text = await unlessDestroyed(
    identity.sealer.open({ jurisdiction, day }, pairingPlace(id, fact.id), fact.sealed),
  )
  if (text === null) return { destroyed: true }
  return fact.subject_kind === null
    ? { words: text }
    : { subject: { kind: fact.subject_kind as SubjectKind, text } }
}

const showFact = async (
  context: ServerContext,
  pairing: StoredPairing,
  fact: StoredPairingFact,
): Promise<PairingFact> => {
  const { asked, answer, purpose, matches, ...clear } = clearPart(fact)
  return {
    id: fact.id,
    seq: fact.seq,
    ...clear,
    ...(asked === null ? {} : { asked }),
    ...(answer === null ? {} : { answer }),
    ...toldPart(fact),
    ...(purpose === null ? {} : { purpose }),
    ...(matches === null ? {} : { matches }),
    ...(fact.answers === null ? {} : { to: fact.answers }),
    ...(await writtenPart(context, pairing, fact)),
  }
}

/** What was said after a place in the order, opened for the two of the pairing. */
export const readFacts = async (
  context: ServerContext,
  actor: Actor,
  { pairing: pairingId, after = 0 }: QueryOf<typeof readPairing>,
): Promise<Result<OutputOf<typeof readPairing>>> => {
  const found = await inArea(context.db, actor.areaCode, async (transaction) => {
    const own = await ownPairing(transaction, actor, pairingId)
    if (own === undefined) return undefined
    const facts = await readPairingFacts(transaction, own.pairing, after)
    const detail = `${facts.length} after ${after}`
    const act = { action: 'pairing.facts', subject: pairingId, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, context.now())
    return { ...own, facts }
  })
  if (found === undefined) return refused('UNKNOWN_PAIRING')
  const { pairing, facts } = found
  return done({
    pairing: await viewOf(context, pairing, actor),
    facts: await Promise.all(facts.map((fact) => showFact(context, pairing, fact))),
  })
}

/** Who asked whom what on a day, and what was looked up for which purpose; nothing that was written. */
export const readLog = async (
  context: ServerContext,
  actor: Actor,
  { day }: QueryOf<typeof listPairings>,
): Promise<Result<OutputOf<typeof listPairings>>> => {
  if (!isCivilDate(day)) return refused('INVALID_INPUT', '/day')
  const window = instantsOfDay(timeZoneOf(context, actor.areaCode), day)
  const { pairings, facts } = await inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await readPairingsBetween(transaction, window, mostPairings)
    const act = { action: 'pairing.log', subject: day, outcome: 'done', detail: `${found.length} pairings` }
    await auditIdentity(transaction, actor, act, context.now())
    return {
      pairings: found,
      facts: await readFactsOfAll(
        transaction,
        found.map(({ id }) => id),
      ),
    }
  })
  const views = await viewsOf(context, pairings, actor)
  return done({
    pairings: views.map((pairing) => ({
      pairing,
      facts: facts.filter(({ pairing_id }) => pairing_id === pairing.pairingId).map(clearPart),
    })),
  })
}
