-- A team that reads a household on its round is told to those who live there, once a day.
alter table identity_accesses drop constraint identity_accesses_via_check;
alter table identity_accesses add constraint identity_accesses_via_check
  check (via in ('look-up', 'unmask', 'export', 'pairing', 'subject-request', 'passage', 'round'));
