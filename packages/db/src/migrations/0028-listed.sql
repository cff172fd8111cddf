-- Match lists that a traveller stood on at that hour, as the rules looked at them: list, reason, and whether the server had
-- confirmed it. Null where there were none.
alter table screening_travellers add column listed jsonb;
