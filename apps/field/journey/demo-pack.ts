import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const msPerDay = 86_400_000

/** Reference data of a small made-up city, in force around a time. */
export const contentAt = (nowMs: number): PackContent => ({
  jurisdictions: [
    { code: 440402, parentCode: 440400, name: { zh: '香洲区', en: 'Xiangzhou' }, timeZone: 'Asia/Shanghai' },
  ],
  posts: [
    {
      id: 1,
      jurisdiction: 440402,
      type: 'road-main',
      name: { zh: '下栅', en: 'Xiazha' },
      longitude: 113.5,
      latitude: 22.4,
      lanes: 4,
      illustrative: true,
    },
    {
      id: 2,
      jurisdiction: 440402,
      type: 'railway',
      name: { zh: '珠海站', en: 'Zhuhai station' },
      longitude: 113.55,
      latitude: 22.2,
      lanes: 2,
      illustrative: false,
    },
  ],
  responses: [
    {
      id: 'ncp-2020',
      name: { zh: '新冠肺炎', en: 'COVID-19' },
      collectionFrom: day(nowMs - 30 * msPerDay),
      collectionUntil: day(nowMs + 60 * msPerDay),
      ruleSets: [
        {
          version: 14,
          effectiveFrom: day(nowMs - 10 * msPerDay),
          feverThresholdCelsius: 37.3,
          secondReadingWaitMinutes: 8,
          exposureWindowDays: 14,
          symptoms: [
            { code: 'cough', name: { zh: '咳嗽', en: 'Cough' } },
            { code: 'fatigue', name: { zh: '乏力', en: 'Fatigue' } },
            { code: 'short-breath', name: { zh: '气促', en: 'Short breath' } },
          ],
          riskAreas: [
            { areaCode: 420100, level: 'high', from: day(nowMs - 20 * msPerDay) },
            { areaCode: 330300, level: 'medium', from: day(nowMs - 20 * msPerDay) },
          ],
          rules: [
            {
              id: 'R1',
              when: { feverAtLeast: 'suspected' },
              disposition: 'second-check',
              reason: { zh: '体温达到阈值，须复测', en: 'Temperature at the threshold: measure again' },
            },
            {
              id: 'R2',
              when: { exposureAtLeast: 'medium-risk-area' },
              disposition: 'home-quarantine',
              reason: { zh: '到过中风险地区，居家隔离', en: 'Stay in a medium-risk area: home quarantine' },
            },
            {
              id: 'R3',
              when: { feverAtLeast: 'confirmed', exposureAtLeast: 'medium-risk-area' },
              disposition: 'referred',
              reason: { zh: '发热并有曝露，送发热门诊', en: 'Fever with exposure: fever clinic' },
            },
            {
              id: 'R4',
              when: { symptomsAtLeast: 1 },
              disposition: 'advised',
              reason: { zh: '有症状，提醒就医', en: 'Symptoms: advised to see a doctor' },
            },
          ],
        },
      ],
    },
  ],
})

/** A signer with a key of its own, as each server has. */
export const createSigner = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const jwk = publicKey.export({ format: 'jwk' })
  const rawKey = Buffer.from(jwk.x ?? '', 'base64url').toString('base64')
  return {
    pack(content: PackContent, issuedAtMs: number, lifeMs: number): Pack {
      const text = JSON.stringify(content)
      const version = createHash('sha256').update(text).digest('hex')
      const issuedAt = new Date(issuedAtMs).toISOString()
      const expiresAt = new Date(issuedAtMs + lifeMs).toISOString()
      const signature = sign(null, Buffer.from(`${version}\n${issuedAt}\n${expiresAt}`), privateKey)
      return {
        version,
        issuedAt,
        expiresAt,
        content: text,
        signature: signature.toString('base64'),
        publicKey: rawKey,
      }
    },
  }
}
