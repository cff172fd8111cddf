-- Audit: append-only, one link per transaction and jurisdiction.

create table audit_heads (
  jurisdiction integer primary key,
  seq bigint not null,
  hash bytea not null
);

create table audit_links (
  jurisdiction integer not null,
  seq bigint not null,
  at timestamptz not null,
  entries integer not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null,
  primary key (jurisdiction, seq)
);

create table audit_entries (
  jurisdiction integer not null,
  seq bigint not null,
  position integer not null,
  account_id uuid,
  device_id uuid,
  action text not null,
  subject text,
  outcome text not null,
  detail text,
  primary key (jurisdiction, seq, position)
);

-- The change feed reads by (transaction_id, id) below the oldest running transaction, so that a slow commit is never
-- stepped over.
create table outbox (
  id bigint generated always as identity primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  jurisdiction integer not null,
  payload json not null
);

create index outbox_by_transaction on outbox (transaction_id, id);
