/** Everyone who may act, one word each; `docs/glossary.md` holds the Chinese terms. */
export const roles = [
  'inspector',
  'post-lead',
  'community-member',
  'desk-partner',
  'screening-clerk',
  'duty-planner',
  'commander',
  'service-officer',
  'enterprise-liaison',
  'administrator',
  'data-protection-officer',
  'auditor',
  'service-account',
] as const

export type Role = (typeof roles)[number]

export const roleNames: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  inspector: { zh: '查验员', en: 'Inspector' },
  'post-lead': { zh: '带班领导', en: 'Post lead' },
  'community-member': { zh: '社区小组成员', en: 'Community team member' },
  'desk-partner': { zh: '后台搭档', en: 'Desk partner' },
  'screening-clerk': { zh: '排查员', en: 'Screening clerk' },
  'duty-planner': { zh: '勤务规划员', en: 'Duty planner' },
  commander: { zh: '值班指挥长', en: 'Duty commander' },
  'service-officer': { zh: '窗口服务员', en: 'Service-desk officer' },
  'enterprise-liaison': { zh: '企业联络员', en: 'Enterprise liaison' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  'data-protection-officer': { zh: '数据保护专员', en: 'Data-protection officer' },
  auditor: { zh: '审计员', en: 'Auditor' },
  'service-account': { zh: '服务账号', en: 'Service account' },
}
