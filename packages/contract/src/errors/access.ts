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
  SIGN_IN_FAILED: {
    status: 401,
    retry: 'never',
    text: {
      zh: '登录名、密码或验证码不正确。',
      en: 'The login, the password or the code is not right.',
    },
  },
  SIGN_IN_LOCKED: {
    status: 429,
    retry: 'later',
    text: {
      zh: '失败次数过多，已暂时锁定，请稍候再试或联系系统管理员。',
      en: 'Too many failures, so this is locked for a while; wait, or ask an administrator.',
    },
  },
  SECOND_FACTOR_NEEDED: {
    status: 403,
    retry: 'after-sign-in',
    text: { zh: '请先完成第二重验证。', en: 'Prove your second factor first.' },
  },
  SECOND_FACTOR_NOT_SET_UP: {
    status: 403,
    retry: 'after-sign-in',
    text: {
      zh: '您的岗位须设置第二重验证后才能使用。',
      en: 'Your role needs a second factor; set one up first.',
    },
  },
  RECENT_FACTOR_NEEDED: {
    status: 403,
    retry: 'never',
    text: {
      zh: '此操作须重新验证身份，请再次输入密码、验证码或使用通行密钥。',
      en: 'This needs a fresh proof: enter your password or code again, or use your passkey.',
    },
  },
  SCOPE_NOT_ALLOWED: {
    status: 403,
    retry: 'never',
    text: { zh: '该接口密钥不含此项授权。', en: 'This key was not given that scope.' },
  },
  PASSWORD_TOO_WEAK: {
    status: 422,
    retry: 'never',
    text: {
      zh: '密码太容易被猜到：至少 10 个字符，且不含登录名。',
      en: 'This password is too easy to guess; take at least 10 characters without the login.',
    },
  },
  PASSWORD_BREACHED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '该密码出现在已泄露密码名单中，请换一个。',
      en: 'This password is on a list of leaked passwords; take another.',
    },
  },
  PASSKEY_NOT_ACCEPTED: {
    status: 401,
    retry: 'never',
    text: {
      zh: '通行密钥未通过验证，请重试或改用其他方式。',
      en: 'The passkey was not accepted; try again or sign in another way.',
    },
  },
  PASSKEYS_NOT_CONFIGURED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '此地址尚未配置通行密钥，请联系系统管理员。',
      en: 'Passkeys are not configured for this address; ask an administrator.',
    },
  },
  TOTP_NOT_STARTED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '没有待确认的验证器设置，请重新开始。',
      en: 'No authenticator is being set up; start again.',
    },
  },
  TOTP_SET_UP_ALREADY: {
    status: 409,
    retry: 'never',
    text: {
      zh: '已经设置了验证器，请先移除再更换。',
      en: 'An authenticator is set up already; remove it first.',
    },
  },
  LAST_SECOND_FACTOR: {
    status: 409,
    retry: 'never',
    text: {
      zh: '您的岗位须保留一种第二重验证，不能移除最后一种。',
      en: 'Your role needs a second factor; the last one cannot be removed.',
    },
  },
  NO_SUCH_ACCOUNT: {
    status: 404,
    retry: 'never',
    text: { zh: '您的范围内没有这个账号。', en: 'There is no such account in your area.' },
  },
  NO_SUCH_SESSION: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这个登录，可能已经结束。', en: 'There is no such session; it may be over.' },
  },
  NO_SUCH_PASSKEY: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这个通行密钥。', en: 'There is no such passkey.' },
  },
  NO_SUCH_API_KEY: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这个接口密钥。', en: 'There is no such key.' },
  },
  LOGIN_TAKEN: {
    status: 409,
    retry: 'never',
    text: { zh: '登录名已被使用。', en: 'This login is taken.' },
  },
  NOT_ONESELF: {
    status: 403,
    retry: 'never',
    text: {
      zh: '不能对自己的账号做此更改，请由另一位系统管理员操作。',
      en: 'This cannot be done to your own account; ask another administrator.',
    },
  },
  NOT_A_SERVICE_ACCOUNT: {
    status: 409,
    retry: 'never',
    text: { zh: '只有服务账号才有接口密钥。', en: 'Only a service account has keys.' },
  },
  IDENTITY_PROVIDER_FAILED: {
    status: 401,
    retry: 'never',
    text: {
      zh: '身份认证平台没有确认此次登录，请重试或改用其他方式。',
      en: 'The identity provider did not confirm this sign-in; try again or sign in another way.',
    },
  },
  IDENTITY_PROVIDER_NOT_CONFIGURED: {
    status: 404,
    retry: 'never',
    text: { zh: '没有配置身份认证平台。', en: 'No identity provider is configured.' },
  },
  DEVICE_REVOKED: {
    status: 403,
    retry: 'after-sign-in',
    text: { zh: '此设备已停用，请联系带班领导。', en: 'This device was revoked; see the post lead.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
