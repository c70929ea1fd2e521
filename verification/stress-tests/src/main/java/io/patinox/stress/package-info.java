/// jcstress tests of leases and guards, through the public API. The pool's engine has its own, in
/// the package of the engine.
@NullMarked
package io.patinox.stress;

import org.jspecify.annotations.NullMarked;
