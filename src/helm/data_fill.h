/* Private to data_map.c and data_fill.c: the entries of maps. */
#ifndef ASPIS_HELM_DATA_FILL_H
#define ASPIS_HELM_DATA_FILL_H

#include "helm/data.h"

/* Reads all keys of a map, if that has not been done, with their values to be made later. The data is not changed as such, but that reading shows whether
 * it is open. */
void data_fill(struct arena *arena, const struct data *data);

/* The index of the entry of a key, SIZE_MAX where there is none; of equal keys that of the last one. */
size_t data_index(const struct data_map *map, struct str key);

/* An entry more, which data_index() finds from then on. The key is borrowed; the entry stays where it is until the next one is added. */
struct data_entry *data_append(struct arena *arena, struct data_map *map, struct str key);

/* Makes the slots anew, after entries were moved. */
void data_make_slots(struct arena *arena, struct data_map *map);

#endif
