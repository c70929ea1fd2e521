/// Exceptions with stable codes, and the recovery strategies they carry.
@NullMarked
package io.patinox.memory.error;

import org.jspecify.annotations.NullMarked;
