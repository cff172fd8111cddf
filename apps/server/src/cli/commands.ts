import type { Command } from 'commander'

type AddCommand = (program: Command) => void

/** What can be asked for, and the file that adds it: a command starts without reading those of the others. */
export const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  serve: async () => (await import('#src/cli/commands/serve.ts')).serveCommand,
  demo: async () => (await import('#src/cli/commands/demo.ts')).demoCommand,
  migrate: async () => (await import('#src/cli/commands/migrate.ts')).migrateCommand,
  matching: async () => (await import('#src/cli/commands/matching.ts')).matchingCommand,
  models: async () => (await import('#src/cli/commands/models.ts')).modelsCommand,
  certificates: async () => (await import('#src/cli/commands/certificates.ts')).certificatesCommand,
  replay: async () => (await import('#src/cli/commands/replay.ts')).replayCommand,
  simulate: async () => (await import('#src/cli/commands/simulate.ts')).simulateCommand,
  rollups: async () => (await import('#src/cli/commands/rollups.ts')).rollupsCommand,
  screening: async () => (await import('#src/cli/commands/screening.ts')).screeningCommand,
  keys: async () => (await import('#src/cli/commands/keys.ts')).keysCommand,
  retention: async () => (await import('#src/cli/commands/retention.ts')).retentionCommand,
  'subject-requests': async () =>
    (await import('#src/cli/commands/subject-requests.ts')).subjectRequestsCommand,
  audit: async () => (await import('#src/cli/commands/audit.ts')).auditCommand,
  handovers: async () => (await import('#src/cli/commands/handovers.ts')).handoversCommand,
  backup: async () => (await import('#src/cli/commands/backup.ts')).backupCommand,
  'check-backup': async () => (await import('#src/cli/commands/backup.ts')).checkBackupCommand,
  drill: async () => (await import('#src/cli/commands/drill.ts')).drillCommand,
  restore: async () => (await import('#src/cli/commands/restore.ts')).restoreCommand,
  export: async () => (await import('#src/cli/commands/export.ts')).exportCommand,
  'sign-in-link': async () => (await import('#src/cli/commands/sign-in-link.ts')).signInLinkCommand,
  account: async () => (await import('#src/cli/commands/account.ts')).accountCommand,
  phones: async () => (await import('#src/cli/commands/phones.ts')).phonesCommand,
  rules: async () => (await import('#src/cli/commands/rules.ts')).rulesCommand,
}

/** Those that a command line needs: the one it names, or all of them for help, a slip or nothing at all. */
export const commandsFor = async ([first = '']: readonly string[]): Promise<readonly AddCommand[]> => {
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined
  return Promise.all((named === undefined ? Object.values(commands) : [named]).map((load) => load()))
}
