-- Travellers whom an inspector confirmed to be somebody of an earlier screening. Whom is not kept: the identity was copied
-- under the key of this day, and a link from day to day would outlive both keys as a trace of one person.
alter table screening_travellers add column confirmed_as text
  check (confirmed_as in ('resolved', 'unknown', 'expired'));

-- A vehicle that passes again: its occupants were offered, masked.
alter table identity_accesses drop constraint identity_accesses_via_check;
alter table identity_accesses add constraint identity_accesses_via_check
  check (via in ('look-up', 'unmask', 'export', 'pairing', 'subject-request', 'passage'));
