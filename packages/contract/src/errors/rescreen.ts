import type { ErrorEntry } from './error-entry.ts'

/** Refusals around new versions of the rules, and looking for whom they reach. */
export const rescreenErrors = {
  RULES_OVERTAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '规则已有更新的版本。请刷新后按最新版本再定。',
      en: 'There is a newer version of the rules. Read it first, then decide again.',
    },
  },
  RULES_WAITING: {
    status: 409,
    retry: 'never',
    text: {
      zh: '已有一个尚未生效的版本，请等它生效后再发布。',
      en: 'A version that is not in force yet is waiting; publish after its first day.',
    },
  },
  RULES_UNCHANGED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '风险地区没有变化，无需发布新版本。',
      en: 'No area at risk changes, so there is nothing to put into force.',
    },
  },
  RULES_VERSION_UNKNOWN: {
    status: 404,
    retry: 'never',
    text: {
      zh: '没有这个版本，或它之前没有可比较的版本。',
      en: 'There is no such version, or none before it to compare it with.',
    },
  },
  RULES_NOT_COMPARABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '这两个版本的发热阈值不同，无法凭已有记录比较。',
      en: 'The two versions take another temperature for a fever; records on file cannot tell them apart.',
    },
  },
  RISK_AREA_UNKNOWN: {
    status: 422,
    retry: 'never',
    text: {
      zh: '现行版本里没有这个尚未结束的风险地区。',
      en: 'The version in force has no such area at risk that could end then.',
    },
  },
  RISK_AREA_TWICE: {
    status: 422,
    retry: 'never',
    text: { zh: '同一风险地区写了两次。', en: 'The same area at risk is named twice.' },
  },
  RISK_AREA_DATES: {
    status: 422,
    retry: 'never',
    text: {
      zh: '日期不存在，或结束日早于开始日。',
      en: 'There is no such day, or the last day lies before the first.',
    },
  },
  RISK_AREAS_TOO_MANY: {
    status: 422,
    retry: 'never',
    text: {
      zh: '风险地区过多（最多 400 个），请改用上一级区划。',
      en: 'More than 400 areas at risk: name the division above them instead.',
    },
  },
  RULES_NEED_SECOND_PERSON: {
    status: 409,
    retry: 'never',
    text: {
      zh: '需由第二人同意后才生效。请先提出；情况紧急由一人决定的，须写明理由。',
      en: 'A second person has to agree first. Propose it; where it cannot wait, say why you decide alone.',
    },
  },
  PROPOSAL_NOT_FOUND: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这项提议。', en: 'There is no such proposal.' },
  },
  PROPOSAL_OWN: {
    status: 403,
    retry: 'never',
    text: {
      zh: '自己提出的，须由另一人决定。',
      en: 'You proposed it yourself: somebody else has to decide.',
    },
  },
  PROPOSAL_NEEDS_COMMANDER: {
    status: 403,
    retry: 'never',
    text: {
      zh: '提议人与同意人之中须有一人是指挥长。',
      en: 'Of the two who propose and agree, one has to be a commander.',
    },
  },
  PROPOSAL_CLOSED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这项提议已有结果，或已逾时失效。',
      en: 'This proposal was decided on already, or has lapsed.',
    },
  },
  RESCREEN_AT_WORK: {
    status: 409,
    retry: 'later',
    text: {
      zh: '这个版本的复查正在进行，请等它完成。',
      en: 'People are being looked for by this version already; wait until that is done.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
