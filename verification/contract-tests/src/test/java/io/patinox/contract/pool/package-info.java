/// The contract of the pool, tested through exported packages only. [Things] makes the objects,
/// [Audit] is the check that every test ends with.
@NullMarked
package io.patinox.contract.pool;

import org.jspecify.annotations.NullMarked;
