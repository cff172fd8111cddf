import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../apps/server/tests-support/household-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../apps/server/tests-support/test-server.ts'

/**
 * The desk of the rounds: a team is made, doors of a grid cell are asked for, and two days later those that nobody opened stand
 * first with their next step, and lead to the household for a purpose. The clock is the test's.
 */
const district = 440402
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS
const [postgres] = inject('databaseServers')

let database: TestDatabase
let server: TestServer
let browser: Browser
let street: TestSession
const troubles: string[] = []

const minutesAgo = (minutes: number): string => new Date(server.clock.now - minutes * 60_000).toISOString()

const happens = async (
  happening: HouseholdHappening,
  householdId?: string,
  minutes = 30,
): Promise<string> => {
  const fact = aHouseholdFact(happening, {
    occurredAt: minutesAgo(minutes),
    ...(householdId === undefined ? {} : { householdId }),
  })
  const { status } = await street.send({ path: '/api/households/facts', body: fact })
  expect(status).toBe(201)
  return fact.id
}

beforeAll(async () => {
  database = await createTestDatabase(postgres?.url ?? '', demoCityTemplate)
  server = await startTestServer({ databaseUrl: database.url })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  street = await server.signIn('community-street', district)
  await server.signIn('community-health', district)
  await server.signIn('community-police', district)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

const openConsole = async (
  role: Role,
  path: string,
  how: {
    readonly locale?: string
    readonly size?: readonly [number, number]
    readonly theme?: 'night'
    /** The clock of the page runs on from that of the server, as the feed needs it. */
    readonly isRunning?: boolean
  } = {},
): Promise<Page> => {
  const { token } = await server.signIn(role, district)
  const [width, height] = how.size ?? [1440, 900]
  const context = await browser.newContext({
    viewport: { width, height },
    locale: how.locale ?? 'zh-CN',
    reducedMotion: 'reduce',
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  })
  const page = await context.newPage()
  if (how.theme === 'night')
    await page.addInitScript("localStorage.setItem('guankou.console.theme', 'night')")
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  if (how.isRunning === true) await page.clock.install({ time: server.clock.now })
  else await page.clock.setFixedTime(server.clock.now)
  await page.goto(`${server.address}/console/${path}`)
  await page.getByRole('navigation').first().waitFor()
  return page
}

const expectGood = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(300)
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `rounds-${name}.png`), fullPage: true })
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

const figure = (page: Page, key: string) => page.locator(`[data-figure="${key}"] dd`)

