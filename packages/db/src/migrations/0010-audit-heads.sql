-- Signed end of the chain of a jurisdiction at the end of each of its local days. It can be published: whoever holds it
-- can tell later whether anything up to that day was changed, cut off or written anew.
create table audit_day_heads (
  jurisdiction integer not null,
  day date not null,
  seq bigint not null,
  hash bytea not null,
  entries bigint not null,
  previous bytea not null,
  closed_at timestamptz not null,
  public_key bytea not null,
  signature bytea not null,
  primary key (jurisdiction, day)
);

-- Entries are searched by the time of their link.
create index audit_links_by_time on audit_links (jurisdiction, at);

-- Runs of the verification, for whoever asks when the chain was last found whole.
create table audit_verifications (
  area_code integer not null,
  id uuid not null,
  account_id uuid,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  finished_at timestamptz,
  failed boolean not null,
  links_total bigint not null,
  links bigint not null,
  entries bigint not null,
  heads bigint not null,
  findings_total bigint not null,
  findings jsonb not null,
  primary key (area_code, id)
);
