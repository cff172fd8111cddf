-- How long what is kept, as decided for a response. A version is never changed; the newest one holds.
create table retention_policies (
  response_id text not null references responses (id),
  version integer not null check (version >= 1),
  identity_days integer not null check (identity_days between 1 and 3650),
  health_days integer not null check (health_days between identity_days and 36500),
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (response_id, version)
);

-- What became of a day. A row without finished_at is work that a stop interrupted; counts are taken before anything is
-- destroyed, because afterwards there is nothing left to count.
create table retention_days (
  jurisdiction integer not null,
  day date not null,
  data_class text not null check (data_class in ('identity', 'health')),
  started_at timestamptz not null,
  finished_at timestamptz,
  vehicles integer not null check (vehicles >= 0),
  travellers integer not null check (travellers >= 0),
  fields integer not null check (fields >= 0),
  key_fingerprint bytea,
  certificate_id uuid,
  primary key (jurisdiction, day, data_class)
);

create index retention_days_open on retention_days (day) where finished_at is null or certificate_id is null;

-- The text is kept to the byte, because the signature is over it.
create table retention_certificates (
  id uuid primary key,
  issued_at timestamptz not null,
  content text not null,
  signature bytea not null,
  public_key bytea not null
);

-- A collection goes on because somebody said so by name: each renewal is a fact of its own, and the end date of the
-- response is that of its newest one.
create table collection_renewals (
  response_id text not null references responses (id),
  version integer not null check (version >= 1),
  previous_until date not null,
  collection_until date not null check (collection_until > previous_until),
  ground text not null,
  renewed_at timestamptz not null,
  renewed_by uuid not null references accounts (id),
  name_zh text not null,
  name_en text not null,
  role text not null,
  -- For those who answer for it later; sealed under the data key of this jurisdiction and day.
  jurisdiction integer not null,
  day date not null,
  note_sealed bytea,
  primary key (response_id, version)
);
