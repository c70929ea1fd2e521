/// For the tests of those who use Patinox Memory.
///
/// [FailOnLeak][io.patinox.testkit.FailOnLeak], or
/// [LeakExtension][io.patinox.testkit.LeakExtension] itself, fails the test that lost a guard;
/// [LeakAssertions][io.patinox.testkit.LeakAssertions] checks that a guard can be lost at all;
/// [ManualTicker][io.patinox.testkit.ManualTicker] is a clock that a test moves;
/// [EvictionPolicyContract][io.patinox.testkit.EvictionPolicyContract] tests eviction policies.
///
/// {@snippet file="io/patinox/testkit/examples/TestkitExamples.java" region="annotation"}
///
/// Inside, a ledger for each run of JUnit keeps these invariants:
///
/// 1. A leak belongs to the one span of time, of a test or else of a class, in which its resource
///    was acquired; never to a later one in which it was only found.
/// 2. Where spans overlap because tests run in parallel, the place of acquisition decides; where
///    that does not tell either, no test fails, but their class.
/// 3. Every leak that belongs to a span fails something, once: its span, or if that has been
///    reported already, the class around it, or the run.
///
/// The package depends on the exported packages of `io.patinox.memory` and on JUnit's API.
@NullMarked
package io.patinox.testkit;

import org.jspecify.annotations.NullMarked;
