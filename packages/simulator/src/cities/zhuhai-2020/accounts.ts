import type { Post } from '@guankou/contract/places/place.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { DemoAccount } from '#src/cities/city.ts'

const cityCode = 440400

const districts: readonly (readonly [code: number, login: string, zh: string, en: string])[] = [
  [440402, 'xiangzhou', '香洲', 'Xiangzhou'],
  [440403, 'doumen', '斗门', 'Doumen'],
  [440404, 'jinwan', '金湾', 'Jinwan'],
]

const inspectorsPerDistrict = 4

const cityWide: readonly (readonly [login: string, zh: string, en: string, role: Role])[] = [
  ['commander', '指挥长 01', 'Commander 01', 'commander'],
  ['duty-planner', '勤务规划员 01', 'Duty planner 01', 'duty-planner'],
  ['administrator', '管理员 01', 'Administrator 01', 'administrator'],
  ['desk-partner', '后台搭档 01', 'Desk partner 01', 'desk-partner'],
  ['screening-clerk', '排查员 01', 'Screening clerk 01', 'screening-clerk'],
  ['transport-crew', '转运人员 01', 'Transport crew 01', 'transport-crew'],
  ['clinic-staff', '发热门诊人员 01', 'Fever-clinic staff 01', 'clinic-staff'],
  ['auditor', '审计员 01', 'Auditor 01', 'auditor'],
  ['data-protection-officer', '数据保护专员 01', 'Data-protection officer 01', 'data-protection-officer'],
  ['demo-traffic', '演示流量', 'Demo traffic', 'service-account'],
]

/** The first crew of a post in the district, counted round so that inspectors spread over its posts. */
const crewAt = (posts: readonly Post[], district: number, index: number): number | null => {
  const own = posts.filter((post) => post.jurisdiction === district)
  const post = own[index % Math.max(1, own.length)]
  return post === undefined ? null : post.id * 10 + 1
}

const peopleOf = (posts: readonly Post[]): readonly DemoAccount[] =>
  districts.flatMap(([areaCode, login, zh, en]) => {
    const inspectors = Array.from({ length: inspectorsPerDistrict }, (_, index): DemoAccount => {
      const number = String(index + 1).padStart(2, '0')
      return {
        login: `inspector-${login}-${number}`,
        name: { zh: `${zh}查验员 ${number}`, en: `${en} inspector ${number}` },
        role: 'inspector',
        areaCode,
        crewId: crewAt(posts, areaCode, index),
      }
    })
    const lead: DemoAccount = {
      login: `post-lead-${login}`,
      name: { zh: `${zh}带班领导 01`, en: `${en} post lead 01` },
      role: 'post-lead',
      areaCode,
      crewId: crewAt(posts, areaCode, 0),
    }
    return [...inspectors, lead]
  })

/** Accounts of the demo city, one for every role that the main job needs. Invented throughout. */
export const zhuhaiAccounts = (posts: readonly Post[]): readonly DemoAccount[] => [
  ...peopleOf(posts),
  ...cityWide.map(
    ([login, zh, en, role]): DemoAccount => ({
      login,
      name: { zh, en },
      role,
      areaCode: cityCode,
      crewId: null,
    }),
  ),
]
