-- Households, and the teams that go from door to door. Facts only; who lives where, what is due and which visit is
-- complete follow from them.
create table household_facts (
  jurisdiction integer not null,
  id uuid not null,
  household_id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  day date not null,
  kind text not null,
  -- Without what names somebody or tells of their health.
  happening jsonb not null,
  -- That, under the data key of jurisdiction and day.
  sealed bytea,
  role text not null,
  account_id uuid not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, id)
);

create index household_facts_of_household on household_facts (jurisdiction, household_id);
create index household_facts_of_moves on household_facts (jurisdiction, (happening ->> 'toHouseholdId'))
  where kind = 'member-moved';
create index household_facts_of_people on household_facts (jurisdiction, (happening ->> 'personId'))
  where happening ? 'personId';
create index household_facts_of_undoing on household_facts (jurisdiction, (happening ->> 'factId'))
  where kind = 'undone';

-- What somebody or a door is known again by.
create table household_digests (
  jurisdiction integer not null,
  fact_id uuid not null,
  kind text not null check (kind in ('document', 'phone', 'address', 'estate')),
  household_id uuid not null,
  person_id uuid,
  digest bytea not null,
  primary key (jurisdiction, fact_id, kind)
);

create index household_digests_by_digest on household_digests (digest);

-- Where each door stands: from its facts, and from the row of a worklist that sent a team there.
create table household_states (
  jurisdiction integer not null,
  household_id uuid not null,
  grid_cell_id integer,
  -- [{"task", "dueBy", "askedAt"}], of its own facts.
  asked jsonb not null,
  -- {task: instant} of what complete visits settled.
  settled jsonb not null,
  tried_at timestamptz,
  tried_by uuid,
  complete_at timestamptz,
  last_outcome text,
  again_from timestamptz,
  has_facts boolean not null,
  escalated_at timestamptz,
  escalated_due_by date,
  list_id uuid,
  list_occurred_at timestamptz,
  row_number integer,
  primary key (jurisdiction, household_id),
  check ((escalated_at is null) = (escalated_due_by is null))
);

create index household_states_by_cell on household_states (jurisdiction, grid_cell_id);

-- Tasks that every door of a grid cell is asked for.
create table household_tasks (
  jurisdiction integer not null,
  id uuid not null,
  grid_cell_id integer not null,
  task text not null,
  due_by date not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  primary key (jurisdiction, id)
);

create index household_tasks_by_cell on household_tasks (jurisdiction, grid_cell_id);

-- Who goes where; the latest version of each counts.
create table community_teams (
  jurisdiction integer not null,
  id integer not null,
  version integer not null,
  name_zh text not null,
  name_en text not null,
  account_ids uuid[] not null,
  grid_cell_ids integer[] not null,
  decided_at timestamptz not null,
  decided_by uuid not null,
  primary key (jurisdiction, id, version)
);
