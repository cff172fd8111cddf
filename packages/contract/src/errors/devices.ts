import type { ErrorEntry } from './error-entry.ts'

/** Refusals of devices: enrolment, proof of the key, revocation, records under seal. */
export const devicesErrors = {
  DEVICE_WIPE_REQUESTED: {
    status: 403,
    retry: 'after-sign-in',
    text: {
      zh: '此设备已停用，须清除本机数据。',
      en: 'This device was revoked and has to delete what it holds.',
    },
  },
  DEVICE_NOT_ENROLLED: {
    status: 403,
    retry: 'after-sign-in',
    text: {
      zh: '此手机尚未登记，请带班领导在后台“设备”页出示登记码。',
      en: 'This phone is not enrolled; ask the post lead for an enrolment code from the Devices page.',
    },
  },
  DEVICE_PROOF_WRONG: {
    status: 403,
    retry: 'after-sign-in',
    text: {
      zh: '设备密钥不符，请重新登录；仍不行请重新登记此手机。',
      en: 'The key of this device does not fit; sign in again, and enrol the phone anew if that does not help.',
    },
  },
  DEVICE_KEY_TAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '此设备编号已登记了另一把密钥。',
      en: 'Another key is registered under the id of this device.',
    },
  },
  ENROLMENT_CODE_SPENT: {
    status: 401,
    retry: 'never',
    text: {
      zh: '登记码不对、已用过或已过期，请出示新的登记码。',
      en: 'This enrolment code is wrong, was used or has expired; ask for a new one.',
    },
  },
  UNKNOWN_DEVICE: {
    status: 422,
    retry: 'never',
    text: { zh: '您的辖区没有这台设备。', en: 'There is no such device in your area.' },
  },
  DEVICE_WIPED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '此设备已清除，须重新登记才能使用。',
      en: 'This device was wiped; it has to be enrolled again.',
    },
  },
  PARCEL_UNREADABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '密封的记录打不开，请凭纸质登记补录。',
      en: 'The sealed record cannot be opened; enter it again from paper.',
    },
  },
  ATTRIBUTION_REFUSED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '密封的记录不能归于其登记人：凭证、时间或账号不符。',
      en: 'The sealed record cannot be put under the name of its maker: proof, time or account do not fit.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
