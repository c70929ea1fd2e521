/// `patinox simulate`: which eviction policy would have had how many hits on a recorded trace.
///
/// A trace is read once, whatever its format, and its keys become numbers from 0, so that replays
/// work on arrays. Policies are replayed without a cache around them: a
/// [SimulatedShard][io.patinox.cli.simulate.SimulatedShard] calls an order as the one shard of a
/// cache would, by one thread. So figures are those of the policy itself, exact and the same at
/// every run; what a real cache adds, shards and concurrent hits that are counted once, is not in
/// them.
@NullMarked
package io.patinox.cli.simulate;

import org.jspecify.annotations.NullMarked;
