import { createHash, createHmac } from 'node:crypto'
import type { MatchKind } from '@guankou/contract/matching/match-list.ts'
import { digestDigits } from '@guankou/domain/matching/digest-length.ts'
import { groupEntries } from '@guankou/domain/matching/group-entries.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { referenceOf } from '#src/lane/reference.ts'
import { check } from '../../journey/axe.ts'
import { enterCar, nextCar, openBrowser, openPhone, press, startShift } from '../../journey/phone.ts'
import { type StubServer, startStubServer } from '../../journey/stub-server.ts'

const listId = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'
const key = Buffer.alloc(32, 5)

/** Made up: no person can have them, because the day of birth lies in 1870. */
const underOrder = '440402187001010013'
const byChance = '440402187001010021'

const digestOf = (kind: MatchKind, number: string): string =>
  createHmac('sha256', key).update(digestedText({ kind, number })).digest('hex').slice(0, 32)

/** A list with two plates and two documents: of each, one that the server knows and one that agrees by chance. */
const bringList = (server: StubServer): void => {
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const shown = [
    ...['粤C12345', '粤C54321'].map((number) => ({ kind: 'plate' as const, number })),
    ...[underOrder, byChance].map((number) => ({ kind: 'document' as const, number })),
  ]
  const entries = shown.map(({ kind, number }) => ({
    kind,
    reason: 'quarantine-order' as const,
    until,
    digest: digestOf(kind, number),
  }))
  const digits = digestDigits(entries.length)
  server.matching.push({
    id: listId,
    title: { zh: '居家隔离名单', en: 'Home quarantine' },
    digits,
    keyCheck: createHash('sha256').update(key).digest('hex').slice(0, 16),
    groups: groupEntries(entries, digits),
  })
  server.matchKeys.push({ listId, key: key.toString('base64') })
  server.confirmed.set('粤C12345', 'quarantine-order')
  server.confirmed.set(underOrder, 'quarantine-order')
}

/** Rules that look at orders, and a street at risk. */
const bringRules = (server: StubServer): void => {
  const [ruleSet] = server.content.responses[0]?.ruleSets ?? []
  if (ruleSet === undefined) throw new Error('no rules')
  ruleSet.rules.push(
    {
      id: 'R8',
      when: { listed: ['quarantine-order'], listedConfirmed: true },
      disposition: 'home-quarantine',
      reason: { zh: '隔离令有效，返回隔离地点', en: 'Order in force: back to the place of quarantine' },
    },
    {
      id: 'R9',
      when: { listed: ['quarantine-order'] },
      disposition: 'second-check',
      reason: { zh: '可能在隔离，由带班领导核实', en: 'May be under an order: the post lead finds out' },
    },
  )
  const from = ruleSet.effectiveFrom
  ruleSet.riskAreas.push({
    areaCode: 440402001,
    name: { zh: '翠香街道', en: 'Cuixiang Subdistrict' },
    level: 'medium',
    from,
  })
}

