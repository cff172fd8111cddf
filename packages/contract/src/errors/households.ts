import type { ErrorEntry } from './error-entry.ts'

/** Refusals around households, visits and rounds. */
export const householdsErrors = {
  NOT_OF_THIS_PART: {
    status: 422,
    retry: 'never',
    text: {
      zh: '这一部分须由本人的岗位完成，或注明代录的是谁。',
      en: 'This part belongs to another of the three; say for whom it is entered on this phone.',
    },
  },
  HOUSEHOLD_NAMES_ITSELF: {
    status: 422,
    retry: 'never',
    text: {
      zh: '不能把人合并到自己，也不能迁入原住处。',
      en: 'Nobody is merged with themselves or moved to where they live already.',
    },
  },
  UNKNOWN_GRID_CELL: {
    status: 422,
    retry: 'never',
    text: { zh: '没有这个网格。', en: 'There is no such grid cell.' },
  },
  UNKNOWN_VISIT_TASK: {
    status: 404,
    retry: 'never',
    text: {
      zh: '没有布置过这项任务。',
      en: 'No grid cell was asked for this task.',
    },
  },
  UNKNOWN_HOUSEHOLD: {
    status: 404,
    retry: 'never',
    text: {
      zh: '本小组的网格里没有这户。',
      en: 'There is no such household in the grid cells of your team.',
    },
  },
  HOUSEHOLD_ADDRESS_UNCLEAR: {
    status: 422,
    retry: 'never',
    text: {
      zh: '看不出是哪一户，请写明小区、楼栋和门牌，例如“翠湖苑3栋2单元501”。',
      en: 'Which door this is cannot be told; give the estate, the building and the door.',
    },
  },
  NOT_IN_A_TEAM: {
    status: 409,
    retry: 'later',
    text: {
      zh: '您还没有编入社区小组，请联系勤务规划员。',
      en: 'You are in no community team yet; ask the duty planner.',
    },
  },
  TEAM_OVERTAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '有人先改了这个小组，请刷新后再改。',
      en: 'Somebody else changed this team first; look again.',
    },
  },
  NOT_A_TEAM_MEMBER: {
    status: 422,
    retry: 'never',
    text: {
      zh: '小组成员须是本辖区的社区人员账号。',
      en: 'Members of a team are community accounts of its area.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
