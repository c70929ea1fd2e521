/// What several parts need and no user sees: striped counters and buckets, back-off, and the words
/// in which values are shown. The lowest layer: it knows no other package of the library.
@NullMarked
package io.patinox.memory.internal;

import org.jspecify.annotations.NullMarked;
