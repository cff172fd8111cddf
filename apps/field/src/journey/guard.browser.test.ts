import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import {
  chip,
  enterCar,
  expectEachOnce,
  nextCar,
  openBrowser,
  openPhone,
  press,
  recordCar,
  seeChip,
} from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'

vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let server: StubServer

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
})
beforeEach(async () => {
  server = await startStubServer(inject('fronts').field)
  server.policy.pin = 'required'
})
afterEach(() => server.close())

const pin = '135790'
const otherPin = '975310'

const enterPin = async (page: Page, digits: string): Promise<void> => {
  await page.getByRole('group', { name: 'PIN 键盘' }).waitFor()
  await press(page, digits)
  await page.getByRole('button', { name: '确定' }).click()
}

const choosePin = async (page: Page, digits = pin): Promise<void> => {
  await enterPin(page, digits)
  await page.getByText('再输入一次').waitFor()
  await enterPin(page, digits)
}

const takeLane = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '下栅' }).click()
  await page.getByRole('button', { name: '2 车道' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
}

const signIn = async (page: Page, token: string): Promise<void> => {
  await page.goto(`${server.url}/field/sign-in#token=${token}`)
}

const startUnderPin = async (page: Page): Promise<void> => {
  await signIn(page, 'token-of-wang-0001')
  await page.getByRole('heading', { name: '设置 PIN' }).waitFor()
  await choosePin(page)
  await takeLane(page)
}

const makersOf = (): readonly (readonly [string | undefined, string])[] =>
  [...server.stored.values()].map((each) => [each.command.conveyance.plate, each.accountId] as const)

/** Whatever text of a record could be read from the phone's database by somebody who copied it. */
const inClear = (page: Page, word: string): Promise<boolean> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const asText = (value) => JSON.stringify(value, (_, inner) =>
      inner instanceof ArrayBuffer || ArrayBuffer.isView(inner) ? new TextDecoder().decode(inner) : inner)
    const opening = indexedDB.open('guankou-field')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = async () => {
      const base = opening.result
      const all = await Promise.all([...base.objectStoreNames].map((name) => new Promise((done) => {
        const reading = base.transaction(name).objectStore(name).getAll()
        reading.onsuccess = () => done(reading.result.map(asText).join())
      })))
      base.close()
      resolve(all.join().includes(${JSON.stringify(word)}))
    }
  })`)

it('asks for a PIN before the first record and unlocks with it, without a network too', async () => {
  const { context, page, faults } = await openPhone(browser)
  await signIn(page, 'token-of-wang-0001')
  await enterPin(page, '123456')
  await page.getByRole('alert').filter({ hasText: '太容易猜' }).waitFor()
  await choosePin(page)
  await takeLane(page)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  server.mood.down = true
  await context.setOffline(true)
  await recordCar(page, 'A0001')
  await nextCar(page)
  await enterCar(page, 'A0002', 3)
  expect(await inClear(page, 'A0001')).toBe(false)
  await page.reload()
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
  await enterPin(page, otherPin)
  await page.getByRole('alert').filter({ hasText: '还可以试 9 次' }).waitFor()
  await enterPin(page, pin)
  await page.getByRole('button', { name: '车牌 粤C·A0002，点按修改' }).waitFor()
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  server.mood.down = false
  await context.setOffline(false)
  await seeChip(page, '已同步')
  expect(makersOf()).toEqual([
    ['粤CA0001', 'acc-wang'],
    ['粤CA0002', 'acc-wang'],
  ])
  expectEachOnce(server)
  expect(faults).toEqual([])
  await context.close()
})

it('locks by itself after minutes without a touch, keeps the half entered car, and goes on sending', async () => {
  const { context, page } = await openPhone(browser)
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + (sessionStorage.getItem('later') === '1' ? 660_000 : 0)
  })
  await startUnderPin(page)
  await recordCar(page, 'K0001')
  await nextCar(page)
  await enterCar(page, 'K0002', 2)
  await page.evaluate(() => sessionStorage.setItem('later', '1'))
  await page.getByRole('heading', { name: '已锁定' }).waitFor({ timeout: 60_000 })
  expect(await page.getByText('K0002').count()).toBe(0)
  await expect.poll(makersOf, { timeout: 60_000 }).toEqual([['粤CK0001', 'acc-wang']])
  await enterPin(page, pin)
  await page.getByRole('button', { name: '车牌 粤C·K0002，点按修改' }).waitFor()
  await context.close()
})

it('carries what the first user sealed under the session of the second, in the name of the first', async () => {
  const { context, page } = await openPhone(browser)
  await startUnderPin(page)
  server.mood.down = true
  await context.setOffline(true)
  await recordCar(page, 'W0001')
  await page.getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: '换人或退出登录' }).click()
  await page.getByText('您有 1 条记录等待上传，已密封').waitFor()
  await page.getByRole('button', { name: '仍要退出' }).click()
  await page.getByText('本机有 1 条他人密封的记录').waitFor()
  server.mood.down = false
  await context.setOffline(false)
  server.mood.refusePush = 'BUSY'
  await page.getByLabel('登录链接或口令').fill('token-of-chen-0002')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '设置 PIN' }).waitFor()
  await choosePin(page, otherPin)
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await chip(page).click()
  const row = page.getByRole('listitem').filter({ hasText: '王警官 的记录' })
  await row.getByText('已密封，将以 王警官 的名义上传').waitFor()
  expect(await page.getByText('W0001').count()).toBe(0)
  server.mood.refusePush = undefined
  await page.getByRole('link', { name: '返回查验' }).click()
  await recordCar(page, 'C0001')
  await seeChip(page, '已同步')
  // What was sealed goes again when the server said it may, later than what is new.
  await expect
    .poll(() => [...makersOf()].toSorted())
    .toEqual([
      ['粤CC0001', 'acc-chen'],
      ['粤CW0001', 'acc-wang'],
    ])
  await context.close()
})

it('pauses after wrong PINs, destroys the key after too many, and loses no sealed record', async () => {
  server.policy.mostPinTries = 4
  const { context, page } = await openPhone(browser)
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + Number(sessionStorage.getItem('ahead') ?? 0)
  })
  await startUnderPin(page)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  server.mood.down = true
  await recordCar(page, 'D0001')
  await nextCar(page)
  await enterCar(page, 'D0002', 2)
  await page.reload()
  for (const left of ['3', '2', '1']) {
    await enterPin(page, otherPin)
    await page
      .getByRole('alert')
      .filter({ hasText: `还可以试 ${left} 次` })
      .waitFor()
  }
  await page.getByRole('heading', { name: '暂时不能再试' }).waitFor()
  await page.evaluate(() => sessionStorage.setItem('ahead', '31000'))
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
  await enterPin(page, otherPin)
  await page.getByRole('heading', { name: '密钥已销毁' }).waitFor()
  await page.getByText('没有丢失待上传的记录').waitFor()
  await page.getByRole('button', { name: '重新登录' }).click()
  server.mood.down = false
  await page.getByLabel('登录链接或口令').fill('token-of-wang-0001')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '设置 PIN' }).waitFor()
  await choosePin(page, otherPin)
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await seeChip(page, '已同步')
  expect(makersOf()).toEqual([['粤CD0001', 'acc-wang']])
  await context.close()
})

it('says which records were lost with a forgotten PIN, on the phone and to the server', async () => {
  server.mood.bind = false
  const { context, page } = await openPhone(browser)
  await startUnderPin(page)
  server.mood.refusePush = 'BUSY'
  await recordCar(page, 'F0001')
  await nextCar(page)
  await page.reload()
  await page.getByRole('button', { name: '忘记 PIN' }).click()
  await page.getByText('未能密封的 1 条将无法再传').waitFor()
  server.mood.bind = true
  await page.getByRole('button', { name: '销毁并重新登录' }).click()
  await page.getByRole('alert').filter({ hasText: '有 1 条记录无法再传' }).waitFor()
  await page.getByRole('button', { name: '重新登录' }).click()
  server.mood.refusePush = undefined
  await page.getByLabel('登录链接或口令').fill('token-of-wang-0001')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await choosePin(page)
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await page.reload()
  await expect
    .poll(() => server.losses.map(({ cause, commands, accountId }) => [cause, commands, accountId]), {
      timeout: 60_000,
    })
    .toEqual([['pin-forgotten', 1, 'acc-wang']])
  await enterPin(page, pin)
  await chip(page).click()
  await page.getByRole('radio', { name: /读不出/ }).check()
  await page.getByText('登记人的密钥已销毁，未能上传').waitFor()
  await context.close()
})

it('becomes a device by the code in the address or typed, and says when a code is spent', async () => {
  server.policy.enrolment = 'by-code'
  const { context, page } = await openPhone(browser)
  await signIn(page, 'token-of-wang-0001')
  await page.getByRole('alert').filter({ hasText: '尚未登记' }).waitFor()
  await page.getByRole('link', { name: '登记此手机' }).click()
  await page.getByLabel('登记码').fill('k7qm4')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: '10 位' }).waitFor()
  await page.getByLabel('登记码').fill('k7qm4-xtdo1')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('此手机已登记为“下栅 3 号机”').waitFor()
  expect(server.devices.size).toBe(1)
  await page.getByRole('link', { name: '去登录' }).click()
  await page.getByLabel('登录链接或口令').fill('token-of-wang-0001')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '设置 PIN' }).waitFor()

  const second = await openPhone(browser)
  await second.page.goto(`${server.url}/field/#enrol=K7QM4XTD01`)
  await second.page.getByRole('alert').filter({ hasText: '登记码不对、已用过或已过期' }).waitFor()
  expect(second.page.url()).not.toContain('K7QM4')
  server.mood.enrolmentCode = 'ABCDE12345'
  const third = await openPhone(browser)
  await third.page.goto(`${server.url}/field/#enrol=ABCDE12345`)
  await third.page.getByText('此手机已登记为“下栅 3 号机”').waitFor()
  for (const phone of [{ context }, second, third]) await phone.context.close()
})

