import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readSession } from '@guankou/contract/access/session.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession } from '../faults/line.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem({ runsModels: true }),
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

/** Serious and critical findings of axe-core, by rule and place. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
}

const openConsole = async (): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(system.consoleLink)
  await page.getByRole('navigation').waitFor()
  return page
}

/** Whether anything that a selector finds is wider than the place it has. */
const isCutOff = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .evaluateAll((all) => all.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth))

/** A van in which six have a fever, as a phone sends it that has just come back into the network. */
const aVan = (serial: number, place: { jurisdiction: number; postId: number }) => {
  const nowMs = Date.now()
  const at = (secondsAgo: number): string => new Date(nowMs - secondsAgo * 1000).toISOString()
  const readings = [
    aReading({ at: at(700), temperatureCelsius: 38.4 }),
    aReading({ at: at(30), method: 'ear', temperatureCelsius: 38.3 }),
  ]
  const travellers = Array.from({ length: 6 }, (_, index) => aTraveller({ seat: index + 1, readings }))
  return aScreening({ ...place, occurredAt: at(10), startedAt: at(720), rulesVersion: 4, travellers }, serial)
}

describe('from a cluster of fevers on a phone to an alarm that somebody answers for', () => {
  it('is raised by the detector, comes to the console by itself, and is acknowledged, worked on and closed', async () => {
    const page = await openConsole()
    await page.goto(`${system.origin}/console/monitoring`)
    await page.getByText('没有警报', { exact: true }).waitFor()
    await expect.poll(() => violations(page), { timeout: 60_000 }).toEqual([])

    const token = /token=(\S+)/.exec(system.fieldLink)?.[1] ?? ''
    const person = { login: 'inspector', linkToken: token } as Parameters<typeof openSession>[2]
    const deviceId = v7()
    const phone = await openSession(system.origin, 'field', person, { id: deviceId, label: '测试手机' })
    const session = await phone.client.call(readSession, {})
    const { rows: own } = await system.db.pool.query<{ jurisdiction: number; id: number; name: string }>(
      'select jurisdiction, id, name_zh as name from posts where jurisdiction = $1 order by id limit 1',
      [session.is === 'ok' ? session.value.areaCode : 0],
    )
    const [post] = own
    if (post === undefined) throw new Error('the inspector has no post')
    const place = { jurisdiction: post.jurisdiction, postId: post.id }
    const push = (serial: number) =>
      phone.client.call(pushCommands, {
        body: {
          deviceId,
          sentAt: new Date().toISOString(),
          outbox: { queued: 1, rejected: 0, unreadable: 0 },
          commands: [aVan(serial, place)],
        },
      })
    const pushed = await push(1)
    expect(pushed).toMatchObject({ is: 'ok', value: { outcomes: [{ outcome: 'accepted' }] } })

    const open = page.getByRole('button', { name: `打开警报：发热，${post.name}` })
    await open.waitFor({ timeout: 60_000 })
    const { rows } = await system.db.pool.query<{ count: number }>(
      "select count(*)::integer as count from monitoring_alarms where signal = 'fever'",
    )
    expect(rows).toEqual([{ count: 1 }])
    await page.getByRole('navigation').getByText('1', { exact: true }).waitFor()
    expect(await isCutOff(page, '.rail-link')).toBe(false)

    await page.locator('.heat button').first().waitFor({ timeout: 60_000 })
    expect(await isCutOff(page, '.table-scroll:has(.heat-table)')).toBe(false)
    const hours = page.getByRole('region', { name: '三周小时图' })
    await hours.locator('button[tabindex="0"]').focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: /预期.*查看算法/ })
      .last()
      .waitFor()

    await page.getByLabel('信号').selectOption({ label: '车流偏少' })
    await page.getByText('此处没有警报', { exact: true }).waitFor()
    await page.getByLabel('信号').selectOption({ label: '全部信号' })

    await open.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: /发热/ })
    await drawer.getByText('6 人', { exact: true }).first().waitFor()
    await expect.poll(() => violations(page), { timeout: 60_000 }).toEqual([])
    await drawer.getByRole('button', { name: /得分/ }).first().click()
    const note = page.getByRole('dialog', { name: '警报得分' })
    await note.getByText(/GLR/).waitFor()
    await note.getByText(/版本 1/).waitFor()
    await page.keyboard.press('Escape')
    await note.waitFor({ state: 'detached' })
    await drawer.getByRole('button', { name: '确认', exact: true }).click()
    await drawer.getByRole('button', { name: '调查' }).click()
    await drawer.getByLabel('说明').fill('已联系疾控')
    await drawer.getByRole('button', { name: '添加说明' }).click()
    await drawer.getByText('已联系疾控').waitFor()
    await drawer.getByLabel('原因').selectOption('true-event')
    await drawer.getByRole('button', { name: '关闭警报' }).click()
    await drawer.getByText('已关闭').first().waitFor()
    await expect.poll(() => violations(page), { timeout: 60_000 }).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByText('没有警报', { exact: true }).waitFor()
    await page.getByLabel('含已关闭').check()
    await page.getByText('已关闭: 真实事件').waitFor()

    expect(await push(2)).toMatchObject({ is: 'ok', value: { outcomes: [{ outcome: 'accepted' }] } })
    const judged = async () =>
      (await system.db.pool.query('select sum(febrile)::integer as febrile from monitoring_hours')).rows[0]
        ?.febrile
    await expect.poll(judged, { timeout: 60_000 }).toBe(12)
    const alarms = await system.db.pool.query("select 1 from monitoring_alarms where signal = 'fever'")
    expect(alarms.rowCount).toBe(1)
  }, 240_000)
})
