package io.patinox.cli.simulate;

import java.io.FilterInputStream;
import java.io.InputStream;

/// A stream that hands on what one read gives, and says that nothing more is at hand.
///
/// A buffer over it then asks no second time before it hands on what it has. Otherwise, where
/// packed data is cut off, all that could be unpacked before would be lost with the exception.
final class Portions extends FilterInputStream {

    Portions(InputStream in) {
        super(in);
    }

    @Override
    public int available() {
        return 0;
    }
}
