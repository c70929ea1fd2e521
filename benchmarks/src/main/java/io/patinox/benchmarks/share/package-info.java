/// The group `share`: reading and sharing values beside volatile fields, reference counts and the
/// JDK's locks.
///
/// [io.patinox.benchmarks.share.ShareGroup] lists the regimes and the bars; the other classes hold
/// the methods that JMH measures, one an implementation.
@NullMarked
package io.patinox.benchmarks.share;

import org.jspecify.annotations.NullMarked;
