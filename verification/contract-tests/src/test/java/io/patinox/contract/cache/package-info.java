/// The contract of the cache, tested through exported packages only. [Setup] lists the kinds of
/// caches, [Audit] is the check that every test ends with.
@NullMarked
package io.patinox.contract.cache;

import org.jspecify.annotations.NullMarked;
