import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * An inspector opens a pairing and tells the code; the desk joins, is asked about a car, looks it up under a purpose and
 * answers; all over a network of the phone that drops every few seconds. Each question comes across once.
 */
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS

let system: RunningSystem
let browser: Browser
let fieldContext: BrowserContext
let phone: Page
let desk: Page

const linkOf = async (role: Role): Promise<string> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const hash = /#token=\S+/.exec(printed)?.[0] ?? ''
  expect(hash, printed).not.toBe('')
  return hash
}

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    }),
  ])
  fieldContext = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  phone = await fieldContext.newPage()
  await phone.goto(system.fieldLink)
  await phone.getByRole('button', { name: /卡口/ }).first().click()
  await phone.getByRole('button', { name: '1 车道' }).click()
  await phone.getByRole('group', { name: '车牌键盘' }).waitFor()
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  desk = await context.newPage()
  await desk.goto(`${system.origin}/console/sign-in${await linkOf('desk-partner')}`)
  await desk.getByRole('navigation', { name: '主导航' }).waitFor()
  for (const page of [phone, desk]) page.setDefaultTimeout(60_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const expectGood = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(200)
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `pairing-${name}.png`), fullPage: true })
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
  expect(found, name).toEqual([])
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(wide, name).toBe(0)
}

/** The network of the phone comes and goes until told to stop. */
const dropNetwork = () => {
  let isOn = true
  const going = (async () => {
    while (isOn) {
      await fieldContext.setOffline(true)
      await new Promise((resolve) => setTimeout(resolve, 700))
      await fieldContext.setOffline(false)
      await new Promise((resolve) => setTimeout(resolve, 1_800))
    }
  })()
  return async (): Promise<void> => {
    isOn = false
    await going
  }
}

const answerFirst = async (answer: string): Promise<void> => {
  await desk.getByRole('button', { name: answer, exact: true }).first().click()
}

/** Says on the phone whom it is about. */
const tell = async (kind: string, text: string): Promise<void> => {
  await phone.getByLabel('类别').selectOption(kind)
  await phone.getByLabel('号码或地址').fill(text)
  await phone.getByRole('button', { name: '告知对象' }).click()
}

/** A health worker orders somebody to stay at home. */
const orderQuarantine = async (number: string): Promise<void> => {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await page.goto(`${system.origin}/console/sign-in${await linkOf('community-health')}`)
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'), { timeout: 60_000 })
  const nowMs = Date.now() - 60_000
  const order = {
    kind: 'quarantine.order',
    schemaVersion: 1,
    id: v7({ msecs: nowMs }),
    jurisdiction: 440402,
    occurredAt: new Date(nowMs).toISOString(),
    responseId: 'covid-19-like',
    site: 'home',
    person: { name: '测试', phone: number, address: '香洲区示例路 3 号' },
  }
  const answer = await page.evaluate(
    async (body) =>
      (
        await fetch('/api/quarantine/orders', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-guankou-client': 'console' },
          body,
        })
      ).text(),
    JSON.stringify(order),
  )
  expect(answer).toContain(order.id)
  await page.context().close()
}

