-- Of rows that are to be visited: that nobody knows where.
alter table worklist_row_states add column no_address boolean not null default false;
