/// jcstress tests of the concurrent state machines.
@NullMarked
package io.patinox.stress;

import org.jspecify.annotations.NullMarked;
