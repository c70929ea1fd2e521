/// Long runs against the exported packages: random operations with injected failures, and books
/// that must balance at the end.
@NullMarked
package io.patinox.soak;

import org.jspecify.annotations.NullMarked;
