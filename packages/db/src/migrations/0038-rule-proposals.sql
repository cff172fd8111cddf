-- Whether one person may put areas at risk into force for a response; left as it is, two do.
alter table responses add column rules_by text not null default 'two-people' check (rules_by in ('two-people', 'one-person'));

-- Changes of areas at risk that one person proposes and a second agrees to. What was written lies under the key of the city and `day`.
create table rule_proposals (
  jurisdiction integer not null,
  id uuid not null,
  day date not null,
  response_id text not null references responses (id),
  after_version integer not null,
  added jsonb not null,
  ended jsonb not null,
  due_hours integer not null,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  role text not null,
  name_zh text not null,
  name_en text not null,
  lapses_at timestamptz not null,
  state text not null check (state in ('waiting', 'agreed', 'declined', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid,
  decider_zh text,
  decider_en text,
  -- Why it was declined.
  reason_sealed bytea,
  -- What it became.
  version integer,
  primary key (jurisdiction, id),
  check ((state = 'waiting') = (decided_at is null)),
  check ((state = 'agreed') = (version is not null)),
  check ((state = 'declined') = (reason_sealed is not null))
);

create index rule_proposals_by_time on rule_proposals (jurisdiction, response_id, proposed_at desc);

-- Versions that one person put into force alone, in an emergency: with why, until an auditor has looked at it.
create table rules_put_alone (
  jurisdiction integer not null,
  response_id text not null,
  version integer not null,
  day date not null,
  reason_sealed bytea not null,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewer_zh text,
  reviewer_en text,
  primary key (jurisdiction, response_id, version),
  foreign key (response_id, version) references rule_sets (response_id, version),
  check ((reviewed_at is null) = (reviewed_by is null))
);

-- Who proposed a version, where two people put it into force; and whether one did alone although two decide.
alter table rule_set_publications add column alone boolean not null default false;
alter table rule_set_publications add column proposed_by uuid;
alter table rule_set_publications add column proposer_zh text;
alter table rule_set_publications add column proposer_en text;
