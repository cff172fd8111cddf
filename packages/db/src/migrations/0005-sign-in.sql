-- Sign-in: what proves who somebody is, how often it failed, and what a session has proved so far. All of it is local
-- to the coordinator, like accounts and sessions.

alter table sessions
  add column id uuid not null default gen_random_uuid(),
  add column method text not null default 'link',
  add column front text,
  add column agent text,
  -- When somebody last proved a factor in this session; a link counts as one.
  add column factor_at timestamptz,
  -- What is still to be done before the session may be used; null once it may.
  add column lacks text,
  add column last_seen_at timestamptz;

create unique index sessions_by_id on sessions (id);
create index sessions_by_account on sessions (account_id, expires_at);

-- The four tables of the sign-in library, under names of ours. One row of auth_users for each account that has a
-- credential, under the id of the account; the library wants an address, and gets one that no mail can reach.
create table auth_users (
  id uuid primary key references accounts (id),
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  two_factor_enabled boolean,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- A password (provider_id 'credential', Argon2id) or the subject at a city's identity provider. Its tokens are not
-- kept; the columns are there because the library writes them, as null.
create table auth_credentials (
  id uuid primary key,
  account_id uuid not null references auth_users (id),
  provider_id text not null,
  subject text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, subject)
);

create index auth_credentials_by_account on auth_credentials (account_id);

-- TOTP secret and backup codes, both sealed under a key derived from the master key.
create table auth_second_factors (
  id uuid primary key,
  account_id uuid not null unique references auth_users (id),
  secret text not null,
  backup_codes text not null,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);

-- A code of an authenticator is good once (RFC 6238 §5.2). Only a keyed digest is kept, until the code is over.
create table spent_codes (
  account_id uuid not null references accounts (id),
  code_digest bytea not null,
  spent_at timestamptz not null,
  primary key (account_id, code_digest)
);

create table passkeys (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  label text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);

create index passkeys_by_account on passkeys (account_id);

create table passkey_challenges (
  challenge text primary key,
  -- Null while it is not known who signs in.
  account_id uuid references accounts (id),
  expires_at timestamptz not null
);

-- Failures by login and by address, both as keyed digests: of a login that does not exist as of one that does.
create table sign_in_attempts (
  kind text not null,
  key_digest bytea not null,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (kind, key_digest)
);

create table api_keys (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  token_digest bytea not null unique,
  label text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  created_by uuid not null references accounts (id),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create index api_keys_by_account on api_keys (account_id);
