import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'

/** What the numbers of a kind look like, for whoever typed one that does not; as `readDocument` takes them. */
export const formHints: Readonly<Partial<Record<DocumentKind, Bilingual>>> = {
  'resident-id': {
    zh: '身份证号码 18 位，末位可为 X；老证 15 位',
    en: 'Identity card: 18 digits, the last may be X; 15 on old cards',
  },
  passport: {
    zh: '护照号码 4 至 9 位字母和数字，至少有一位数字',
    en: 'Passport: 4 to 9 letters and digits, at least one digit',
  },
  'hk-macao-permit': {
    zh: '回乡证为 H 或 M 加 8 位数字，旧证加 10 位；居住证 18 位，以 81 或 82 开头',
    en: 'Home return permit: H or M and 8 digits, 10 on old ones; residence permit: 18, from 81 or 82',
  },
  'taiwan-permit': {
    zh: '台胞证 8 位数字，旧证 10 位；居住证 18 位，以 83 开头',
    en: 'Taiwan permit: 8 digits, 10 on old ones; residence permit: 18, from 83',
  },
}
