/// The packaged library as its users meet it.
@NullMarked
package io.patinox.consumers;

import org.jspecify.annotations.NullMarked;
