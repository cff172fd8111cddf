import type { PaperForm, PaperLikeness, SameBy } from '@guankou/contract/paper/form.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  type AlikeScreening,
  digestsOfScreenings,
  findByDocuments,
  findByPlates,
} from '@guankou/db/queries/paper/alike.ts'
import type { StoredForm } from '@guankou/db/queries/paper/forms.ts'
import { normaliseDocumentNumber } from '@guankou/domain/identity/normalise.ts'
import { localInstantMs, nearMinutes } from '@guankou/domain/paper/read-form.ts'
import { normalisePlate } from '@guankou/domain/screening/plates.ts'
import type { ServerContext } from '#src/context.ts'
import type { DigestsOf } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import type { PaperDay } from '#src/use-cases/paper/paper-place.ts'

/** A form with what was keyed of it, null where it has ended. */
export type OpenedForm = { readonly stored: StoredForm; readonly form: PaperForm | null }

/** What a form can be known again by, in base64. */
type Known = {
  readonly opened: OpenedForm
  readonly plates: ReadonlySet<string>
  readonly documents: ReadonlySet<string>
  readonly atMs: number | undefined
}

const mostTold = 6

const text = (digest: Buffer): string => digest.toString('base64')

const ofForm = (form: PaperForm, digestsOf: DigestsOf) => {
  const plate = normalisePlate(form.conveyance.plate ?? '')
  const documents = form.people.flatMap(({ document: { kind, number } }) =>
    number === undefined ? [] : digestsOf(kind, normaliseDocumentNumber(number)),
  )
  return {
    plates: new Set((plate === '' ? [] : digestsOf('plate', plate)).map(text)),
    documents: new Set(documents.map(text)),
  }
}

const instantOf = ({ stored, form }: OpenedForm, { timeZone, day }: PaperDay): number | undefined => {
  if (stored.screening_at !== null) return stored.screening_at.getTime()
  return form?.time === undefined ? undefined : localInstantMs(timeZone, day, form.time)
}

const knownForms = async (
  context: ServerContext,
  transaction: AreaTransaction,
  place: PaperDay,
  forms: readonly OpenedForm[],
): Promise<readonly Known[]> => {
  const digestsOf = await unlessDestroyed(context.identity.sealer.digestsOfDays([place]))
  const ids = forms.flatMap(({ stored: { screening_id } }) => screening_id ?? [])
  const recorded = await digestsOfScreenings(transaction, place, ids)
  return forms.map((opened) => {
    const atMs = instantOf(opened, place)
    if (opened.form !== null && digestsOf !== null) return { opened, atMs, ...ofForm(opened.form, digestsOf) }
    const own = recorded.find(({ id }) => id === opened.stored.screening_id)
    return {
      opened,
      atMs,
      plates: new Set(own?.plate ? [text(own.plate)] : []),
      documents: new Set((own?.documents ?? []).map(text)),
    }
  })
}

const isNear = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined || Math.abs(one - other) <= nearMinutes * 60_000

const share = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((digest) => other.has(digest))

/** Other forms of the same post and day that name the same sheet, vehicle or person. */
const likeForms = (known: Known, all: readonly Known[], place: PaperDay): PaperLikeness[] =>
  all.flatMap((other) => {
    const { stored } = other.opened
    if (stored.id === known.opened.stored.id || stored.state === 'taken-back') return []
    const { serial } = known.opened.stored
    const by: SameBy | undefined =
      serial !== null && serial === stored.serial
        ? 'serial'
        : share(known.plates, other.plates)
          ? 'plate'
          : share(known.documents, other.documents)
            ? 'document'
            : undefined
    if (by === undefined) return []
    return [
      {
        by,
        screeningId: null,
        formId: stored.id,
        at: other.atMs === undefined ? null : new Date(other.atMs).toISOString(),
        postId: place.postId,
        lane: other.opened.form?.lane ?? 1,
        fromPaper: true,
        near: by === 'serial' || isNear(known.atMs, other.atMs),
      },
    ]
  })

const likeScreenings = (
  { opened: { stored }, plates, documents, atMs }: Known,
  byPlate: readonly AlikeScreening[],
  byDocument: readonly AlikeScreening[],
): PaperLikeness[] => {
  const found = new Map<string, PaperLikeness>()
  const add = (by: SameBy, own: ReadonlySet<string>, screenings: readonly AlikeScreening[]): void => {
    for (const { id, at, postId, lane, paperFormId, digest } of screenings) {
      if (paperFormId === stored.id || found.has(id) || !own.has(text(digest))) continue
      const near = isNear(atMs, at.getTime())
      const fromPaper = paperFormId !== null
      found.set(id, {
        by,
        screeningId: id,
        formId: null,
        at: at.toISOString(),
        postId,
        lane,
        fromPaper,
        near,
      })
    }
  }
  add('plate', plates, byPlate)
  add('document', documents, byDocument)
  return [...found.values()]
}

const distance = (atMs: number | undefined, { at }: PaperLikeness): number =>
  atMs === undefined || at === null ? 0 : Math.abs(Date.parse(at) - atMs)

/**
 * What of the same day each form may be: recorded by a phone or from paper, or keyed twice. Nothing follows from it but
 * that somebody has to look.
 * @param forms  all of the post and day, so that those that were keyed twice are found
 */
export const findAlike = async (
  context: ServerContext,
  transaction: AreaTransaction,
  place: PaperDay,
  forms: readonly OpenedForm[],
): Promise<ReadonlyMap<string, readonly PaperLikeness[]>> => {
  const known = await knownForms(context, transaction, place, forms)
  const digests = (of: (one: Known) => ReadonlySet<string>): Buffer[] =>
    known.flatMap((one) => [...of(one)].map((digest) => Buffer.from(digest, 'base64')))
  const byPlate = await findByPlates(
    transaction,
    place,
    digests(({ plates }) => plates),
  )
  const byDocument = await findByDocuments(
    transaction,
    place,
    digests(({ documents }) => documents),
  )
  return new Map(
    known.map((one) => {
      const screenings = likeScreenings(one, byPlate, byDocument)
      const ofForms = new Set(known.flatMap(({ opened }) => opened.stored.screening_id ?? []))
      // A form that was recorded is told as a form, once.
      const alike = [
        ...likeForms(one, known, place),
        ...screenings.filter(({ screeningId }) => screeningId === null || !ofForms.has(screeningId)),
      ]
      const told = alike
        .toSorted((a, b) => Number(b.near) - Number(a.near) || distance(one.atMs, a) - distance(one.atMs, b))
        .slice(0, mostTold)
      return [one.opened.stored.id, told]
    }),
  )
}
