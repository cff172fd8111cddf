/** Server settings by PostgreSQL's own names, e.g. `{ work_mem: '16MB' }`. */
export type ServerSettings = Readonly<Record<string, string>>

/**
 * The settings of an embedded PostgreSQL: durable, one machine, a few hundred megabytes at most.
 *
 * They go on the command line, so a new release of ours brings its own and nothing in the data folder can weaken them.
 * Failing statements and the details of errors stay out of the log: they would hold people's data.
 */
export const embeddedSettings: ServerSettings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  // A query over a month of day partitions locks each partition and each of its indexes.
  max_locks_per_transaction: '256',
  jit: 'off',

  wal_level: 'replica',
  max_wal_size: '1GB',
  min_wal_size: '128MB',
  checkpoint_timeout: '10min',
  checkpoint_completion_target: '0.9',
  // A backup streams the cluster over a replication connection: no other program is needed for it.
  max_wal_senders: '3',
  max_replication_slots: '3',

  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
}

/** What no caller may change: reachable from this machine only, by password only. */
export function fixedSettings(port: number): ServerSettings {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    ssl: 'off',
  }
}

/** `-c name=value` for each setting. */
export function settingArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** `pg_hba.conf`: who may connect from where. Passwords over TCP on this machine, nothing else. */
export const hostBasedAccess = [
  'host all all 127.0.0.1/32 scram-sha-256',
  'host replication all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n')
