import { mkdirSync } from 'node:fs'
import { signIn } from '@guankou/contract/access/session.ts'
import { createClient, frontHeader } from '@guankou/contract/client.ts'
import { orderQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import type { Browser } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { launchBrowser, look, openRoundPhone, type RoundPhone, shots } from './round-phone.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
  ;[system, browser] = await Promise.all([startRunningSystem(), launchBrowser()])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const district = 440402

const dayMs = 86_400_000
const name = '欧阳在家'
const localDay = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 10)

/** Orders somebody to stay at home, two days ago, behind a door of the demo; nobody has heard of them since. */
const orderTwoDaysAgo = async (address: string): Promise<string> => {
  const printed = await system.ask('sign-in-link', '--login', 'commander')
  const token = /#token=(\S+)/.exec(printed)?.[1] ?? ''
  const signedIn = await fetch(`${system.origin}${signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [frontHeader]: 'console' },
    body: JSON.stringify({ token }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const client = createClient(fetch, { base: system.origin, headers: { cookie } })
  const atMs = Date.now() - 2 * dayMs
  const id = v7({ msecs: atMs })
  const occurredAt = new Date(atMs).toISOString()
  const made = await client.call(orderQuarantine, {
    body: {
      ...{ kind: 'quarantine.order', schemaVersion: 1, id, jurisdiction: district, occurredAt },
      ...{ responseId: 'covid-19-like', site: 'home', lastExposureOn: localDay(atMs - dayMs) },
      person: { name, address },
    },
  })
  if (made.is !== 'ok') throw new Error(JSON.stringify(made))
  return id
}

/** The household that the server, by its own clock, sends somebody to. */
const doorOf = async (quarantineId: string): Promise<string> => {
  let householdId = ''
  const seek = async (): Promise<string> => {
    const { rows } = await system.db.pool.query<{ id: string }>(
      'select household_id as id from quarantine_doors where quarantine_id = $1 and asked_at is not null',
      [quarantineId],
    )
    householdId = rows[0]?.id ?? ''
    return householdId
  }
  await expect.poll(seek, { timeout: 60_000, interval: 1_000 }).not.toBe('')
  return householdId
}

/** The phone of the health worker whose team goes there: both go to that cell, and its doors are divided between them. */
const openPhoneOf = async (householdId: string, locale?: string): Promise<RoundPhone> => {
  for (const team of [1, 2]) {
    const phone = await openRoundPhone(system, browser, `demo-community-${team}-health`, locale)
    const link = phone.page.locator(`a[href$="/round/${householdId}"]`).first()
    if ((await link.count()) > 0) {
      await link.click()
      return phone
    }
    await phone.context.close()
  }
  throw new Error('no team goes there')
}

const contactsOf = async (quarantineId: string) =>
  (
    await system.db.pool.query<{ way: string; result: string; temperature_celsius: number | null }>(
      `select way, result, temperature_celsius from quarantine_facts
       where quarantine_id = $1 and kind = 'contact' and recorded_at > now() - interval '10 minutes' and way <> 'call'
       order by at`,
      [quarantineId],
    )
  ).rows

describe('a quarantine check at the door', () => {
  it('is on the round with day and questions, in vain and then made without a network, and ends the ladder', async () => {
    const quarantineId = await orderTwoDaysAgo('翠湖苑3栋2单元201')
    const householdId = await doorOf(quarantineId)
    // The household of that address is on file; its door becomes due for this as well.
    expect(householdId).not.toBe(quarantineId)
    const english = await openPhoneOf(householdId, 'en-GB')
    await english.page.getByText(/day \d+ of \d+/).waitFor()
    await english.page.getByText(/To ask or look for: temperature/).waitFor()
    await look(english.page, 'check-door-en')
    await english.context.close()

    const { context, page } = await openPhoneOf(householdId)
    await page.getByText(/第 \d+ 天 \/ 共 \d+ 天/).waitFor()
    await look(page, 'check-door')
    await context.setOffline(true)
    await page.getByRole('button', { name: /^无人在家/ }).click()
    await page.getByText(/无人在家（第 1 次）/).waitFor()
    expect(await contactsOf(quarantineId)).toEqual([])

    await page.getByRole('button', { name: '门开了，开始入户' }).click()
    const record = page.getByRole('button', { name: '记下这一部分' })
    await record.waitFor()
    expect(await record.isDisabled()).toBe(true)
    await page.getByLabel('见到本人').check()
    await page
      .getByLabel(/体温 ℃$/)
      .first()
      .fill('36,6')
    // Of the others who live there it is said that they were not met.
    const others = (await page.getByLabel('不在家', { exact: true }).all()).slice(1)
    for (const away of others) await away.check()
    await look(page, 'check-visit')
    await record.click()
    await page.getByRole('button', { name: '签字确认' }).click()
    await context.setOffline(false)
    await createLaneHand(page).seeState('已同步')
    expect(await contactsOf(quarantineId)).toMatchObject([
      { way: 'police', result: 'no-answer', temperature_celsius: null },
      { way: 'police', result: 'reached', temperature_celsius: 36.6 },
    ])
    const { rows } = await system.db.pool.query(
      'select asked_at from quarantine_doors where quarantine_id = $1',
      [quarantineId],
    )
    expect(rows).toEqual([{ asked_at: null }])
    await context.close()
  }, 240_000)
})
