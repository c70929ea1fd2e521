/// The scripts a newcomer starts, run by a real shell against JDKs and builds that are made up.
@NullMarked
package io.patinox.start;

import org.jspecify.annotations.NullMarked;
