import type { Response } from '@guankou/contract/responses/response.ts'
import type { City, DemoAccount } from '#src/cities/city.ts'
import { zhuhaiAccounts } from '#src/cities/zhuhai-2020/accounts.ts'
import { crewsOf, zhuhaiGridCells, zhuhaiJurisdictions } from '#src/cities/zhuhai-2020/districts.ts'
import { zhuhaiPosts } from '#src/cities/zhuhai-2020/posts.ts'
import { covidLikeResponse } from '#src/cities/zhuhai-2020/response.ts'

export type DemoCity = {
  readonly city: City
  /** The response, collecting until the given civil day `YYYY-MM-DD`. */
  readonly response: (collectionUntil: string) => Response
  readonly accounts: readonly DemoAccount[]
}

/** Zhuhai in early 2020: public facts where there are any, marked as illustrative where not. */
export const buildZhuhaiCity = (): DemoCity => ({
  city: {
    code: 440400,
    name: { zh: '珠海', en: 'Zhuhai' },
    jurisdictions: zhuhaiJurisdictions,
    posts: zhuhaiPosts,
    crews: crewsOf(zhuhaiPosts),
    gridCells: zhuhaiGridCells,
  },
  response: covidLikeResponse,
  accounts: zhuhaiAccounts(zhuhaiPosts),
})
