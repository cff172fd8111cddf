/**
 * Everyone who may act, one word each; `docs/glossary.md` holds the Chinese terms. The three members of a community
 * team are roles of their own, because what each may see differs: an endpoint then names whom it means.
 */
export const roles = [
  'inspector',
  'post-lead',
  'community-health',
  'community-street',
  'community-police',
  'transport-crew',
  'clinic-staff',
  'desk-partner',
  'screening-clerk',
  'duty-planner',
  'commander',
  'service-officer',
  'enterprise-liaison',
  'administrator',
  'data-protection-officer',
  'auditor',
  'applicant',
  'device',
  'service-account',
] as const

export type Role = (typeof roles)[number]

export const roleNames: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  inspector: { zh: '查验员', en: 'Inspector' },
  'post-lead': { zh: '带班领导', en: 'Post lead' },
  'community-health': { zh: '社区小组卫生人员', en: 'Community team, health' },
  'community-street': { zh: '社区小组街道人员', en: 'Community team, street office' },
  'community-police': { zh: '社区小组民警', en: 'Community team, police' },
  'transport-crew': { zh: '转运人员', en: 'Transport crew' },
  'clinic-staff': { zh: '发热门诊人员', en: 'Fever-clinic staff' },
  'desk-partner': { zh: '后台搭档', en: 'Desk partner' },
  'screening-clerk': { zh: '排查员', en: 'Screening clerk' },
  'duty-planner': { zh: '勤务规划员', en: 'Duty planner' },
  commander: { zh: '值班指挥长', en: 'Duty commander' },
  'service-officer': { zh: '窗口服务员', en: 'Service-desk officer' },
  'enterprise-liaison': { zh: '企业联络员', en: 'Enterprise liaison' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  'data-protection-officer': { zh: '数据保护专员', en: 'Data-protection officer' },
  auditor: { zh: '审计员', en: 'Auditor' },
  applicant: { zh: '申请人', en: 'Applicant' },
  device: { zh: '设备', en: 'Device' },
  'service-account': { zh: '服务账号', en: 'Service account' },
}

/** A community team: health, street office and police go from door to door together. */
export const communityRoles = ['community-health', 'community-street', 'community-police'] as const

/**
 * Roles that an account can hold. An applicant is known by the code on a slip and a device by its enrolment: neither
 * signs in, and a session that claims to be one may do nothing.
 */
export const accountRoles: readonly Role[] = roles.filter((role) => role !== 'applicant' && role !== 'device')
