package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many bytes the ordinal of an enum takes in a file. Without it: one, and a second or more
/// where the enum has more constants than that can count.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Width {
    /// Returns the width.
    ///
    /// @return 1, 2 or 4 bytes
    int value();
}