describe('the desk of the rounds', () => {
  it('makes a team of people the server offers, and says which part nobody can do', async () => {
    const page = await openConsole('duty-planner', 'rounds')
    await page.getByText('还没有小组').waitFor()
    await expectGood(page, 'empty-zh')
    await page.getByRole('button', { name: '新建小组' }).click()
    const form = page.getByRole('form', { name: '新建小组' })
    await form.getByLabel('中文名称').fill('香洲第一组')
    await form.getByLabel('英文名称').fill('Xiangzhou team 1')
    await form.getByRole('group', { name: '卫生' }).getByRole('checkbox').first().check()
    await form.getByRole('group', { name: '街道' }).getByRole('checkbox').first().check()
    await form.getByText('缺：公安').waitFor()
    expect(await form.getByRole('button', { name: '保存小组' }).isDisabled()).toBe(true)
    await form.getByRole('checkbox', { name: /^香洲第01网格/ }).check()
    await expectGood(page, 'team-zh')
    const planIsHeld = Promise.withResolvers<void>()
    await page.route('**/api/households/teams?*', async (route) => {
      await planIsHeld.promise
      await route.continue()
    })
    await form.getByRole('button', { name: '保存小组' }).click()
    const teams = page.getByRole('region', { name: '小组', exact: true }).last()
    const row = teams.getByRole('row').filter({ hasText: '香洲第一组' })
    await row.waitFor()
    expect(await row.getByText('缺人').count(), 'nobody is missing from a team not read yet').toBe(0)
    planIsHeld.resolve()
    await row.getByText('缺人').waitFor()

    await row.getByRole('button', { name: '调整香洲第一组' }).click()
    const change = page.getByRole('form', { name: '调整香洲第一组' })
    await change.getByRole('group', { name: '公安' }).getByRole('checkbox').first().check()
    await change.getByRole('button', { name: '保存小组' }).click()
    await row.getByText('缺人').waitFor({ state: 'detached' })
    const { rows } = await server.db.pool.query(
      'select version, cardinality(account_ids) as members from community_teams order by version',
    )
    expect(rows).toEqual([
      { version: 1, members: 2 },
      { version: 2, members: 3 },
    ])
    await page.context().close()
  })

  it('asks the doors of a cell for a task after showing what that reaches', async () => {
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [district],
    )
    const gridCellId = rows[0]?.id ?? 0
    for (const door of ['101', '201', '301'])
      await happens({
        is: 'household-opened',
        gridCellId,
        address: { estate: '翠湖苑', building: '3栋', door },
      })
    const page = await openConsole('screening-clerk', 'rounds')
    await page.getByRole('button', { name: '布置任务' }).click()
    const form = page.getByRole('form', { name: '布置任务' })
    await form.getByLabel('任务', { exact: true }).selectOption({ label: '重新排查' })
    await form.getByLabel('截止日期').fill('2020-02-09')
    await form.getByRole('checkbox', { name: '香洲第01网格，3 户' }).check()
    await form.getByText('请选今天或以后的日期').waitFor()
    await form.getByLabel('截止日期').fill('2020-02-11')
    await form.getByRole('button', { name: '先看涉及多少户' }).click()
    await form.getByText('1 个网格共 3 户，其中 0 户已有任务待访').waitFor()
    await expectGood(page, 'ask-zh')
    const asked = async () => (await server.db.pool.query('select 1 from household_tasks')).rows.length
    expect(await asked()).toBe(0)
    await form.getByRole('button', { name: '确认布置' }).click()
    await form.getByText('已在 1 个网格布置，共 3 户').waitFor()
    expect(await asked()).toBe(1)
    await expect.poll(() => figure(page, 'due').textContent()).toBe('3')
    const teams = page.getByRole('region', { name: '小组', exact: true }).last()
    expect(await teams.getByRole('button').count()).toBe(0)
    await page.context().close()
  })

  it('shows two days later which doors are overdue, and their next step, without address or name', async () => {
    const { rows } = await server.db.pool.query<{ id: string }>(
      'select household_id as id from household_states order by household_id',
    )
    server.clock.now = testNowMs + 2 * 86_400_000
    street = await server.signIn('community-street', district)
    for (const minutes of [300, 150, 10])
      await happens({ is: 'door-outcome', outcome: 'nobody-home', tasks: ['rescreen'] }, rows[0]?.id, minutes)
    const page = await openConsole('commander', 'rounds')
    const doors = page.getByRole('region', { name: '待访的户' }).last()
    await doors.getByRole('row').filter({ hasText: '张贴告知书' }).waitFor()
    expect(await doors.getByRole('row').count()).toBe(4)
    await doors.getByRole('row').filter({ hasText: '还没有人去过' }).first().waitFor()
    expect(await figure(page, 'overdue').textContent()).toBe('3')
    expect(await page.content()).not.toContain('翠湖苑')
    await page.getByRole('img', { name: /14 个网格的地图：1 个有逾期/ }).waitFor()
    await expectGood(page, 'map-zh')
    await page.getByText('表格', { exact: true }).first().click()
    const cells = page.getByRole('region', { name: '网格覆盖' }).last()
    await cells.getByRole('button', { name: '香洲第02网格' }).press('Enter')
    expect(await figure(page, 'overdue').textContent()).toBe('0')
    await page.getByText('没有逾期的户').waitFor()
    await page.getByRole('button', { name: '显示全部' }).click()
    await expectGood(page, 'table-zh')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, 'rounds-print-zh.png'), fullPage: true })
    await page.context().close()
  })

  it('leads from a door to its household for a purpose, covered, with one field shown where the person can see it', async () => {
    const { rows } = await server.db.pool.query<{ id: string }>(
      'select household_id as id from household_states order by household_id',
    )
    const household = rows[0]?.id ?? ''
    const person = { name: '欧阳住户', relation: 'head', phone: '13812345678', needs: ['medicine'] } as const
    const added = await happens(
      { is: 'member-added', member: { ...person, needs: [...person.needs] } },
      household,
      9,
    )
    await happens(
      { is: 'member-added', member: { name: '小住户', relation: 'child', reportedById: added } },
      household,
      8,
    )
    const wrong = await happens({ is: 'door-outcome', outcome: 'dog', tasks: [] }, household, 7)
    await happens({ is: 'undone', factId: wrong }, household, 6)
    await happens({ is: 'visit-opened', tasks: ['rescreen'] }, household, 5)
    const page = await openConsole('screening-clerk', 'rounds')
    const doors = page.getByRole('region', { name: '待访的户' }).last()
    await doors.getByRole('link', { name: household.slice(-6).toUpperCase() }).click()
    await page.getByRole('heading', { name: '住户', exact: true }).waitFor()
    const find = page.getByRole('button', { name: '查找住户' })
    expect(await find.isDisabled()).toBe(true)
    await page.getByLabel('目的').selectOption({ label: '随访' })
    await page.getByLabel('事由').fill('敲门三次无人，核对电话')
    await find.click()
    await page.getByText('欧**').waitFor()
    await page.getByText('已撤销', { exact: true }).waitFor()
    await page.getByText('街道: 未做').waitFor()
    await expectGood(page, 'household-zh')
    expect(await page.content()).not.toContain('13812345678')
    await page.getByRole('article', { name: '1. 户主' }).getByRole('button', { name: '查看电话明文' }).click()
    await page.getByText('13812345678').waitFor()
    const seen = await server.db.pool.query(
      "select via, screening_id as of, fields from identity_accesses where about = 'household' order by at, via",
    )
    expect(seen.rows).toEqual([
      { via: 'look-up', of: household, fields: ['address', 'name', 'phone'] },
      { via: 'unmask', of: added, fields: ['phone'] },
    ])
    await page.context().close()

    const phone = await openConsole('data-protection-officer', 'household', {
      locale: 'en-GB',
      size: [360, 740],
    })
    await phone.getByLabel('Address or number').fill('翠湖苑3栋999')
    await phone.getByLabel('Purpose').selectOption({ label: 'The person asks what is held' })
    await phone.getByLabel('Reason').fill('Asked at the desk by the tenant')
    await phone.getByRole('button', { name: 'Find household' }).click()
    await phone.getByText('No household found in your area').waitFor()
    await phone.getByLabel('Find by').selectOption({ label: 'Phone' })
    await phone.getByLabel('Address or number').fill('138 1234 5678')
    await phone.getByRole('button', { name: 'Find household' }).click()
    await phone.getByText('欧**').waitFor()
    expect(await phone.getByText('Medicine').count()).toBe(0)
    await expectGood(phone, 'household-phone-en')
    await phone.context().close()
  })

  it('shows a lead in one place what is overdue, the longest first, with the way there', async () => {
    const page = await openConsole('commander', 'follow-up')
    const counts = page.getByRole('region', { name: '未了结的工作' }).last()
    await counts
      .getByRole('row', { name: /待访的户/ })
      .getByText('3')
      .first()
      .waitFor()
    await counts.getByRole('row', { name: /名单电话/ }).waitFor()
    const overdue = page.getByRole('region', { name: '逾期，最久的在前' }).last()
    expect(await overdue.getByRole('row').count()).toBe(4)
    await expectGood(page, 'follow-up-zh')
    await counts.getByRole('link', { name: '待访的户' }).click()
    await page.getByRole('heading', { name: '社区走访' }).waitFor()
    await page.context().close()
    // A planner is told of no calls, an auditor of no names anywhere: each sees what their role may.
    const planner = await openConsole('duty-planner', 'follow-up', { locale: 'en-GB', size: [360, 740] })
    await planner.getByText('Doors to visit').waitFor()
    expect(await planner.getByText('Calls of worklists').count()).toBe(0)
    await expectGood(planner, 'follow-up-phone-en')
    await planner.context().close()
  })

  it('is read on a phone in English, and is no page of who stands at the barrier', async () => {
    const phone = { locale: 'en-GB', size: [360, 740] } as const
    const page = await openConsole('post-lead', 'rounds', phone)
    await page.getByRole('heading', { name: 'Community rounds' }).waitFor()
    await page.getByText('Leave a notice at the door').waitFor()
    expect(await page.getByRole('button', { name: 'Ask for visits' }).isDisabled()).toBe(true)
    await expectGood(page, 'phone-en')
    await page.context().close()
    const lane = await openConsole('inspector', 'account')
    expect(await lane.getByRole('link', { name: '社区走访' }).count()).toBe(0)
    await lane.context().close()
  })

  it('is read at night in English, and the board of a lead is printed', async () => {
    const night = { locale: 'en-GB', theme: 'night' } as const
    const rounds = await openConsole('commander', 'rounds', night)
    await rounds.getByText('Leave a notice at the door').waitFor()
    await expectGood(rounds, 'night-en')
    await rounds.context().close()
    const household = await openConsole('commander', 'household', night)
    await household.getByLabel('Find by').selectOption({ label: 'Phone' })
    await household.getByLabel('Address or number').fill('13812345678')
    await household.getByLabel('Purpose').selectOption({ index: 1 })
    await household.getByLabel('Reason').fill('Nobody opened three times')
    await household.getByRole('button', { name: 'Find household' }).click()
    await household.getByText('欧**').waitFor()
    await expectGood(household, 'household-night-en')
    await household.context().close()
    const board = await openConsole('commander', 'follow-up', night)
    await board.getByText('Doors to visit').waitFor()
    await expectGood(board, 'follow-up-night-en')
    await board.emulateMedia({ media: 'print' })
    expect(await board.getByRole('navigation').first().isVisible()).toBe(false)
    expect(await board.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')")).toBe(
      '#0f1c2b',
    )
    if (pictures !== undefined)
      await board.screenshot({ path: join(pictures, 'rounds-follow-up-print-en.png'), fullPage: true })
    await board.context().close()
  })

  it('moves on as soon as a team has said what became of a door, and takes back what a cell was asked for', async () => {
    const { rows } = await server.db.pool.query<{ id: string }>(
      'select household_id as id from household_states order by household_id',
    )
    const page = await openConsole('commander', 'rounds', { isRunning: true })
    await page.getByText('张贴告知书').waitFor()
    const before = Number(await figure(page, 'triedToday').textContent())
    await happens({ is: 'door-outcome', outcome: 'dog', tasks: ['rescreen'] }, rows[1]?.id, 2)
    // Well before the fifteen seconds after which the page would have looked by itself.
    await expect
      .poll(() => figure(page, 'triedToday').textContent(), { timeout: 6_000 })
      .toBe(`${before + 1}`)
    const asked = page.getByRole('region', { name: '已布置、未了结' }).last()
    await asked.getByRole('button', { name: /^撤回香洲第01网格.*重新排查/ }).click()
    await expectGood(page, 'withdraw-zh')
    await asked.getByRole('button', { name: '确认撤回：3 户不再待访' }).click()
    await page.getByText(/已撤回，3 户不再待访/).waitFor()
    await expect.poll(() => figure(page, 'due').textContent()).toBe('0')
    await expectGood(page, 'withdrawn-zh')
    await page.context().close()
    expect(troubles).toEqual([])
  })
})
