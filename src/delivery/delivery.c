#include "delivery/delivery.h"

const struct delivery_environment *delivery_environment(const struct delivery *delivery, struct str name)
{
	return map_get(&delivery->environment_by_name, name);
}
