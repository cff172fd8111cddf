import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { daySlotOf, utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A phone records a car; a clerk keys the paper of the same day by keyboard alone, reads the page again in the middle of a form,
 * is shown what the phone sent, and records forms as ordinary screenings.
 */
let system: RunningSystem
let browser: Browser

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS
const timeZone = 'Asia/Shanghai'

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

const expectGood = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
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

const openConsole = async (role: Role, locale: 'zh-CN' | 'en-GB' = 'zh-CN'): Promise<Page> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const hash = /#token=\S+/.exec(printed)?.[0] ?? ''
  expect(hash, printed).not.toBe('')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale })
  const page = await context.newPage()
  await page.goto(`${system.origin}/console/sign-in${hash}`)
  await page.getByRole('navigation').first().waitFor()
  return page
}

/** One car with two people, measured under the threshold, on a phone. */
const screenCar = async (tail: string): Promise<void> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(system.fieldLink)
  await page.getByRole('button', { name: /卡口/ }).first().click()
  await page.getByRole('button', { name: '1 车道' }).click()
  const hand = createLaneHand(page)
  await hand.enterPlateAndPeople(tail, 1)
  await hand.press('364')
  await hand.finish('通过')
  await hand.seeState('已同步')
  await context.close()
}

const recordedFrom = async () => {
  const rows = await system.db.query
    .selectFrom('screenings')
    .select(['occurred_at', 'started_at', 'post_id', 'traveller_count', 'disposition', 'day'])
    .where('paper_form_id', 'is not', null)
    .orderBy('occurred_at')
    .execute()
  return rows.map((row) => ({ ...row, occurred_at: row.occurred_at.toISOString() }))
}

/** The local time some minutes ago, and its day. */
const minutesAgo = (minutes: number): { readonly day: string; readonly time: string } => {
  const ms = Date.now() - minutes * 60_000
  const local = new Date(ms + utcOffsetMinutes(timeZone, ms) * 60_000).toISOString()
  return { day: daySlotOf(timeZone, ms).day, time: local.slice(11, 16) }
}

/** Types into the fields in their order; Enter leads from one to the next. */
const type = async (page: Page, texts: readonly string[]): Promise<void> => {
  for (const text of texts) {
    if (text !== '') await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
}

const plateOfPhone = async (): Promise<number> => {
  const row = await system.db.query.selectFrom('screenings').select('post_id').executeTakeFirstOrThrow()
  return row.post_id
}

describe('a backlog of paper', () => {
  it('is keyed by keyboard alone, survives a reload, shows what a phone sent, and is recorded at its original time', async () => {
    await screenCar('P0001')
    const post = await plateOfPhone()
    const { day, time } = minutesAgo(2)
    const page = await openConsole('screening-clerk')
    await page.goto(`${system.origin}/console/paper`)
    await page.getByText('还没有录入过纸质表').waitFor()
    await page.getByLabel('点位', { exact: true }).selectOption(String(post))
    await page.getByLabel('表上日期').fill(day)
    const form = page.getByRole('form', { name: '录入一张表' })
    await form.getByLabel('表号').waitFor()

    // The same car as the phone’s, with a family of two.
    await type(page, ['A-1', time.replace(':', ''), '', '', '粤CP0001'])
    await type(page, [
      '张三',
      '',
      '11010519491231002X',
      '13812345678',
      'zhongshan',
      '武汉 1-25',
      '',
      '',
      '368',
      '',
    ])
    await page.keyboard.press('+')
    await type(page, ['', '', '', '', '中山'])
    await expectGood(page, 'paper-keying-zh')
    // The page is read again before the form is whole.
    await page.getByText('已保存 A-1').waitFor()
    await page.reload()
    const row = page.getByRole('row').filter({ hasText: 'A-1' })
    await row.filter({ hasText: '还没录完' }).waitFor()
    expect(await page.content()).not.toMatch(/张三|13812345678|11010519491231002X|粤CP0001/)
    await row.getByRole('button', { name: '修改' }).press('Enter')
    await page.getByRole('heading', { name: '修改一张表' }).waitFor()
    expect(await form.getByLabel('姓名').first().getAttribute('placeholder')).toBe('张*')
    await form.getByRole('group', { name: '第 2 人' }).getByLabel('体温', { exact: true }).fill('.')
    await form.getByLabel('姓名').first().focus()
    await page.keyboard.press('Control+Enter')
    await row.filter({ hasText: '同车牌' }).filter({ hasText: '手机已登记' }).waitFor()
    await expectGood(page, 'paper-alike-zh')

    // A second one, on foot, whose time cannot be read at first.
    await form.getByLabel('表号').focus()
    await type(page, ['A-2', '2560', ''])
    await form.getByText('看不懂这个时间').waitFor()
    await page.keyboard.press('Control+Enter')
    expect(await form.getByLabel('表号').inputValue()).toBe('A-2')
    await form.getByLabel('查验时间').fill('00:00')
    await form.getByLabel('交通方式').selectOption('on-foot')
    await form.getByLabel('姓名').focus()
    await type(page, ['李四', '', '', '', '武汉', '', '', '', '38.1', '38.2'])
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '入库 1 张' }).click()
    await page.getByText('入库 1 张，退回 0 张').waitFor()
    await row.getByRole('button', { name: '不是同一次，入库' }).click()
    await row.filter({ hasText: '已入库' }).waitFor()
    await expectGood(page, 'paper-recorded-zh')

    const recorded = await recordedFrom()
    expect(recorded).toMatchObject([
      { post_id: post, traveller_count: 1, day },
      { post_id: post, traveller_count: 2, day },
    ])
    const [midnight, second] = recorded.map(({ occurred_at }) => Date.parse(occurred_at))
    expect(daySlotOf(timeZone, midnight ?? 0)).toEqual({ day, slot: 0 })
    expect(Math.abs((second ?? 0) - Date.now())).toBeLessThan(20 * 60_000)
    expect(recorded[0]?.disposition).not.toBe('passed')
    expect(await system.run('rollups', 'verify')).toBe(0)
    expect(await system.run('screening', 'replay')).toBe(0)
  }, 240_000)

  it('is told in English as well, and one that was taken back leaves its ground', async () => {
    const post = await plateOfPhone()
    const { day } = minutesAgo(2)
    const page = await openConsole('post-lead', 'en-GB')
    await page.goto(`${system.origin}/console/paper?post=${post}&day=%22${day}%22`)
    const form = page.getByRole('form', { name: 'Key a form' })
    await form.getByLabel('Form no.').fill('A-9')
    await form.getByLabel('Form no.').press('Control+Enter')
    const row = page.getByRole('row').filter({ hasText: 'A-9' })
    await row.filter({ hasText: 'The plate is missing' }).waitFor()
    await expectGood(page, 'paper-en')
    await row.getByLabel('Take back A-9').selectOption('cannot-be-read')
    await row.filter({ hasText: 'Cannot be read' }).waitFor()
    await expectGood(page, 'paper-taken-back-en')
  }, 120_000)
})
