-- The door where somebody in quarantine, or a house, is looked at: of a household that is on file, or one that carries the id of
-- the episode. Whether a team is asked to go there follows from the episode; nulls: nobody is asked now.
create table quarantine_doors (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  quarantine_id uuid not null,
  household_id uuid not null,
  asked_at timestamptz,
  due_at timestamptz,
  -- Local day of that instant.
  due_by date,
  way text check (way in ('visit', 'police')),
  primary key (jurisdiction, occurred_at, quarantine_id),
  check (num_nulls(asked_at, due_at, due_by, way) in (0, 4))
);

create index quarantine_doors_by_household on quarantine_doors (jurisdiction, household_id);
