import type { PaperForm, PaperPerson, PaperProblem } from '@guankou/contract/paper/form.ts'
import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import { platedConveyances, scheduledConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { utcOffsetMinutes } from '#src/places/calendar.ts'
import { normalisePlate } from '#src/screening/plates.ts'

/** Two records of one vehicle or person within this time may be one: hands and clocks on paper are not exact. */
export const nearMinutes = 120

/**
 * The instant of a local time of a day. Where clocks go forward over it the time after is meant, where they go back the first.
 * @param time  HH:MM
 */
export const localInstantMs = (timeZone: string, day: string, time: string): number => {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const guess = asUtc - utcOffsetMinutes(timeZone, asUtc) * 60_000
  return asUtc - utcOffsetMinutes(timeZone, guess) * 60_000
}

const isTooFine = (celsius: number | undefined): boolean =>
  celsius !== undefined && Math.abs(celsius * 10 - Math.round(celsius * 10)) > 1e-6

const personProblems = ({ seat, originCode, readings, noReading }: PaperPerson): PaperProblem[] => [
  ...(originCode === undefined ? [{ code: 'origin-missing' as const, seat }] : []),
  ...(noReading !== true &&
  (readings.length === 0 ||
    readings.some((each) => (each.temperatureCelsius === undefined) === (each.underThreshold === undefined)))
    ? [{ code: 'temperature-missing' as const, seat }]
    : []),
  ...(readings.some(({ temperatureCelsius }) => isTooFine(temperatureCelsius))
    ? [{ code: 'temperature-too-fine' as const, seat }]
    : []),
]

const lacksPlate = ({ kind, plate, withoutPlate }: PaperForm['conveyance']): boolean =>
  platedConveyances.has(kind) && withoutPlate === undefined && normalisePlate(plate ?? '') === ''

/** When and where a form was filled in. */
export type PaperPlace = {
  readonly jurisdiction: number
  readonly postId: number
  readonly day: string
  readonly timeZone: string
}

/** What keeps a form from being recorded, in the order of the paper. @param nowMs  of whoever judges */
export const paperProblemsOf = (
  form: PaperForm,
  { day, timeZone }: Pick<PaperPlace, 'day' | 'timeZone'>,
  nowMs: number,
): readonly PaperProblem[] => {
  const { time, conveyance, people, unfinished } = form
  return [
    ...(unfinished === true ? [{ code: 'unfinished' as const, seat: 0 }] : []),
    ...(time === undefined ? [{ code: 'time-missing' as const, seat: 0 }] : []),
    ...(time !== undefined && localInstantMs(timeZone, day, time) > nowMs
      ? [{ code: 'time-ahead' as const, seat: 0 }]
      : []),
    ...(lacksPlate(conveyance) ? [{ code: 'plate-missing' as const, seat: 0 }] : []),
    ...(people.length === 0 ? [{ code: 'nobody' as const, seat: 0 }] : []),
    ...people.flatMap(personProblems),
  ]
}

/**
 * The id of the screening that a form becomes: its time is that of the screening, the rest that of the form, so that a
 * form which is recorded twice is one screening.
 */
export const screeningIdOf = (formId: string, occurredAtMs: number): string => {
  const hex = occurredAtMs.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}${formId.slice(13)}`
}

/** @param scheduled  whether they came by something that has numbered places and runs */
const travellerOf = (person: PaperPerson, at: string, scheduled: boolean): Traveller => {
  const { seat, name, document, phone, originCode, stays, contactWithCase, symptoms, readings } = person
  const seatLabel = scheduled ? person.seatLabel : undefined
  return {
    seat,
    ...(seatLabel === undefined ? {} : { seatLabel }),
    ...(name === undefined ? {} : { name }),
    document,
    ...(phone === undefined ? {} : { phone }),
    origin: { code: originCode ?? 0, evidence: 'declared' },
    exposures: stays.map((stay) => ({ ...stay, evidence: 'declared' as const })),
    contactWithCase,
    readings: readings.map((reading) => ({ at, ...reading })),
    symptoms,
  }
}

/**
 * The command that a form without problems becomes: decided by the rules of its day, at the time that stands on it. What took
 * how long at the lane is not on paper, so that it starts when it ends.
 */
export const paperCommand = (
  formId: string,
  form: PaperForm,
  { jurisdiction, postId, day, timeZone }: PaperPlace,
  rules: { readonly responseId: string; readonly rulesVersion: number },
): RecordScreening => {
  const occurredAtMs = localInstantMs(timeZone, day, form.time ?? '00:00')
  const occurredAt = new Date(occurredAtMs).toISOString()
  const { kind, plate, withoutPlate, service } = form.conveyance
  // What was keyed before the kind was put right has no place on a car.
  const scheduled = scheduledConveyances.has(kind)
  return {
    kind: 'screening.record',
    schemaVersion: 1,
    id: screeningIdOf(formId, occurredAtMs),
    jurisdiction,
    postId,
    lane: form.lane,
    startedAt: occurredAt,
    occurredAt,
    ...rules,
    conveyance: {
      kind,
      ...(plate === undefined ? {} : { plate }),
      ...(withoutPlate === undefined ? {} : { withoutPlate }),
      ...(service === undefined || !scheduled ? {} : { service }),
    },
    travellers: form.people.map((person) => travellerOf(person, occurredAt, scheduled)),
  }
}

/** A form as it is kept: what was named as kept is taken from the form before. */
export const withKept = (form: PaperForm, before: PaperForm | undefined): PaperForm => {
  const { plateAsKept, serviceAsKept, conveyance, people, ...head } = form
  const plate = plateAsKept === true ? before?.conveyance.plate : conveyance.plate
  const service = serviceAsKept === true ? before?.conveyance.service : conveyance.service
  const { plate: _, service: _service, ...travel } = conveyance
  return {
    ...head,
    conveyance: {
      ...travel,
      ...(plate === undefined ? {} : { plate }),
      ...(service === undefined ? {} : { service }),
    },
    people: people.map(({ asKept = [], ...person }) => {
      const old = before?.people.find(({ seat }) => seat === person.seat)
      const name = asKept.includes('name') ? old?.name : person.name
      const phone = asKept.includes('phone') ? old?.phone : person.phone
      const number = asKept.includes('document') ? old?.document.number : person.document.number
      const { name: _name, phone: _phone, ...rest } = person
      return {
        ...rest,
        ...(name === undefined ? {} : { name }),
        ...(phone === undefined ? {} : { phone }),
        document: { kind: person.document.kind, ...(number === undefined ? {} : { number }) },
      }
    }),
  }
}
