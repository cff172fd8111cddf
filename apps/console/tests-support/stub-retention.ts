/** What the stub server answers about retention: two responses, days that are kept, and a certificate. */

const day = (nowMs: number, days: number): string =>
  new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10)

export const stubCertificateId = '01900000-0000-7000-8000-0000000000ce'

export const retentionPlan = (nowMs: number) => ({
  today: day(nowMs, 0),
  responses: [
    {
      responseId: 'covid-like-2020',
      response: { zh: '新冠类', en: 'COVID-19-like' },
      collectionFrom: '2020-01-18',
      collectionUntil: day(nowMs, 9),
      renewalVersion: 1,
      renewals: [
        {
          previousUntil: day(nowMs, -30),
          collectionUntil: day(nowMs, 9),
          ground: 'cases-among-arrivals',
          renewedAt: new Date(nowMs - 40 * 86_400_000).toISOString(),
          by: { zh: '指挥长', en: 'Commander' },
          role: 'commander',
        },
      ],
      keeps: { identityDays: 28, healthDays: 180 },
      decided: null,
    },
  ],
  held: [
    {
      jurisdiction: 440402,
      day: day(nowMs, -29),
      dataClass: 'identity',
      destroyFrom: day(nowMs, 0),
      isDue: true,
    },
    {
      jurisdiction: 440402,
      day: day(nowMs, -1),
      dataClass: 'identity',
      destroyFrom: day(nowMs, 28),
      isDue: false,
    },
    {
      jurisdiction: 440402,
      day: day(nowMs, -1),
      dataClass: 'health',
      destroyFrom: day(nowMs, 180),
      isDue: false,
    },
  ],
})

export const retentionHistory = (nowMs: number) => ({
  destroyed: [
    {
      jurisdiction: 440402,
      day: day(nowMs, -30),
      dataClass: 'identity',
      destroyedAt: new Date(nowMs - 3_600_000).toISOString(),
      vehicles: 12_431,
      travellers: 28_097,
      fields: 61_204,
      certificateId: stubCertificateId,
    },
  ],
  certificates: [{ id: stubCertificateId, issuedAt: new Date(nowMs - 3_600_000).toISOString(), days: 1 }],
})

export const retentionCertificate = {
  file: { content: '{}', signature: 'c3R1Yg==', publicKey: 'c3R1Yg==' },
  text: '数据销毁证明 · Certificate of destruction\n\n珠海市 · Zhuhai\n合计 Total: 1 日 days, 12431 车 vehicles\n',
}
