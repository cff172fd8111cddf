-- Who is the same person as somebody of a household, wherever that was found.
create index household_facts_of_merges on household_facts (jurisdiction) where kind = 'members-merged';
