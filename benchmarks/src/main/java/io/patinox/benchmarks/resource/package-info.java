/// The group `resource`: guards and their registry beside `Cleaner`, Netty's leak detector and
/// plain try-with-resources.
///
/// [io.patinox.benchmarks.resource.ResourceGroup] lists the regimes and the bars. What a life costs
/// is measured by JMH ([io.patinox.benchmarks.resource.LifeBenchmark]); what a million of them cost
/// alive ([io.patinox.benchmarks.resource.Retained]), walked
/// ([io.patinox.benchmarks.resource.Walked]) and dropped ([io.patinox.benchmarks.resource.Dropped])
/// by harnesses.
///
/// Everybody does the same with the same object: a fresh one of 16 bytes is acquired, registered
/// with whoever keeps track of it, and closed exactly once, whichever threads close it. Everybody
/// has the least that their own documentation asks for: `Cleaner` runs the resource itself instead
/// of an action that refers to it, and what Netty tracks is the resource and no handle of it.
@NullMarked
package io.patinox.benchmarks.resource;

import org.jspecify.annotations.NullMarked;
