-- Tasks of grid cells that were taken back. What was done at a door for one of them stays.
create table household_task_withdrawals (
  jurisdiction integer not null,
  task_id uuid not null,
  withdrawn_at timestamptz not null,
  withdrawn_by uuid not null,
  primary key (jurisdiction, task_id)
);