describe('a pairing of a lane and a desk', () => {
  it('begins with a code that is told', async () => {
    await phone.getByRole('link', { name: /同步状态/ }).click()
    await phone.getByRole('link', { name: '后台搭档' }).click()
    await phone.getByRole('button', { name: '发起结对' }).waitFor()
    await expectGood(phone, 'open-zh')
    await phone.getByRole('button', { name: '发起结对' }).click()
    const code = await phone.locator('.pairing-code').innerText()
    expect(code).toMatch(/^\d{6}$/)
    await expectGood(phone, 'code-zh')
    await desk.getByRole('link', { name: '后台搭档', exact: true }).click()
    await desk.getByLabel('验证码').waitFor()
    await expectGood(desk, 'join-zh')
    await desk.getByLabel('验证码').fill(code)
    await desk.getByRole('button', { name: '加入' }).click()
    await desk.getByText('现场还没有告知对象。').waitFor()
    await phone.getByText(/搭档：/).waitFor()
  })

  it('carries subject, question, look-up and answer', async () => {
    await phone.getByLabel('号码或地址').fill('粤C12345')
    await phone.getByRole('button', { name: '告知对象' }).click()
    await desk.getByText('粤C12345').waitFor()
    await phone.getByLabel('补充说明（可不填）').fill('司机说昨天来过')
    await phone.getByRole('button', { name: '车辆通行记录' }).click()
    await desk.getByRole('heading', { name: '车辆通行记录' }).waitFor()
    await desk.getByText('司机说昨天来过').waitFor()
    await desk.getByRole('button', { name: '查询', exact: true }).click()
    await desk.getByText('没有记录。').waitFor()
    await expectGood(desk, 'question-zh')
    await phone.getByText('查到 0 条').waitFor()
    await answerFirst('没有记录')
    const heard = performance.now()
    await phone.locator('[data-side="desk"]', { hasText: '没有记录' }).waitFor()
    if (pictures !== undefined)
      console.info(`answer on the phone after ${Math.round(performance.now() - heard)} ms`)
    await expectGood(phone, 'answer-zh')
  })

  it('loses nothing and says nothing twice while the network drops every few seconds', async () => {
    const steady = dropNetwork()
    const asked = ['以往查验记录', '是否在隔离或有其他决定', '其他', '住址登记了哪些住户']
    for (const question of asked) {
      await phone.getByRole('button', { name: question, exact: true }).click()
      await phone.waitForTimeout(900)
    }
    for (const question of asked) await desk.getByRole('heading', { name: question, exact: true }).waitFor()
    await answerFirst('请报告带班领导')
    await phone.locator('[data-side="desk"]', { hasText: '请报告带班领导' }).waitFor()
    await steady()
    for (const question of asked)
      expect(await desk.getByRole('heading', { name: question, exact: true }).count()).toBe(1)
    await expect.poll(() => phone.getByText('待发送').count()).toBe(0)
  })

  it('looks orders and households up with one press each, and answers with one', async () => {
    await orderQuarantine('13900139777')
    await tell('phone', '13900139777')
    await phone.getByRole('button', { name: '是否在隔离或有其他决定', exact: true }).click()
    await expect.poll(() => desk.getByRole('heading', { name: '是否在隔离或有其他决定' }).count()).toBe(2)
    await desk.getByRole('button', { name: '查询', exact: true }).first().click()
    const order = desk.getByRole('region', { name: '隔离决定' })
    await order.getByText(/姓名 测\*/).waitFor()
    await expectGood(desk, 'order-zh')
    await order.getByRole('button', { name: /^答复：有生效的隔离决定，至 \d{4}-\d{2}-\d{2}$/ }).click()
    await phone.locator('[data-side="desk"]', { hasText: /有生效的隔离决定，至 \d{4}-\d{2}-\d{2}/ }).waitFor()

    await tell('address', '香洲区翠湖苑 1栋 1单元 201')
    await phone.getByRole('button', { name: '住址登记了哪些住户', exact: true }).click()
    await expect.poll(() => desk.getByRole('heading', { name: '住址登记了哪些住户' }).count()).toBe(2)
    await desk.getByRole('button', { name: '查询', exact: true }).first().click()
    const home = desk.getByRole('region', { name: '住户' })
    await home.getByText('户主').waitFor()
    await home.getByRole('button', { name: /^答复：有登记的住户，1 人/ }).click()
    await phone.locator('[data-side="desk"]', { hasText: '有登记的住户，1 人，还没有完成的入户' }).waitFor()
    await expectGood(desk, 'household-zh')
    await expectGood(phone, 'told-zh')
    expect(await phone.locator('main').innerText()).not.toMatch(/户主|测\*|王\*/)
  })

  it('reads in English and at night', async () => {
    await desk.evaluate(() => localStorage.setItem('guankou.console.locale', 'en'))
    await desk.evaluate(() => localStorage.setItem('guankou.console.theme', 'night'))
    await desk.reload()
    await desk.getByRole('button', { name: 'Look up', exact: true }).nth(1).click()
    await desk.getByRole('region', { name: 'Quarantine order', exact: true }).waitFor()
    await desk.getByRole('button', { name: 'Look up', exact: true }).first().click()
    await desk.getByRole('region', { name: 'Household', exact: true }).waitFor()
    await expectGood(desk, 'desk-en-night')
    await desk.setViewportSize({ width: 360, height: 740 })
    await expectGood(desk, 'desk-360-en-night')
    await desk.setViewportSize({ width: 1440, height: 900 })
    await desk.evaluate(() => localStorage.removeItem('guankou.console.locale'))
    await desk.evaluate(() => localStorage.removeItem('guankou.console.theme'))
    await desk.reload()
    await desk.getByRole('heading', { name: '提问' }).waitFor()
    await phone.evaluate(() =>
      localStorage.setItem('guankou-field-settings', JSON.stringify({ locale: 'en', theme: 'night' })),
    )
    await phone.reload()
    await phone.locator('[data-side="desk"]', { hasText: 'Household registered, 1 person' }).waitFor()
    await expectGood(phone, 'told-en-night')
    await phone.evaluate(() => localStorage.removeItem('guankou-field-settings'))
    await phone.reload()
    await phone.locator('[data-side="desk"]', { hasText: '有登记的住户，1 人' }).waitFor()
  })

  it('keeps what was not sent over a reload without a network, and asks it once', async () => {
    await fieldContext.setOffline(true)
    await phone.getByLabel('补充说明（可不填）').fill('断网时问的')
    await phone.getByRole('button', { name: '其他', exact: true }).click()
    await phone.getByText('待发送').waitFor()
    await phone.reload()
    await phone.getByText('断网时问的').waitFor()
    await phone.getByText('待发送').waitFor()
    await phone.getByText('网络中断，自动重连').waitFor()
    await expectGood(phone, 'unsent-zh')
    await fieldContext.setOffline(false)
    await desk.getByText('断网时问的').waitFor()
    await expect.poll(() => phone.getByText('待发送').count()).toBe(0)
    await phone.reload()
    await phone.getByText('断网时问的').waitFor()
    expect(await desk.getByText('断网时问的').count()).toBe(1)
  })

  it('goes on where the phone was closed, and ends for both', async () => {
    await phone.reload()
    await phone.locator('[data-side="desk"]', { hasText: '请报告带班领导' }).waitFor()
    await phone.getByRole('button', { name: '结束结对' }).click()
    await phone.getByText('现场一方已结束。').waitFor()
    await desk.getByLabel('验证码').waitFor()
    await desk.getByText(/的结对已结束。$/).waitFor()
    const { rows } = await system.db.pool.query<{ kind: string; people: number }>(
      `select kind, count(*)::integer as people from pairing_facts group by kind order by kind`,
    )
    expect(Object.fromEntries(rows.map(({ kind, people }) => [kind, people]))).toEqual({
      answer: 4,
      ended: 1,
      joined: 1,
      'looked-up': 5,
      question: 8,
      subject: 3,
    })
  })
})
