import { setTimeout as pause } from 'node:timers/promises'
import {
  beginDigestGeneration,
  countByGeneration,
  readLiveDataKeys,
} from '@guankou/db/queries/identity/data-keys.ts'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { createLineEvery, say } from '#src/cli/progress.ts'
import { believedMs } from '#src/identity/data-keys.ts'
import { localGeneration } from '#src/identity/local-key-service.ts'
import { type RedigestParts, redigest } from '#src/identity/redigest.ts'
import { type Retired, retireGeneration } from '#src/identity/retire-generation.ts'
import { rewrapKeys } from '#src/identity/rewrap.ts'
import { readSealedRoot } from '#src/identity/root-key.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'

const withKeys = async (
  options: InstallationOptions,
  work: (installation: Installation) => Promise<void>,
): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    await work(installation)
  } finally {
    await installation.close()
  }
}

const readStatus = async ({ db, keys }: Installation) => {
  const { keyService, keyFolder, dayKeys, algorithm } = keys
  const [current, generations, counts, live, days, root] = await Promise.all([
    keyService.keyId(),
    keyService.generations(),
    countByGeneration(db.query),
    readLiveDataKeys(db.query),
    dayKeys.list(),
    readSealedRoot(keyFolder),
  ])
  return {
    service: keyService.name,
    algorithm,
    current,
    generations,
    wrappedBy: counts.map((each) => ({ ...each, generation: each.generation ?? localGeneration(1) })),
    withoutDayKey: live.filter(({ generation }) => generation === null).length,
    digestsUnsettled: live.filter((each) => each.digestsFrom < each.digestGeneration).length,
    sharedDigests: live.filter(({ digestsFrom }) => digestsFrom === 0).length,
    dayKeys: {
      live: days.filter(({ destroyed }) => !destroyed).length,
      destroyed: days.filter(({ destroyed }) => destroyed).length,
    },
    rootKey: root?.generation ?? `${localGeneration(1)} itself`,
  }
}

const status = (options: InstallationOptions & { readonly json: boolean }): Promise<void> =>
  withKeys(options, async (installation) => {
    const found = await readStatus(installation)
    if (options.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`)
      return
    }
    const lines = [
      `key service 密钥服务: ${found.service}`,
      `seals with 加密算法: ${found.algorithm}`,
      `generations 主密钥代次: ${found.generations.map((each) => (each === found.current ? `${each} (in use 在用)` : each)).join(', ')}`,
      ...found.wrappedBy.map(
        ({ generation, keys, oldestDay, newestDay }) =>
          `  ${generation} wraps ${keys} data keys 包裹数据密钥, ${oldestDay} – ${newestDay}`,
      ),
      `root key 根密钥: ${found.rootKey}`,
      `day keys 当日密钥: ${found.dayKeys.live} kept 保留, ${found.dayKeys.destroyed} destroyed 已销毁`,
      `data keys without a day key 尚无当日密钥: ${found.withoutDayKey}`,
      `days whose digests are being rewritten 摘要更换中: ${found.digestsUnsettled}, under the shared key 仍用旧共用密钥: ${found.sharedDigests}`,
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  })

const rotate = (options: InstallationOptions): Promise<void> =>
  withKeys(options, async ({ keys }) => {
    const generation = await keys.keyService.rotate()
    say({
      en: `${generation} wraps new keys from now on; run “guankou keys rewrap” for those there are`,
      zh: '新代次已启用，请运行 keys rewrap 重新包裹已有密钥',
    })
  })

const rewrap = (options: InstallationOptions): Promise<void> =>
  withKeys(options, async ({ db, keys }) => {
    const line = createLineEvery(50, { en: 'keys re-wrapped', zh: '个密钥已重新包裹' })
    const { rewrapped, generation } = await rewrapKeys(db, keys, line)
    say({ en: `${rewrapped} keys re-wrapped, all under ${generation}`, zh: '全部密钥已由新代次包裹' })
  })

const whyNot: Readonly<Record<Exclude<Retired['is'], 'retired'>, string>> = {
  unknown: 'there is no such generation; see “guankou keys status” · 没有这一代次',
  newest: 'it is in use: rotate first · 正在使用，请先 rotate',
  'root-key-unsealed':
    'the root key is not sealed by a newer one yet: run “guankou keys rewrap” · 根密钥尚未由新代次加密，请先 rewrap',
  'root-key-needs-it':
    'the root key is sealed by it: run “guankou keys rewrap” · 根密钥仍由它加密，请先 rewrap',
  needed: 'data keys need it: run “guankou keys rewrap” · 仍有数据密钥需要它，请先 rewrap',
}

const retire = (generation: string, options: InstallationOptions): Promise<void> =>
  withKeys(options, async ({ db, keys }) => {
    const retired = await retireGeneration(db, keys, generation)
    if (retired.is !== 'retired') {
      const count = retired.is === 'needed' ? ` (${retired.keys})` : ''
      throw new CommandFailure(`${generation} stays: ${whyNot[retired.is]}${count}`, exitCodes.differs)
    }
    say({ en: `${generation} is gone; what it wrapped in old copies opens no more`, zh: '该代次已销毁' })
  })

type RedigestOptions = InstallationOptions & { readonly begin: boolean; readonly wait: boolean }

const redigestAll = (options: RedigestOptions): Promise<void> =>
  withKeys(options, async ({ db, keys }) => {
    if (options.begin) {
      const days = await beginDigestGeneration(db.query)
      say({ en: `${days} days begin a new generation of digests`, zh: '已开始新一代摘要' })
    }
    const reference = (await createReferenceCache(db)).current()
    const parts: Omit<RedigestParts, 'maySettle'> = {
      db,
      keys,
      reference,
      now: Date.now,
      onProgress: ({ jurisdiction, day }, done, total) =>
        process.stdout.write(`  ${done}/${total} ${jurisdiction} ${day}\n`),
    }
    for (;;) {
      const { days, rows } = await redigest({ ...parts, maySettle: false })
      say({ en: `${rows} rows rewritten on ${days} days`, zh: '摘要已改写' })
      if (days === 0) return
      if (options.wait) {
        say({ en: 'Waiting until every server knows of the new key', zh: '等待各服务器得知新密钥' })
        await pause(believedMs + 5_000)
      }
      const settled = await redigest({ ...parts, maySettle: true })
      if (settled.rows === 0) return
    }
  })

export const keysCommand = (program: Command): void => {
  const keys = program.command('keys').description('look after the keys of identities')
  withInstallation(keys.command('status'))
    .description('which generations of the master key there are, and what they wrap')
    .option('--json', 'one JSON object instead of lines', false)
    .action(status)
  withInstallation(keys.command('rotate'))
    .description('begin a new generation of the master key; the others still open what they wrapped')
    .action(rotate)
  withInstallation(keys.command('rewrap'))
    .description('wrap every data key by the newest generation; may be stopped and started again')
    .action(rewrap)
  withInstallation(keys.command('retire <generation>'))
    .description('destroy a generation, and those before it, once nothing needs them')
    .action(retire)
  withInstallation(keys.command('redigest'))
    .description('rewrite look-up digests where a new digest key has begun; may be stopped and started again')
    .option('--begin', 'begin a new digest key on every day first', false)
    .option('--no-wait', 'do not wait for servers that run: none does')
    .action(redigestAll)
}
