-- Policies hold every statement of a request to an area (`area-wall/`); these let it find the rows of one.

create index accounts_by_area on accounts (area_code);
create index devices_by_area on devices (area_code);
