import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { DeclarationFault } from '#src/declarations/signed-text.ts'

/** What the inspector reads, each with the next step. */
export const declarationFaultTexts: Readonly<Record<DeclarationFault, Bilingual>> = {
  'other-text': {
    zh: '这不是入城申报码。请照常录入。',
    en: 'This is no declaration. Enter the vehicle as usual.',
  },
  incomplete: {
    zh: '申报码没有读全。请再扫一次，或照常录入。',
    en: 'The code was not read in full. Scan it again, or enter the vehicle as usual.',
  },
  forged: {
    zh: '签名不符：内容可能被改过。不要采用，请照常询问并录入。',
    en: 'The signature does not fit: something may have been changed. Do not use it; ask and enter as usual.',
  },
  'other-city': {
    zh: '这是另一个城市的申报码。请照常询问并录入。',
    en: 'This declaration was made for another city. Ask and enter as usual.',
  },
  expired: {
    zh: '申报码已过期。请照常询问；对方也可以在手机上重新签发。',
    en: 'This declaration has expired. Ask as usual; it can also be signed again on the phone that made it.',
  },
  'not-yet': {
    zh: '申报码的签发时间在本机时间之后。请核对本机时间。',
    en: 'This declaration was signed later than it is now on this phone. Check the clock of this phone.',
  },
  'cannot-verify': {
    zh: '本机浏览器不能核验签名。请照常询问并录入。',
    en: 'The browser of this phone cannot check signatures. Ask and enter as usual.',
  },
}
