-- Lists of people and vehicles that inspectors are prompted to ask. No number is kept: entries are keyed digests, and the
-- key of each list is sealed under the data key of the day it was brought on.

create table match_lists (
  jurisdiction integer not null,
  id uuid not null,
  title_zh text not null,
  title_en text not null,
  -- Whose data key seals basis and key.
  day date not null,
  basis_sealed bytea not null,
  imported_at timestamptz not null,
  -- Nobody where it was brought on the command line.
  imported_by uuid,
  -- No entry runs for longer.
  until timestamptz not null,
  primary key (jurisdiction, id)
);

create table match_list_ends (
  jurisdiction integer not null,
  list_id uuid not null,
  ended_at timestamptz not null,
  ended_by uuid,
  ground text not null check (ground in ('withdrawn', 'replaced')),
  primary key (jurisdiction, list_id)
);

-- Gone as soon as the list is over.
create table match_list_keys (
  jurisdiction integer not null,
  list_id uuid not null,
  day date not null,
  key_sealed bytea not null,
  primary key (jurisdiction, list_id)
);

create table match_entries (
  jurisdiction integer not null,
  list_id uuid not null,
  kind text not null check (kind in ('plate', 'document')),
  digest bytea not null check (octet_length(digest) = 16),
  reason text not null,
  until timestamptz not null,
  primary key (jurisdiction, list_id, kind, digest)
);
