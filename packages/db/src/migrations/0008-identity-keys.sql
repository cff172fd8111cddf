-- Data keys name what wrapped them and which digests their day carries.
--
-- generation: of the master key. Null where the row is from before day keys: then the data key itself is wrapped, by the
-- first master key; otherwise what is wrapped is the data key sealed by the day key, which is not in this database.
-- fingerprint: of the data key, by which a certificate names it.
-- digest_generation: new digests of the day are made with it; rows of the day may still carry any from digests_from on.
-- 0 is the one key that all days shared.
alter table identity_keys
  add column generation text,
  add column fingerprint bytea,
  add column digest_generation smallint not null default 0,
  add column digests_from smallint not null default 0,
  add check (digest_generation between 0 and 32000),
  add check (digests_from between 0 and digest_generation);

-- Look-ups and jobs read the keys that still open something; of the others there is one row for each day, for ever.
create index identity_keys_live on identity_keys (day) where wrapped is not null;
