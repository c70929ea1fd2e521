/// The eviction policies of the house: an order for each, and the histories they share.
///
/// [Policies][io.patinox.memory.cache.internal.policy.Policies] names them all. Each order is the
/// textbook's algorithm over intrusive [nodes][io.patinox.memory.cache.PolicyNode], with two
/// differences that all share:
///
/// 1. A hit is a counter in the node (but for the exact LRU), so an order learns of hits when it
///    looks at a node as a candidate. What moves on a hit in the textbook moves at that time.
/// 2. A sweep that finds hit after hit ends after `LateOrder.PATIENCE` nodes, and takes the next
///    node whatever its hits. That bounds how long one eviction can keep the lock of a shard.
@NullMarked
package io.patinox.memory.cache.internal.policy;

import org.jspecify.annotations.NullMarked;
