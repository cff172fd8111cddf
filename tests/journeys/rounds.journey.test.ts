import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
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

const openPhone = (login: string, locale?: string): Promise<RoundPhone> =>
  openRoundPhone(system, browser, login, locale)

const synced = (page: Page): Promise<void> => createLaneHand(page).seeState('已同步')

const toDoors = (page: Page): Promise<void> => page.getByRole('link', { name: '返回户门' }).click()

const addPerson = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: '添加成员' }).click()
  await page.getByLabel('姓名', { exact: true }).fill(name)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('listitem').filter({ hasText: name }).first().waitFor()
}

const happeningsOf = async (): Promise<readonly string[]> =>
  (
    await system.db.pool.query<{ kind: string }>(
      "select kind from household_facts where recorded_at > now() - interval '1 hour' and occurred_at > now() - interval '12 hours' order by occurred_at",
    )
  ).rows.map(({ kind }) => kind)

describe('a day of a team', () => {
  it('goes offline from door to door: outcome, new door, visit of three parts on one phone, undoing; then all is sent', async () => {
    const { context, page } = await openPhone('demo-community-1-street')
    await look(page, 'round-list')
    await page.getByRole('button', { name: '楼图' }).click()
    await look(page, 'round-map')
    await page.getByRole('button', { name: '户门', exact: true }).click()
    await context.setOffline(true)

    await page.getByRole('link', { name: /^下一户/ }).click()
    await page.getByRole('button', { name: '门开了，开始入户' }).waitFor()
    await look(page, 'door')
    await page.getByRole('button', { name: /^无人在家/ }).click()
    await page.getByText(/无人在家（第 1 次） → 再上门/).waitFor()
    await toDoors(page)
    await page.getByText('稍后再来').first().waitFor()

    await page.getByRole('link', { name: /^下一户/ }).click()
    await page.getByRole('button', { name: /^有狗/ }).click()
    await page.getByText(/有狗（第 1 次）/).waitFor()
    await page.getByRole('button', { name: '撤销刚才' }).click()
    await page.getByText(/有狗（第 1 次）/).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: '门开了，开始入户' }).click()
    await look(page, 'visit-street')
    await page.getByLabel('已讲解防疫要求').check()
    await page.getByRole('button', { name: '记下这一部分' }).click()
    await page.getByRole('button', { name: '签字确认' }).click()
    await page.getByRole('button', { name: /^卫生/ }).click()
    await page.getByRole('button', { name: '第1组卫生' }).click()
    await page
      .getByLabel(/体温 ℃$/)
      .first()
      .fill('36.5')
    // Another part is looked at, and the page is left: what was measured waits.
    await page.getByRole('button', { name: /^街道/ }).click()
    await toDoors(page)
    await page.getByRole('link', { name: /^下一户/ }).click()
    await page.getByRole('button', { name: /^卫生/ }).click()
    await page.getByRole('button', { name: '第1组卫生' }).click()
    expect(
      await page
        .getByLabel(/体温 ℃$/)
        .first()
        .inputValue(),
    ).toBe('36.5')
    const others = (await page.getByLabel('不在家', { exact: true }).all()).slice(1)
    for (const away of others) await away.check()
    await look(page, 'visit-health')
    await page.getByRole('button', { name: '记下这一部分' }).click()
    await page.getByRole('button', { name: '签字确认' }).click()
    await page.getByText('已完成').first().waitFor()
    await look(page, 'complete')
    await toDoors(page)
    await page.getByText(/完成 1 \/ \d+ 户/).waitFor()

    await page.getByRole('button', { name: '新户' }).click()
    await page.getByLabel('新户的地址').fill('翠湖苑3栋2单元1101')
    await page.getByText(/层: 11/).waitFor()
    await look(page, 'new-door')
    await page.getByRole('button', { name: '建户' }).click()
    await page.getByRole('button', { name: '添加成员' }).click()
    await page.getByLabel('姓名', { exact: true }).fill('王小')
    await page.getByText('可能是同一人，请核对：').waitFor()
    await look(page, 'duplicates')
    await page.getByLabel('姓名', { exact: true }).fill('wang xiao')
    await page
      .getByText(/读音相同/)
      .first()
      .waitFor()
    await page.getByLabel('姓名', { exact: true }).fill('新来客')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('listitem').filter({ hasText: '新来客' }).first().waitFor()
    expect(await happeningsOf()).not.toContain('visit-opened')

    await page.reload()
    await page.getByRole('listitem').filter({ hasText: '新来客' }).first().waitFor()
    await context.setOffline(false)
    await synced(page)
    const kinds = await happeningsOf()
    for (const kind of [
      'door-outcome',
      'undone',
      'visit-opened',
      'part-done',
      'visit-signed',
      'household-opened',
    ])
      expect(kinds).toContain(kind)
    const { rows } = await system.db.pool.query<{ complete: number }>(
      'select count(*)::integer as complete from household_states where complete_at is not null',
    )
    expect(rows).toEqual([{ complete: 1 }])
    await context.close()

    const english = await openPhone('demo-community-1-health', 'en-GB')
    await look(english.page, 'round-list-en')
    await english.page.getByRole('link', { name: /^Next:/ }).click()
    await english.page.getByRole('button', { name: /The door opened/ }).waitFor()
    await look(english.page, 'door-en')
    const door = await english.page.getByRole('heading', { level: 1 }).textContent()
    await english.page.getByRole('link', { name: 'Have the desk partner look this address up' }).click()
    await english.page.getByRole('button', { name: 'Open a pairing' }).click()
    await english.page.getByText('Tell your partner this code').waitFor()
    expect(await english.page.getByLabel('Number or address').inputValue()).toBe(door)
    expect(await english.page.getByLabel('Kind').inputValue()).toBe('address')
    await english.page.getByRole('button', { name: 'Tell', exact: true }).click()
    await english.page.getByText(`Address ${door}`).waitFor()
    await look(english.page, 'partner-en')
    await english.page.getByRole('link', { name: 'Back to the door' }).click()
    await english.page.getByRole('button', { name: /The door opened/ }).waitFor()
    await english.context.close()
  }, 240_000)
})

describe('two teams', () => {
  it('change one household apart from each other offline, and both facts stand', async () => {
    const one = await openPhone('demo-community-1-police')
    const two = await openPhone('demo-community-2-street')
    await one.page.getByRole('link', { name: /^下一户/ }).click()
    await one.page.getByRole('button', { name: '添加成员' }).waitFor()
    // The other team stands before the same door: it lies in a grid cell of theirs too, though not in their round.
    await two.page.goto(one.page.url())
    await two.page.getByRole('button', { name: '添加成员' }).waitFor()
    await one.context.setOffline(true)
    await two.context.setOffline(true)
    await addPerson(one.page, '甲先到')
    await addPerson(two.page, '乙后到')
    await two.context.setOffline(false)
    await synced(two.page)
    await one.context.setOffline(false)
    await synced(one.page)
    for (const { page } of [one, two]) {
      await page.getByRole('listitem').filter({ hasText: '甲先到' }).first().waitFor({ timeout: 90_000 })
      await page.getByRole('listitem').filter({ hasText: '乙后到' }).first().waitFor({ timeout: 90_000 })
    }
    await one.context.close()
    await two.context.close()
  }, 240_000)
})
