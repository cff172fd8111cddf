import type { Page } from 'playwright-core'

/** What an inspector's thumb does, by role and label, in Chinese. */
export const createLaneHand = (page: Page) => {
  const press = async (keys: string): Promise<void> => {
    for (const key of keys) await page.getByRole('button', { name: key, exact: true }).click()
  }
  const enterPlateAndPeople = async (plate: string, people: number): Promise<void> => {
    await press(plate)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('group', { name: '车上几人' }).waitFor()
    await press(String(people))
    await page.getByRole('group', { name: '体温键盘' }).waitFor()
  }
  const finish = async (outcome: string): Promise<void> => {
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByRole('heading', { name: outcome }).waitFor()
  }
  const state = page.getByRole('link', { name: /同步状态/ })
  return {
    press,
    enterPlateAndPeople,
    finish,
    /** One car in which everybody is well. */
    recordWell: async (plate: string, people: number): Promise<void> => {
      await enterPlateAndPeople(plate, people)
      await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
      await finish('通过')
    },
    next: async (): Promise<void> => {
      await page.getByRole('button', { name: '下一辆' }).click()
      await page.getByRole('group', { name: '车牌键盘' }).waitFor()
    },
    seeState: (text: string | RegExp): Promise<void> =>
      state.filter({ hasText: text }).waitFor({ timeout: 60_000 }),
  }
}
