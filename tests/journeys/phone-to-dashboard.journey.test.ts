import type { ChangeEvent } from '@guankou/contract/changes/change-feed.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A shift without a network: twenty vehicles, one reload in the middle of an entry, and the network back. Each of the
 * ten hops of docs/trace-a-record.md is looked at where it happens.
 */
const vehicles = 20
const peopleIn = (vehicle: number): number => 1 + (vehicle % 4)
const people = Array.from({ length: vehicles }, (_, vehicle) => peopleIn(vehicle)).reduce((a, b) => a + b, 0)
/** This vehicle's driver has a fever at the first reading. */
const febrileVehicle = 7
/** The page is loaded anew while this one is half entered. */
const reloadedVehicle = 10

const plateOf = (vehicle: number): string => `A${String(vehicle).padStart(4, '0')}`

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-sync',
      ],
    }),
  ])
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const kpi = async (page: Page, name: string): Promise<number> =>
  Number(await page.getByRole('article', { name, exact: true }).locator('data').getAttribute('value'))

/** Rows of one store of the phone's database as text, bytes included. A script, for it runs in the page. */
const rowsOnPhone = (page: Page, store: string): Promise<string[]> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const asText = (value) => JSON.stringify(value, (_, inner) =>
      inner instanceof ArrayBuffer || ArrayBuffer.isView(inner) ? new TextDecoder().decode(inner) : inner)
    const opening = indexedDB.open('guankou-field')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('${store}').objectStore('${store}').getAll()
      reading.onsuccess = () => resolve(reading.result.map(asText)) ?? opening.result.close()
    }
  })`)

type Pushed = {
  readonly commands: { readonly id: string; readonly conveyance: { readonly plate: string } }[]
}

describe('from a car at the barrier to the commander’s screen', () => {
  it('brings twenty vehicles recorded without a network to the console, each once and exactly counted', async () => {
    const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    const consolePage = await desk.newPage()
    await consolePage.goto(system.consoleLink)
    await consolePage.getByText('实时').waitFor({ timeout: 60_000 })
    expect(await kpi(consolePage, '查验车辆')).toBe(0)

    const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
    const page = await phone.newPage()
    const pushes: Pushed[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/sync/push')) pushes.push(request.postDataJSON() as Pushed)
    })
    await page.goto(system.fieldLink)
    await page.getByRole('button', { name: /卡口/ }).first().click()
    await page.getByRole('button', { name: '1 车道' }).click()
    await page.getByRole('group', { name: '车牌键盘' }).waitFor()
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    const hand = createLaneHand(page)
    await phone.setOffline(true)
    await hand.seeState('离线')

    for (let vehicle = 0; vehicle < vehicles; vehicle += 1) {
      if (vehicle > 0) await hand.next()
      if (vehicle === febrileVehicle) {
        // Hop 2: the disposition is decided on the phone, with its reason in words.
        await hand.enterPlateAndPeople(plateOf(vehicle), peopleIn(vehicle))
        await hand.press('379')
        for (let person = 1; person < peopleIn(vehicle); person += 1) {
          await page
            .getByRole('button', { name: /未测，点按测量/ })
            .first()
            .click()
          await hand.press('365')
        }
        await hand.finish('复测')
      } else if (vehicle === reloadedVehicle) {
        // Hop 1: what is half entered survives the reload of the page, without a network.
        await hand.enterPlateAndPeople(plateOf(vehicle), peopleIn(vehicle))
        await page.reload()
        await page.getByRole('button', { name: new RegExp(`车牌 粤C·${plateOf(vehicle)}`) }).waitFor()
        await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
        await hand.finish('通过')
      } else await hand.recordWell(plateOf(vehicle), peopleIn(vehicle))
    }
    await hand.seeState(`待传 ${vehicles}`)

    // Hop 3: entries and what the records screen shows lie in the phone's database, and no plate can be read there.
    const commands = await rowsOnPhone(page, 'commands')
    expect(commands).toHaveLength(vehicles)
    expect(await rowsOnPhone(page, 'screenings')).toHaveLength(vehicles)
    expect(commands.join()).not.toContain(plateOf(3))
    expect(await kpi(consolePage, '查验车辆')).toBe(0)

    // Hop 4: the upload machine sends and settles everything once the network is back.
    await phone.setOffline(false)
    await hand.seeState('已同步')

    // Hop 5: what went over the line is the contract's push, every id in the order of the lane and once.
    const sent = pushes.flatMap((push) => push.commands)
    expect([...new Set(sent.map((command) => command.conveyance.plate))]).toEqual(
      Array.from({ length: vehicles }, (_, vehicle) => `粤C${plateOf(vehicle)}`),
    )
    const ids = [...new Set(sent.map((command) => command.id))]
    expect(ids).toHaveLength(vehicles)
    expect(ids).toEqual([...ids].sort())

    // Hop 6: the endpoint lets nobody in without a session.
    const stranger = await fetch(`${system.origin}/api/sync/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-guankou-client': 'field' },
      body: JSON.stringify(pushes[0]),
    })
    expect(stranger.status).toBe(401)

    // Hops 7 and 8: decided again, sealed, and written once with roll-ups, audit and outbox in one commit.
    const { query } = system.db
    const stored = await query.selectFrom('screenings').selectAll().orderBy('occurred_at').execute()
    expect(stored.map((row) => row.id)).toEqual(ids)
    expect(stored.reduce((sum, row) => sum + row.traveller_count, 0)).toBe(people)
    expect(stored.filter((row) => row.disposition === 'second-check').map((row) => row.id)).toEqual([
      ids[febrileVehicle],
    ])
    expect(
      Buffer.concat(stored.map((row) => row.plate_sealed ?? Buffer.alloc(0))).toString('latin1'),
    ).not.toContain(plateOf(3))
    const audited = await query
      .selectFrom('audit_entries')
      .select('subject')
      .where('action', '=', 'screening.record')
      .where('outcome', '=', 'new')
      .execute()
    expect(audited.map((row) => row.subject).sort()).toEqual(ids)
    const changes = await query.selectFrom('outbox').select('payload').execute()
    const announced = changes
      .map((row) => row.payload as unknown as ChangeEvent)
      .map((change) => (change.topic === 'screenings' ? change.screenings : 0))
    expect(announced.reduce((sum, screenings) => sum + screenings, 0)).toBe(vehicles)
    expect(await system.run('rollups', 'verify')).toBe(0)

    // Hops 9 and 10: the change feed reached the console, which shows exactly these counts without a reload.
    await expect.poll(() => kpi(consolePage, '查验车辆')).toBe(vehicles)
    await expect.poll(() => kpi(consolePage, '查验人员')).toBe(people)
    await consolePage.getByRole('listitem').filter({ hasText: '复测' }).first().waitFor()
    await phone.close()
    await desk.close()
  }, 240_000)
})
