/// The contract of guards and their registry, tested through exported packages only.
@NullMarked
package io.patinox.contract.resource;

import org.jspecify.annotations.NullMarked;
