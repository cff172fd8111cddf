-- The sheet that is read of a workbook with several; null where there is but one.
alter table worklist_imports add column sheet text;
