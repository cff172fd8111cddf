-- Devices with a key of their own, how they are enrolled, taken out of use and wiped, and what was lost on them.

alter table devices add column public_key bytea;
alter table devices add column enrolled_how text not null default 'on-the-spot'
  check (enrolled_how in ('by-code', 'on-the-spot'));
alter table devices add column revoked_by uuid references accounts (id);
alter table devices add column revocation_reason text;
alter table devices add column wipe_requested_at timestamptz;
alter table devices add column wiped_at timestamptz;

-- Of a code only its SHA-256 is kept.
create table enrolment_codes (
  code_digest bytea primary key,
  area_code integer not null,
  label text not null,
  created_by uuid not null references accounts (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  device_id uuid references devices (id)
);

-- Records that never left a phone and cannot any more, as the phone told it; an id is kept, content never was.
create table device_losses (
  device_id uuid not null references devices (id),
  account_id uuid not null,
  at timestamptz not null,
  cause text not null,
  commands integer not null check (commands >= 0),
  command_ids text[] not null,
  primary key (device_id, at, account_id)
);

-- What the installation asks of its phones. No row: the relaxed way for the demo city, the strict way for any other.
create table phone_policy (
  only_row boolean primary key default true check (only_row),
  enrolment text not null check (enrolment in ('by-code', 'on-the-spot')),
  pin text not null check (pin in ('required', 'skippable')),
  most_pin_tries integer not null check (most_pin_tries between 3 and 100),
  lock_after_minutes integer not null check (lock_after_minutes between 1 and 720)
);
