import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
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

/** The door that a ladder of the demo sends somebody to. */
const dueDoor = async (): Promise<{ readonly quarantineId: string; readonly householdId: string }> => {
  const { rows } = await system.db.pool.query<{ quarantine_id: string; household_id: string }>(
    'select quarantine_id, household_id from quarantine_doors where jurisdiction = $1 and asked_at is not null',
    [district],
  )
  const [door] = rows
  if (door === undefined) throw new Error('nobody is sent to anybody in quarantine')
  return { quarantineId: door.quarantine_id, householdId: door.household_id }
}

/** The phone of the health worker whose team goes there: where nobody knows the estate it may be either. */
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
    const { quarantineId, householdId } = await dueDoor()
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
    await page.getByText('见到本人').click()
    await page
      .getByLabel(/体温 ℃$/)
      .first()
      .fill('36,6')
    await look(page, 'check-visit')
    await record.click()
    await page.getByRole('button', { name: '签字确认' }).click()
    await context.setOffline(false)
    await createLaneHand(page).seeState('已同步')
    expect(await contactsOf(quarantineId)).toMatchObject([
      { result: 'no-answer', temperature_celsius: null },
      { result: 'reached', temperature_celsius: 36.6 },
    ])
    const { rows } = await system.db.pool.query(
      'select asked_at from quarantine_doors where quarantine_id = $1',
      [quarantineId],
    )
    expect(rows).toEqual([{ asked_at: null }])
    await context.close()
  }, 240_000)
})
