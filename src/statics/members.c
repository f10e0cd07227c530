#include "statics/members.h"

void members_init(struct members *members, const struct node *mapping)
{
	*members = (struct members){.mapping = mapping, .sorted = true};
	map_init(&members->by_key);
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node_pair *pair = &mapping->mapping.pairs[i];
		struct str key = node_text(pair->key);

		if (str_is_absent(key) || node_resolve(pair->key)->type == TYPE_MERGE)
			continue;
		if (members->by_key.len > 0 &&
			str_compare(members->by_key.entries[members->by_key.len - 1].key, key) >= 0)
			members->sorted = false;
		map_set(&members->by_key, key, (void *)pair);
	}
}

void members_release(struct members *members)
{
	map_release(&members->by_key);
}

const struct node_pair *members_find(const struct members *members, struct str key)
{
	return map_get(&members->by_key, key);
}

const struct node_pair *members_before(const struct members *members, struct str key)
{
	const struct map_entry *entries = members->by_key.entries;
	size_t low = 0, high = members->by_key.len;

	if (!members->sorted || high == 0)
		return members->mapping->mapping.count > 0
			       ? &members->mapping->mapping.pairs[members->mapping->mapping.count - 1]
			       : NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(entries[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? entries[low - 1].value : NULL;
}