describe('a match list at the lane', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  }, 300_000)
  afterAll(() => browser.close())

  it('prompts a question without a network and with one, drops what agreed by chance, and stops nothing', async () => {
    const server = await startStubServer(inject('fronts').field)
    bringList(server)
    const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
    await startShift(page, server)
    const notice = page.getByRole('status', { name: '名单提示' })
    const erase = page.getByRole('button', { name: '删除' })
    const next = page.getByRole('button', { name: '下一步' })
    const plate = page.getByRole('button', { name: /^车牌/ })
    const enter = async (digits: string): Promise<void> => {
      await press(page, digits)
      await next.click()
      await page.getByRole('group', { name: '车上几人' }).waitFor()
    }
    const again = async (): Promise<void> => {
      await plate.click()
      for (let n = 0; n < 5; n += 1) await erase.click()
    }
    await enter('12345')
    await notice.filter({ hasText: '已与服务器核对' }).waitFor()
    expect(await notice.textContent()).toContain('请问是否正在隔离期')
    await again()
    await enter('54321')
    await notice.waitFor({ state: 'detached' })
    await again()
    await context.setOffline(true)
    await press(page, '12345')
    await notice.filter({ hasText: '名单提示：居家隔离名单' }).waitFor()
    await check(page, 'a prompt above the keys of a plate')
    await next.click()
    await notice.filter({ hasText: '已与服务器核对' }).waitFor()
    // What the server said is known for as long as the work is open; after a start nothing is.
    await page.reload()
    await notice.filter({ hasText: '未能核对' }).waitFor()
    await check(page, 'a prompt of a match list')
    expect(faults).toEqual([])
    await context.close()
    await server.close()
  }, 180_000)

  it('lets the rules look at an order in force, the same at the phone and at the server', async () => {
    const server = await startStubServer(inject('fronts').field)
    bringList(server)
    bringRules(server)
    const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
    await startShift(page, server)
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    const record = async (plate: string, number: string, disposition: string): Promise<void> => {
      await enterCar(page, plate, 1)
      await button('症状·详情').click()
      await page.getByLabel('证件号码').fill(number)
      await button('返回测温').click()
      if (await context.pages()[0]?.evaluate(() => navigator.onLine)) await page.waitForTimeout(1_500)
      await button('全部低于 37.3 摄氏度').click()
      await button('完成').click()
      await page.getByRole('heading', { name: disposition }).waitFor()
    }
    await record('D0001', underOrder, '居家隔离')
    await page.getByText('名单：隔离令在身（已核对）').waitFor()
    await page.getByText('隔离令有效，返回隔离地点').waitFor()
    await check(page, 'an outcome that rests on an order')
    await nextCar(page)
    await record('D0002', byChance, '通过')
    await nextCar(page)
    await context.setOffline(true)
    await record('D0003', byChance, '通过')
    await nextCar(page)
    await record('D0004', '440402187001010048', '通过')
    await nextCar(page)
    await page.reload()
    await page.getByRole('group', { name: '车牌键盘' }).waitFor()
    await record('D0005', byChance, '复测')
    await page.getByText('可能在名单上：隔离令在身（未核对）').waitFor()
    await context.setOffline(false)
    await expect.poll(() => server.stored.size, { timeout: 60_000 }).toBe(5)
    const sent = [...server.stored.values()].map(({ command }) => command)
    const listedOf = (plate: string) =>
      sent.find(({ conveyance }) => conveyance.plate === `粤C${plate}`)?.travellers[0]?.listed
    expect(listedOf('D0001')).toEqual([{ listId, reason: 'quarantine-order', confirmed: true }])
    expect(listedOf('D0005')).toEqual([{ listId, reason: 'quarantine-order', confirmed: false }])
    for (const plate of ['D0002', 'D0003', 'D0004']) expect(listedOf(plate)).toBeUndefined()
    for (const command of sent) {
      const decided = decideScreening(referenceOf(server.content), command, Date.now())
      if (!decided.ok) throw new Error(decided.refusal.code)
      const { plate, disposition } = decided.fact
      expect([plate, disposition]).toEqual([
        plate,
        { 粤CD0001: 'home-quarantine', 粤CD0005: 'second-check' }[plate ?? ''] ?? 'passed',
      ])
    }
    expect(faults).toEqual([])
    await context.close()
    await server.close()
  }, 180_000)

  it('says so where its key does not fit the list, and compares once the right one came', async () => {
    const server = await startStubServer(inject('fronts').field)
    bringList(server)
    const right = server.matchKeys.splice(0)
    server.matchKeys.push({ listId, key: Buffer.alloc(32, 6).toString('base64') })
    const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
    await startShift(page, server)
    const said = page.getByRole('status').filter({ hasText: '本机密钥与名单不符' })
    await said.filter({ hasText: '居家隔离名单' }).waitFor()
    await check(page, 'a list whose key does not fit')
    server.matchKeys.splice(0, 1, ...right)
    await said.getByRole('button', { name: '更新' }).click()
    await said.waitFor({ state: 'detached' })
    await press(page, '12345')
    await page.getByRole('status', { name: '名单提示' }).waitFor()
    expect(faults).toEqual([])
    await context.close()
    await server.close()
  }, 180_000)

  it('names a street at risk, finds it by its name, and says it in the outcome', async () => {
    const server = await startStubServer(inject('fronts').field)
    bringRules(server)
    const { context, page } = await openPhone(browser, { bypassCSP: true })
    await startShift(page, server)
    await enterCar(page, 'S0001', 1)
    await page.getByRole('button', { name: '症状·详情' }).click()
    const place = page.getByRole('searchbox', { name: '搜索到过的地区' })
    await place.fill('翠香')
    await page.getByRole('button', { name: '翠香街道' }).click()
    await page.getByRole('button', { name: '添加到过的地区' }).click()
    await page.getByText(/翠香街道.*离开/).waitFor()
    expect(await page.getByText('440402001').count()).toBe(0)
    await check(page, 'a stay in a street')
    await page.getByRole('button', { name: '返回测温' }).click()
    await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByRole('heading', { name: '居家隔离' }).waitFor()
    await page.getByText('今天离开翠香街道').waitFor()
    await context.close()
    await server.close()
  }, 180_000)
})
