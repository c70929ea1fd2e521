/// Black-box tests of sharing: what the documentation promises, through exported packages only.
@NullMarked
package io.patinox.contract.share;

import org.jspecify.annotations.NullMarked;
