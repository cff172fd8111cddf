import { join } from 'node:path'
import { startStubApi } from './stub-api.ts'
import { noTally } from './stub-city.ts'

/** `node tests-support/serve.ts [port]`: the built console on the made-up city, a screening each second. */
const stub = await startStubApi(join(import.meta.dirname, '..', 'dist'), Number(process.argv[2] ?? 18_080))
setInterval(() => stub.commit({ ...noTally, vehicles: 1, travellers: 2 }), 1_000)
console.info(`${stub.origin}/console/`)
