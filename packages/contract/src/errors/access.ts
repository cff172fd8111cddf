import type { ErrorEntry } from './error-entry.ts'

/** Refusals of sign-in, devices, roles and areas. */
export const accessErrors = {
  NOT_SIGNED_IN: {
    status: 401,
    retry: 'after-sign-in',
    text: { zh: '请先登录。', en: 'Sign in first.' },
  },
  SIGN_IN_LINK_SPENT: {
    status: 401,
    retry: 'never',
    text: {
      zh: '登录链接已用过或已过期，请领取新链接。',
      en: 'This sign-in link was used or has expired; ask for a new one.',
    },
  },
  ROLE_NOT_ALLOWED: {
    status: 403,
    retry: 'never',
    text: { zh: '您的岗位不能使用此功能。', en: 'Your role may not use this.' },
  },
  OUTSIDE_AREA: {
    status: 403,
    retry: 'never',
    text: { zh: '该地区不在您的权限范围内。', en: 'This area is outside yours.' },
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    retry: 'never',
    text: { zh: '请求来自其他网站，已拒绝。', en: 'The request came from another site and was refused.' },
  },
  DEVICE_REVOKED: {
    status: 403,
    retry: 'after-sign-in',
    text: { zh: '此设备已停用，请联系带班领导。', en: 'This device was revoked; see the post lead.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
