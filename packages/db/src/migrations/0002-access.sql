-- Accounts, sessions and devices: local tables of the coordinator.

create table accounts (
  id uuid primary key,
  login text not null unique,
  name_zh text not null,
  name_en text not null,
  role text not null,
  area_code integer not null,
  crew_zh text,
  crew_en text,
  disabled_at timestamptz
);

-- Tokens are random and long; only their SHA-256 is kept.
create table sign_in_links (
  token_digest bytea primary key,
  account_id uuid not null references accounts (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);

create table devices (
  id uuid primary key,
  label text not null,
  area_code integer not null,
  enrolled_at timestamptz not null,
  revoked_at timestamptz,
  last_seen_at timestamptz,
  clock_skew_seconds double precision,
  queued integer,
  rejected integer,
  unreadable integer
);

create table sessions (
  token_digest bytea primary key,
  account_id uuid not null references accounts (id),
  device_id uuid references devices (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

-- What the server refused, without content: the content stays with whoever made it.
create table refused_commands (
  id bigint generated always as identity primary key,
  device_id uuid not null references devices (id),
  account_id uuid not null references accounts (id),
  at timestamptz not null,
  command_id text,
  code text not null,
  path text
);

create index refused_commands_by_device on refused_commands (device_id, at desc);
