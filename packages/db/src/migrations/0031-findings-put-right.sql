-- That somebody showed a health certificate, and what came of reading it; nothing of its content.
alter table screening_travellers add column certificates jsonb;

-- What was found of somebody, put right by who works on the record: the parts that were changed, as they were and as they
-- should have been. What was recorded and decided stays. `day` is that of the screening; its data key seals the words.
create table screening_finding_corrections (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  day date not null,
  before jsonb not null,
  after jsonb not null,
  ground text not null,
  words_sealed bytea,
  made_at timestamptz not null,
  account_id uuid not null,
  role text not null,
  device_id uuid,
  primary key (jurisdiction, id)
);

create index screening_finding_corrections_by_person
  on screening_finding_corrections (jurisdiction, occurred_at, screening_id, seat, made_at);