it('wipes itself when it hears that it has to, says so to the server, and can begin anew', async () => {
  const { context, page } = await openPhone(browser)
  await startUnderPin(page)
  server.mood.refusePush = 'BUSY'
  await recordCar(page, 'X0001')
  server.mood.device = 'wipe'
  server.mood.refusePush = undefined
  await page.getByRole('heading', { name: '此手机已清除' }).waitFor({ timeout: 60_000 })
  await page.getByText('其中 1 条记录没有上传，编号已报告服务器').waitFor()
  expect(server.wipes).toEqual(['2020-02-10T04:00:00.000Z'])
  expect(server.losses).toMatchObject([{ cause: 'wipe', commands: 1, accountId: 'acc-wang' }])
  expect(server.stored.size).toBe(0)
  await page.reload()
  await page.getByRole('heading', { name: '此手机已清除' }).waitFor()
  server.mood.device = 'active'
  await page.getByRole('button', { name: '重新登记此手机' }).click()
  await page.getByRole('heading', { name: '登记此手机' }).waitFor()
  expect(await inClear(page, 'acc-wang')).toBe(false)
  await context.close()
})

it('works without a PIN only where that is allowed, and says so', async () => {
  server.policy.pin = 'skippable'
  const { context, page } = await openPhone(browser)
  await signIn(page, 'token-of-wang-0001')
  await page.getByText('没有设 PIN').waitFor()
  await page.getByRole('link', { name: '设置 PIN' }).click()
  await choosePin(page)
  await page.getByText('已设 PIN，10 分钟不用自动锁定').waitFor()
  await page.getByRole('link', { name: '更改 PIN' }).click()
  await enterPin(page, pin)
  await choosePin(page, otherPin)
  await page.getByRole('button', { name: '立即锁定' }).click()
  await enterPin(page, otherPin)
  await page.getByText('已设 PIN').waitFor()
  await context.close()
})
