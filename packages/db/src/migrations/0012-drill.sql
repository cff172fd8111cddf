-- The clock of a drill; a row is here in the schema of a drill alone. What it shows goes on at its own speed from where
-- it was left.
create table drill_clock (
  only_row boolean primary key check (only_row),
  id uuid not null,
  shown_at timestamptz not null,
  speed integer not null check (speed between 1 and 60)
);
