/// Starts the long runs; only with the profile `soak`.
@NullMarked
package io.patinox.soak;

import org.jspecify.annotations.NullMarked;
