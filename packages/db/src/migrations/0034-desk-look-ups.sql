-- What somebody was seen in: their screening, their quarantine or their household, whose id then stands in `screening_id`.
alter table identity_accesses add column about text not null default 'screening'
  check (about in ('screening', 'quarantine', 'household'));

-- What an answer of one press tells beside its word. Whom it is about stays in the sealed subject.
alter table pairing_facts add column until_day date;
alter table pairing_facts add column people integer check (people >= 0);
alter table pairing_facts add column visited_on date;
alter table pairing_facts add check (kind = 'answer' or (until_day is null and people is null and visited_on is null));
