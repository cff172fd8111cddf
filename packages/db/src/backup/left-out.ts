/** Tables whose rows no backup holds, and why; they are there and empty after a restore. */
export const leftOut: Readonly<Record<string, string>> = {
  schema_migrations: 'written when the schema is made again',
  restore_under_way: 'marks a restore that is not finished',
  outbox: 'changes for consoles of that hour; its numbers of transactions mean nothing in another cluster',
  sessions: 'one that was ended since must not come back; everyone signs in again',
  sign_in_links: 'one that was spent since must not work again',
  enrolment_codes: 'one that was spent since must not work again',
  passkey_challenges: 'good for minutes',
  spent_codes: 'good for minutes',
  sign_in_attempts: 'good for minutes',
  model_states: 'computed anew from the facts',
  match_list_keys: 'a list that was ended since must not come back; lists that still run are brought anew',
  match_entries: 'digests without the key of their list, which is not kept either',
  export_chunks: 'lists that were exported expire, and must not come back when they have',
}
