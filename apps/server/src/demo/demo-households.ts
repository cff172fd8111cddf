import { createHash } from 'node:crypto'
import type { HouseholdHappening, Member } from '@guankou/contract/households/record-household-fact.ts'
import { roleOfPart, visitPartNames, visitParts } from '@guankou/contract/households/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { insertHouseholdTask } from '@guankou/db/queries/households/tasks.ts'
import { insertTeam, readTeams } from '@guankou/db/queries/households/teams.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { findTrafficActor } from '#src/demo/traffic.ts'
import { recordHouseholdFact } from '#src/use-cases/households/record-household-fact.ts'
import { readPlaces } from '#src/use-cases/places/read-places.ts'

const demoSeed = 20_200_124
const district = 440402
const dayMs = 86_400_000

/** The login of somebody of a demo team. */
export const demoTeamLogin = (team: number, part: string): string => `demo-community-${team}-${part}`

/** Estates with the place of their first building: invented, in the district, and in no order of their numbers. */
const estates = [
  { estate: '翠湖苑', longitude: 113.552, latitude: 22.262, buildings: ['1栋', '2栋', '3栋'] },
  { estate: '海悦湾', longitude: 113.561, latitude: 22.255, buildings: ['A座', 'B座'] },
] as const

const familyNames = ['王', '李', '张', '刘', '陈', '杨', '黄', '吴', '赵', '周', '罗', '欧阳']
const givenNames = ['小明', '丽华', '志强', '秀英', '国栋', '美玲', '子轩', '雅婷']

const idOf = (what: string): string => {
  const hex = createHash('sha256').update(`demo-households|${what}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The three of a team, made where there are none: invented. */
const teamOf = async ({ db }: ServerContext, team: number, base: Actor): Promise<readonly Actor[]> => {
  const members: Actor[] = []
  for (const part of visitParts) {
    const login = demoTeamLogin(team, part)
    const { zh, en } = visitPartNames[part]
    const name = { zh: `第${team}组${zh}`, en: `Team ${team} ${en}` }
    const account = { id: idOf(login), login, name, role: roleOfPart[part], areaCode: district, crew: null }
    if ((await findAccountByLogin(db.query, login)) === undefined) await insertAccounts(db.query, [account])
    members.push({ ...base, ...account, accountId: account.id })
  }
  return members
}

const addresses = () =>
  estates.flatMap(({ estate, longitude, latitude, buildings }, cell) =>
    buildings.flatMap((building, place) =>
      [1, 2].flatMap((stair) =>
        [2, 5, 9].flatMap((floor) =>
          [1, 2].map((door) => ({
            cell,
            address: {
              estate,
              building,
              stair: `${stair}单元`,
              floor: String(floor),
              door: `${floor}0${door}`,
              longitude: longitude + ((place * 2) % 3) * 0.0008,
              latitude: latitude + (place % 2) * 0.0006,
            },
          })),
        ),
      ),
    ),
  )

const memberAt = (index: number, place: number): Member =>
  ({
    name: `${familyNames[index % familyNames.length]}${givenNames[(index * 5 + place * 3) % givenNames.length]}`,
    relation: place === 0 ? 'head' : 'spouse',
    phone: `026${String(10_000_000 + index * 7 + place)}`,
    ...(index % 9 === 0 ? { needs: ['lives-alone', 'medicine'] as const satisfies Member['needs'] } : {}),
    ...(index % 7 === 0 && place === 0
      ? { exposure: { stays: [{ originCode: 420100, until: '2020-01-22' }], contact: false } }
      : {}),
  }) as Member

type Say = (happening: HouseholdHappening, householdId?: string) => Promise<string>

/** Records what a maker found the day before, one moment after the other. */
const sayAs = (context: ServerContext, maker: Actor, responseId: string): Say => {
  const fromMs = context.now() - dayMs
  let serial = 0
  return async (happening, householdId) => {
    const atMs = fromMs + serial
    serial += 1
    const id = uuidV7FromRandom(atMs, streamOf(demoSeed, serial))
    await recordHouseholdFact(context, maker, {
      kind: 'households.record',
      schemaVersion: 1,
      id,
      jurisdiction: district,
      householdId: householdId ?? id,
      occurredAt: new Date(atMs).toISOString(),
      responseId,
      happening,
    })
    return id
  }
}

const openDoors = async (say: Say, cellIds: readonly number[]): Promise<void> => {
  for (const [index, { cell, address }] of addresses().entries()) {
    const household = await say({ is: 'household-opened', gridCellId: cellIds[cell] ?? 0, address })
    for (let place = 0; place < 1 + (index % 2); place += 1)
      await say({ is: 'member-added', member: memberAt(index, place) }, household)
  }
}

/** Both teams go to both cells, so that their doors are divided between them. */
const sendTeams = (
  { db, now, reference }: ServerContext,
  teams: readonly (readonly Actor[])[],
  { cellIds, decidedBy }: { readonly cellIds: number[]; readonly decidedBy: string },
): Promise<void> => {
  const atMs = now()
  const { day } = daySlotOf(reference.current().jurisdiction(district)?.timeZone ?? 'UTC', atMs)
  return inArea(db, district, async (tx) => {
    for (const cellId of cellIds)
      await insertHouseholdTask(tx, {
        jurisdiction: district,
        id: uuidV7FromRandom(atMs - dayMs, streamOf(demoSeed, 900_000 + cellId)),
        grid_cell_id: cellId,
        task: 'rescreen',
        due_by: addDays(day, 1),
        asked_at: new Date(atMs - dayMs),
        asked_by: decidedBy,
      })
    for (const [index, members] of teams.entries())
      await insertTeam(tx, {
        jurisdiction: district,
        id: index + 1,
        version: 1,
        name_zh: `香洲第${index + 1}走访组`,
        name_en: `Xiangzhou team ${index + 1}`,
        account_ids: members.map(({ accountId }) => accountId),
        grid_cell_ids: cellIds,
        decided_at: new Date(atMs),
        decided_by: decidedBy,
      })
  })
}

/**
 * Two estates with their households, two community teams and what they are asked to visit; once, where there are no teams
 * yet. All of it is made up.
 */
export const loadDemoHouseholds = async (context: ServerContext): Promise<void> => {
  const { db, reference } = context
  const base = await findTrafficActor(db)
  // Made whatever comes after, so that their sign-in links can be printed.
  const teams = [await teamOf(context, 1, base), await teamOf(context, 2, base)]
  const known = await inArea(db, district, (tx) => readTeams(tx, [district]))
  const [response] = reference.current().responses
  const maker = teams[0]?.[1]
  if (known.length > 0 || response === undefined || maker === undefined) return
  const { gridCells } = await readPlaces(context, { ...base, areaCode: district })
  const cellIds = gridCells
    .filter(({ jurisdiction }) => jurisdiction === district)
    .slice(0, estates.length)
    .map(({ id }) => id)
  await openDoors(sayAs(context, maker, response.id), cellIds)
  await sendTeams(context, teams, { cellIds, decidedBy: maker.accountId })
}
