-- Lists of calls and of quarantine beside those of screenings. Where a key names a screening and a seat, a row of a worklist
-- stands as its list and the number of its row, and an episode of quarantine as its id and seat 0.
alter table exports add column subject text not null default 'screenings'
  check (subject in ('screenings', 'calls', 'quarantine'));
alter table exports add column list_ids text[] not null default '{}';
alter table exports alter column cursor_seat type integer;
alter table exported_rows alter column seat type integer;
alter table identity_accesses alter column seat type integer;
alter table identity_accesses drop constraint identity_accesses_about_check;
alter table identity_accesses add constraint identity_accesses_about_check
  check (about in ('screening', 'quarantine', 'household', 'call'));

-- The list in which somebody in quarantine was seen; such accesses are not counted among those one by one.
alter table quarantine_accesses add column export_id uuid;
