import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where to put a picture of every screen; left out, none is taken. */
const shots = process.env.GUANKOU_SHOTS

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
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

/** Serious and critical findings of axe-core, by rule and place. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
}

const look = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined)
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: name.endsWith('full') })
  expect(await violations(page)).toEqual([])
}

const tokenFor = async (...who: readonly string[]): Promise<string> => {
  const printed = await system.ask('sign-in-link', ...who)
  return /#token=\S+/.exec(printed)?.[0] ?? ''
}

const openConsole = async (role: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${system.origin}/console/sign-in${await tokenFor('--role', role)}`)
  await page.getByRole('navigation').waitFor()
  return page
}

const openPhone = async (login: string): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${system.origin}/field/sign-in${await tokenFor('--login', login)}`)
  return { context, page }
}

const choosePost = async (page: Page, name: string): Promise<void> => {
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByRole('button', { name: '1 车道' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
}

type Row = { readonly id: number; readonly name: string }
const firstPostOf = async (jurisdiction: number): Promise<Row> => {
  const { rows } = await system.db.pool.query<Row>(
    'select id, name_zh as name from posts where jurisdiction = $1 order by id limit 1',
    [jurisdiction],
  )
  const [post] = rows
  if (post === undefined) throw new Error('the district has no post')
  return post
}

describe('a day at a post', () => {
  it('is clocked in to offline, asks for help, is reinforced from another district, and shows in the console', async () => {
    const post = await firstPostOf(440402)
    const { context, page } = await openPhone('inspector-xiangzhou-01')
    await choosePost(page, post.name)
    await look(page, 'lane-not-clocked-in')
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await context.setOffline(true)
    await page.getByRole('link', { name: '本点位' }).click()
    await page.getByText('您还没有上岗。').waitFor()
    await look(page, 'post-offline')
    await page.getByRole('link', { name: '上岗', exact: true }).click()
    await page.getByRole('radio', { name: '填数字' }).check()
    await page.getByRole('textbox', { name: '体温（℃）' }).fill('36.4')
    await look(page, 'clock-in')
    await page.getByRole('button', { name: '上岗', exact: true }).click()
    await page.getByText(/起在岗/).waitFor()
    await page.getByRole('button', { name: /^1 车道 关闭/ }).click()
    await page.getByRole('button', { name: /^1 车道 开放/ }).waitFor()
    await page.getByRole('button', { name: '30', exact: true }).click()
    await page.getByRole('button', { name: '请求增援', exact: true }).click()
    await page.getByRole('radio', { name: '4', exact: true }).check()
    await look(page, 'ask-for-help')
    await page.getByRole('button', { name: '请求 4 人' }).click()
    await page.getByText(/请求 4 人 · 排队太长/).waitFor()
    await page.getByRole('button', { name: '交接', exact: true }).click()
    await page.getByLabel('写给下一班').fill('二号道升降杆坏了，已报修')
    await page.getByLabel('需要办理').check()
    await page.getByRole('button', { name: '写入', exact: true }).click()
    await page.getByRole('listitem').filter({ hasText: '二号道升降杆坏了' }).waitFor()
    await look(page, 'book')
    await page.getByRole('button', { name: '物资', exact: true }).click()
    await page.getByLabel('多少？').fill('40')
    await page.getByRole('button', { name: '清点', exact: true }).click()
    await page.getByText('现有 40').waitFor()
    await look(page, 'supplies')
    await page.getByLabel('多少？').fill('400')
    await page.getByRole('button', { name: '清点', exact: true }).click()
    await page.getByText('现有 400').waitFor()
    await page.getByRole('button', { name: '撤回刚才这条' }).click()
    await page.getByText('现有 40', { exact: true }).waitFor()
    await page.getByRole('button', { name: '撤回刚才这条' }).waitFor({ state: 'hidden' })
    await page.reload()
    await page.getByText(/起在岗/).waitFor()
    await context.setOffline(false)
    await createLaneHand(page).seeState('已同步')

    const planner = await openConsole('duty-planner')
    await planner.goto(`${system.origin}/console/posts`)
    const row = planner.getByRole('row').filter({ hasText: post.name })
    await row.filter({ hasText: '1/' }).waitFor()
    await look(planner, 'console-posts')
    await row.getByRole('link', { name: new RegExp(post.name) }).click()
    await planner.getByRole('heading', { name: post.name }).waitFor()
    await planner.getByText('二号道升降杆坏了，已报修').waitFor()
    expect(await planner.content()).not.toContain('36.4')
    await planner.getByRole('button', { name: '为此派人' }).click()
    await planner.getByLabel('单位').fill('斗门分局')
    await planner.getByRole('searchbox', { name: '按姓名查找' }).fill('斗门查验员 01')
    await planner.getByRole('checkbox', { name: /斗门查验员 01/ }).check()
    await look(planner, 'console-send')
    await planner.getByRole('button', { name: '派出 1 人' }).click()
    await planner.getByText(/派出 斗门分局 1 人/).waitFor()

    const other = await openPhone('inspector-doumen-01')
    const sentTo = other.page.getByRole('region', { name: '您被派往' })
    await sentTo.getByRole('button', { name: post.name }).click()
    await other.page.getByText('选好车道，就记为您已到达').waitFor()
    await look(other.page, 'sent-to')
    await other.page.getByRole('button', { name: '1 车道' }).click()
    await other.page.getByRole('group', { name: '车牌键盘' }).waitFor()
    await other.page.getByRole('link', { name: '本点位' }).click()
    await other.page.getByRole('button', { name: '我要离开' }).waitFor()
    await createLaneHand(other.page).seeState('已同步')
    await look(other.page, 'arrived')
    await other.page.getByRole('link', { name: '返回查验' }).click()
    const hand = createLaneHand(other.page)
    await hand.recordWell('A0001', 1)
    await hand.next()
    await hand.seeState('已同步')
    const stored = await system.db.pool.query<{ count: number }>(
      'select count(*)::integer as count from screenings where post_id = $1',
      [post.id],
    )
    expect(stored.rows[0]?.count).toBe(1)

    await planner.getByRole('row').filter({ hasText: '斗门查验员 01' }).filter({ hasText: '增援' }).waitFor()
    // The crew they came to, and its lead, read who they are though they are of another district.
    await page.getByRole('link', { name: '返回查验' }).click()
    await page.getByRole('link', { name: '本点位' }).click()
    await page.getByRole('button', { name: '人员', exact: true }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: '斗门查验员 01' })
      .filter({ hasText: '增援' })
      .waitFor()
    await look(page, 'crew')
    await look(planner, 'console-post-full')
    await other.page.getByRole('link', { name: '本点位' }).click()
    await other.page.getByRole('button', { name: '我要离开' }).click()
    await other.page.getByRole('heading', { name: '选择点位和车道' }).waitFor()
    await hand.seeState('已同步')
    await planner.getByText(/斗门查验员 01 离开/).waitFor()
    await planner
      .getByRole('button', { name: 'English' })
      .or(planner.getByRole('button', { name: 'EN' }))
      .first()
      .click()
    await planner.getByText('Crew on post').waitFor()
    await look(planner, 'console-post-en-full')
    await planner.getByRole('link', { name: /All posts/ }).click()
    await planner.getByRole('heading', { name: 'Posts' }).waitFor()
    await look(planner, 'console-posts-en')
  }, 300_000)
})
