-- Pairings of one in the field and one at a desk. `occurred_at` is when it was opened, which its id carries, and `day` its
-- local day, under whose data key everything is sealed that was written.

create table pairings (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  id uuid not null,
  day date not null,
  field_account uuid not null,
  field_role text not null,
  field_device uuid,
  -- Who was picked, before they joined.
  wanted_account uuid,
  -- Told by voice; gone once it is used.
  code text check (code ~ '^[0-9]{6}$'),
  desk_account uuid,
  joined_at timestamptz,
  last_at timestamptz,
  last_seq integer not null check (last_seq >= 0),
  ended_at timestamptz,
  ended_by text check (ended_by in ('field', 'desk')),
  primary key (jurisdiction, occurred_at, id),
  check ((desk_account is null) = (joined_at is null)),
  check ((ended_at is null) = (ended_by is null))
);

create unique index pairings_by_code on pairings (code) where code is not null;
create index pairings_by_field on pairings (field_account, occurred_at desc);
create index pairings_by_desk on pairings (desk_account, occurred_at desc) where desk_account is not null;
create index pairings_by_wanted on pairings (wanted_account, occurred_at desc) where wanted_account is not null;

-- What was said and done, in order: only ever added to.
create table pairing_facts (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  pairing_id uuid not null,
  id uuid not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  account_id uuid not null,
  side text not null check (side in ('field', 'desk')),
  kind text not null check (kind in ('joined', 'subject', 'question', 'looked-up', 'answer', 'ended')),
  subject_kind text,
  asked text,
  answer text,
  purpose text,
  matches integer check (matches >= 0),
  answers uuid,
  -- The subject or the words.
  sealed bytea,
  primary key (jurisdiction, occurred_at, pairing_id, id),
  unique (jurisdiction, occurred_at, pairing_id, seq),
  check ((subject_kind is not null) = (kind = 'subject')),
  check ((asked is not null) = (kind = 'question')),
  check ((answer is not null) = (kind = 'answer')),
  check ((purpose is not null) = (kind = 'looked-up'))
);
