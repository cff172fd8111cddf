import { errors, isErrorCode } from '@guankou/contract/errors.ts'
import type { PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import type {
  PaperForm,
  PaperLikeness,
  PaperState,
  ShownForm,
  TakeBackGround,
} from '@guankou/contract/paper/form.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { paperProblemsOf } from '@guankou/domain/paper/read-form.ts'
import { normalService, serviceText } from '@guankou/domain/screening/service.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { normalField } from '#src/use-cases/identity/normal-field.ts'
import type { OpenedForm } from '#src/use-cases/paper/find-alike.ts'
import type { PaperDay } from '#src/use-cases/paper/paper-place.ts'

const cover = (field: 'name' | 'document' | 'phone', text: string | undefined) =>
  text === undefined ? [] : [{ field, masked: maskField(field, normalField(field, text)) }]

/** A form with what names somebody covered: whoever mends it has the paper. */
export const coverForm = ({ serial, time, lane, conveyance, people }: PaperForm): ShownForm => ({
  ...(serial === undefined ? {} : { serial }),
  ...(time === undefined ? {} : { time }),
  lane,
  conveyance: {
    kind: conveyance.kind,
    withoutPlate: conveyance.withoutPlate === true,
    plateMasked:
      conveyance.plate === undefined ? null : maskField('plate', normalField('plate', conveyance.plate)),
    serviceMasked:
      conveyance.service === undefined
        ? null
        : maskField('service', serviceText(normalService(conveyance.service))),
  },
  people: people.map(({ name, phone, document, asKept: _, ...found }) => ({
    ...found,
    documentKind: document.kind,
    covered: [...cover('name', name), ...cover('document', document.number), ...cover('phone', phone)],
  })),
})

const refusalOf = (code: string | null, path: string | null): PaperFormView['refusal'] =>
  code === null ? null : { code, path, text: errors[isErrorCode(code) ? code : 'INTERNAL'].text }

/** @param names  of who keyed it   @param alike  what it may be */
export const showForm = (
  { stored, form }: OpenedForm,
  {
    place,
    names,
    alike,
    nowMs,
  }: {
    readonly place: PaperDay
    readonly names: OfficerNames
    readonly alike: readonly PaperLikeness[]
    readonly nowMs: number
  },
): PaperFormView => {
  const { screening_id: screeningId, screening_at: at, disposition } = stored
  return {
    id: stored.id,
    revision: stored.revision,
    state: stored.state as PaperState,
    keptAt: stored.kept_at.toISOString(),
    keyedBy: officerOf(names, stored.kept_by).officer,
    changedAt: stored.changed_at.toISOString(),
    form: form === null ? null : coverForm(form),
    serial: stored.serial,
    problems: form === null ? [] : [...paperProblemsOf(form, place, nowMs)],
    alike: [...alike],
    refusal: stored.state === 'rejected' ? refusalOf(stored.refusal_code, stored.refusal_path) : null,
    recorded:
      screeningId === null || at === null || disposition === null
        ? null
        : { screeningId, at: at.toISOString(), disposition: disposition as Disposition },
    ground: stored.ground as TakeBackGround | null,
  }
}
