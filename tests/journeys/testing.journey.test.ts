import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
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

const signIn = async (role: string, locale = 'zh-CN'): Promise<Page> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const token = /#token=\S+/.exec(printed)?.[0] ?? ''
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale })
  const page = await context.newPage()
  await page.goto(`${system.origin}/console/sign-in${token}`)
  await page.getByRole('navigation').waitFor()
  return page
}

type Post = { readonly id: number; readonly jurisdiction: number; readonly name: string }

/** Arrivals of yesterday at a post, as a day of screenings would have left them; there are none in this city. */
const arriveYesterday = async (post: Post): Promise<void> => {
  const { pool } = system.db
  const at = [post.jurisdiction, addDays(daySlotOf('Asia/Shanghai', Date.now()).day, -1), post.id]
  await pool.query(
    'insert into rollup_post_slots values ($1, $2, $3, 30, 40, 100, 0, 0, 0, 0, 0, 0, 600000)',
    at,
  )
  await pool.query('insert into testing_counted_days values ($1, $2, 100, now())', at.slice(0, 2))
  await pool.query('insert into testing_day_types values ($1, $2, $3, 440400, false, 100)', at)
}

describe('from a budget to a test, its result, and what is learned of it', () => {
  it('asks at the lane whom the quota names, and shows what came of it with its stamp', async () => {
    const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
    const lane = await phone.newPage()
    await lane.goto(system.fieldLink)
    const choice = lane.getByRole('button', { name: /卡口/ }).first()
    const name = /[^\s·]*卡口/.exec((await choice.textContent()) ?? '')?.[0] ?? ''
    const { rows } = await system.db.pool.query<Post>(
      'select id, jurisdiction, name_zh as name from posts where name_zh = $1',
      [name],
    )
    const [post] = rows
    if (post === undefined) throw new Error(`there is no post ${name}`)
    await arriveYesterday(post)

    const commander = await signIn('commander')
    await commander.goto(`${system.origin}/console/testing`)
    await commander.getByRole('button', { name: '调整检测量' }).click()
    await commander.getByLabel(new RegExp(`${name}.*检测量`)).fill('200')
    expect(await violations(commander)).toEqual([])
    await commander.getByRole('button', { name: '保存', exact: true }).first().click()
    await commander.getByText(/已保存 1 个点位/).waitFor()
    const allocated = commander.getByRole('button', { name: new RegExp(`^分配（份）, ${name}.*：`) })
    await allocated.waitFor({ timeout: 60_000 })
    await expect
      .poll(async () => Number(await allocated.locator('data').getAttribute('value')), { timeout: 60_000 })
      .toBe(100)

    await lane.reload()
    await lane
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .click()
    await lane.getByRole('button', { name: '1 车道' }).click()
    const hand = createLaneHand(lane)
    await lane.getByRole('group', { name: '车牌键盘' }).waitFor()
    await phone.setOffline(true)
    await hand.recordWell('A0001', 1)
    const prompt = lane.getByRole('region', { name: '今天请做检测' })
    await prompt.getByText('本点位今天人人检测。').waitFor()
    await prompt.getByLabel('试管编号').fill('ZH-20200001')
    await lane.evaluate(axe)
    expect(await violations(lane)).toEqual([])
    await prompt.getByRole('button', { name: '已采样' }).click()
    await prompt.getByRole('status').filter({ hasText: 'ZH-20200001' }).waitFor()
    await phone.setOffline(false)
    await hand.seeState('已同步')

    const clerk = await signIn('screening-clerk')
    await clerk.goto(`${system.origin}/console/test-results`)
    await clerk.getByRole('row').filter({ hasText: 'ZH-20200001' }).filter({ hasText: '未出' }).waitFor()
    expect(await violations(clerk)).toEqual([])
    await clerk.locator('input[type=file]').setInputFiles({
      name: 'results.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `sample_code,result,resulted_at\nZH-20200001,阳性,${new Date(Date.now() + 60_000).toISOString()}\nZH-0,阴性,昨天\n`,
      ),
    })
    await clerk.getByText('录入 1 条，已有 0 条，未接受 1 条。').waitFor()
    await clerk.getByRole('table', { name: '未接受的行' }).getByRole('rowheader', { name: '3' }).waitFor()
    await clerk.getByRole('row').filter({ hasText: 'ZH-20200001' }).filter({ hasText: '阳性' }).waitFor()

    await commander.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    const opened = commander.getByRole('region', { name: new RegExp(`${name}.*来源地`) }).first()
    await opened.waitFor()
    await expect
      .poll(() =>
        commander.evaluate("document.activeElement.className === 'testing-opened' && window.scrollY > 0"),
      )
      .toBe(true)
    const prevalence = commander.getByRole('button', { name: /^预期感染率, 珠海/ }).first()
    // One positive of one test: a hundred times what was believed before anybody was tested would be 0.5.
    await expect
      .poll(async () => Number(await prevalence.locator('data').getAttribute('value')), { timeout: 60_000 })
      .toBeGreaterThan(0.005)
    await prevalence.focus()
    await commander.keyboard.press('Enter')
    const note = commander.getByRole('dialog', { name: '预期感染率' })
    await note.getByText('检测分配模型，版本 1.0.0').waitFor()
    await note.getByText(/90 % 区间/).waitFor()
    expect(await violations(commander)).toEqual([])
    await commander.keyboard.press('Escape')
    await note.waitFor({ state: 'detached' })

    await commander.getByRole('button', { name: '撤销' }).click()
    await commander.getByText('已撤销。').waitFor()
    const versions = await system.db.query
      .selectFrom('testing_budgets')
      .select(['version', 'tests'])
      .execute()
    expect(versions).toEqual([
      { version: 1, tests: 200 },
      { version: 2, tests: 0 },
    ])
    await commander
      .getByRole('button', { name: 'English' })
      .or(commander.getByRole('button', { name: 'EN' }))
      .first()
      .click()
    await commander.getByRole('heading', { name: 'Testing' }).waitFor()
  }, 240_000)
})
