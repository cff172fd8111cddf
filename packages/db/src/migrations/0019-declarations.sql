-- Declarations made before the journey. Nothing of what somebody declares is stored: only that some were signed, and
-- which of them were shown at a post.

-- Signed by day, for the whole city; a declaration that is signed again counts again.
create table rollup_declaration_days (
  jurisdiction integer not null,
  day date not null,
  signed integer not null,
  people integer not null,
  primary key (jurisdiction, day)
);

-- A declaration was confirmed in a screening. The digest is of its random id, which names nobody.
create table declaration_uses (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  post_id integer not null,
  screening_id uuid not null,
  declaration_digest bytea not null,
  account_id uuid not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, id)
);

create index declaration_uses_by_declaration on declaration_uses (declaration_digest);
create index declaration_uses_by_time on declaration_uses (jurisdiction, occurred_at);
