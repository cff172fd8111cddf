import { randomUUID } from 'node:crypto'
import { bulkInsert } from '@guankou/db/bulk-insert.ts'
import type { Database } from '@guankou/db/database.ts'
import { ensurePartitions } from '@guankou/db/partitions.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { allOrigins } from '@guankou/geodata/divisions/origins.ts'
import { fieldPlace, type IdentitySealer } from '@guankou/server/identity/identity-sealer.ts'
import { below, happens, pick, streamOf } from '@guankou/simulator/random/stream.ts'
import { v7 } from 'uuid'

export type OnFileOptions = {
  readonly people: number
  readonly jurisdictions: readonly number[]
  readonly today: string
  readonly responseId: string
  /** Area that changed rules will name; `share` of people stayed there. */
  readonly area: number
  readonly share: number
}

type Row = {
  readonly jurisdiction: number
  readonly at: string
  readonly id: string
  readonly day: string
  readonly seat: number
  readonly origin: number
  readonly exposures: string
  readonly name: Buffer
  readonly phone: Buffer | null
  readonly document: Buffer
}

const key = [
  { name: 'jurisdiction', type: 'integer', value: (r: Row) => r.jurisdiction },
  { name: 'occurred_at', type: 'timestamptz', value: (r: Row) => r.at },
] as const
const fixed = (name: string, type: string, value: string | number | boolean) => ({
  name,
  type,
  value: () => value,
})

const carInsert = (responseId: string) =>
  bulkInsert<Row>('screenings', [
    ...key,
    { name: 'id', type: 'uuid', value: (r) => r.id },
    { name: 'recorded_at', type: 'timestamptz', value: (r) => r.at },
    { name: 'started_at', type: 'timestamptz', value: (r) => r.at },
    { name: 'day', type: 'date', value: (r) => r.day },
    fixed('slot', 'smallint', 30),
    fixed('post_id', 'integer', 1),
    fixed('lane', 'smallint', 1),
    fixed('response_id', 'text', responseId),
    fixed('rules_version', 'integer', 4),
    fixed('conveyance_kind', 'text', 'car'),
    fixed('disposition', 'text', 'passed'),
    { ...fixed('rule_ids', 'text', ''), expression: "string_to_array(?, ',')" },
    fixed('traveller_count', 'smallint', 2),
    fixed('febrile_count', 'smallint', 0),
    fixed('account_id', 'uuid', randomUUID()),
    { name: 'content_digest', type: 'bytea', value: () => Buffer.alloc(0) },
  ])

const personInsert = bulkInsert<Row>('screening_travellers', [
  ...key,
  { name: 'screening_id', type: 'uuid', value: (r) => r.id },
  { name: 'seat', type: 'smallint', value: (r) => r.seat },
  { name: 'origin_code', type: 'integer', value: (r) => r.origin },
  fixed('origin_evidence', 'text', 'declared'),
  fixed('fever', 'text', 'none'),
  fixed('exposure', 'text', 'none'),
  fixed('contact_with_case', 'boolean', false),
  fixed('disposition', 'text', 'passed'),
  { ...fixed('rule_ids', 'text', ''), expression: "string_to_array(?, ',')" },
  { ...fixed('symptoms', 'text', ''), expression: "string_to_array(?, ',')" },
  { ...fixed('readings', 'text', '[]'), expression: '?::jsonb' },
  { name: 'exposures', type: 'text', expression: '?::jsonb', value: (r) => r.exposures },
  fixed('document_kind', 'text', 'passport'),
  { name: 'document_sealed', type: 'bytea', value: (r) => r.document },
  { name: 'name_sealed', type: 'bytea', value: (r) => r.name },
  { name: 'phone_sealed', type: 'bytea', value: (r) => r.phone },
])

const seatsPerCar = 2
const peopleAtOnce = 5_000
const days = 14

/** Draws people, one in twelve of them somebody who was here before, and seals what names them as the server does. */
const createDraw = (sealer: IdentitySealer, options: OnFileOptions) => {
  const random = streamOf(20_261_130)
  const origins = allOrigins().filter(({ code }) => code < 700_000 && code !== options.area)
  let named = 0
  const stayOf = (day: string, isReached: boolean): string => {
    if (!isReached && !happens(random, 0.3)) return '[]'
    const areaCode = isReached ? options.area : pick(random, origins).code
    const leftOn = addDays(day, -1 - below(random, 8))
    return JSON.stringify([{ areaCode, leftOn, evidence: 'declared' }])
  }
  const draw = async (serial: number, car: Pick<Row, 'jurisdiction' | 'at' | 'id' | 'day'>): Promise<Row> => {
    const seat = (serial % seatsPerCar) + 1
    const isKnown = serial > 1_000 && happens(random, 1 / 12)
    const number = String(isKnown ? below(random, serial) : serial).padStart(8, '0')
    const isReached = happens(random, options.share)
    if (isReached) named += 1
    const seal = (field: string, text: string) => sealer.sealText(car, fieldPlace(car.id, seat, field), text)
    return {
      ...car,
      seat,
      origin: pick(random, origins).code,
      exposures: stayOf(car.day, isReached),
      name: await seal('name', `旅客${number}`),
      phone: happens(random, 0.05) ? null : await seal('phone', `138${number}`),
      document: await seal('document', `E${number}`),
    }
  }
  return { draw, random, named: () => named }
}

/** Puts people on file over two weeks, with names, phones and documents that open. @returns those who stayed in the area */
export const fillFile = async (
  db: Database,
  sealer: IdentitySealer,
  options: OnFileOptions,
  told: (people: number) => void,
): Promise<number> => {
  const { people, jurisdictions, today, responseId } = options
  const from = addDays(today, -days)
  await ensurePartitions(
    db.pool,
    Array.from({ length: days + 2 }, (_, at) => addDays(from, at)),
  )
  const { draw, random, named } = createDraw(sealer, options)
  const cars = carInsert(responseId)
  let rows: Row[] = []
  let car: Pick<Row, 'jurisdiction' | 'at' | 'id' | 'day'> | undefined
  const write = async (): Promise<void> => {
    await db.pool.query(cars.text, cars.values(rows.filter(({ seat }) => seat === 1)))
    await db.pool.query(personInsert.text, personInsert.values(rows))
    rows = []
  }
  for (let serial = 0; serial < people; serial += 1) {
    if (car === undefined || serial % seatsPerCar === 0) {
      const day = addDays(today, -below(random, days))
      // Four in the morning in UTC is noon of the same day here.
      const atMs = Date.parse(`${day}T04:00:00.000Z`) + below(random, 3_600_000)
      car = {
        jurisdiction: pick(random, jurisdictions),
        at: new Date(atMs).toISOString(),
        id: v7({ msecs: atMs }),
        day,
      }
    }
    rows.push(await draw(serial, car))
    if (rows.length >= peopleAtOnce) await write()
    if (serial % 100_000 === 99_999) told(serial + 1)
  }
  if (rows.length > 0) await write()
  return named()
}
