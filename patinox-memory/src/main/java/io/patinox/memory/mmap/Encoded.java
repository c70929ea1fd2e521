package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How an `Instant` (since the epoch) or a `Duration` is written. Without it such a component is
/// refused with `MAPPING-LAYOUT`: there is no encoding that suits all.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Encoded {
    /// Returns the encoding.
    ///
    /// @return the encoding
    Encoding value();
}
