/* What a delivery holds, as text: for tests, and for who wonders. */
#ifndef ASPIS_DELIVERY_DUMP_H
#define ASPIS_DELIVERY_DUMP_H

#include "base/strbuf.h"
#include "delivery/delivery.h"

/* Appends a JSON line for each producer and each consumer, by environment, producers first: {"record":"producer" or "consumer","environment","application","chart" (its folder),"how","namespace",
 * "secret","key","whole","certain","object":{"apiVersion","kind","name"},"file","line","column"}, for producers also {"keys":[{"key","vaultKey","certain"}],"open","type","vaultPath","entry"}. how is the
 * kind of use (consumer_kind_name), or of the object that produces. What is unknown or not there is null; key is null for producers. */
void delivery_dump(struct strbuf *out, const struct delivery *delivery);

#endif
