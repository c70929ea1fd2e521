package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How much room a string or an array has in each record of a file: a string as many bytes, an
/// array as many elements.
///
/// Without it such a component is refused with `MAPPING-LAYOUT`, as nothing else says how large it
/// is. A string may be shorter; an array has exactly this length.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Capacity {
    /// Returns the room.
    ///
    /// @return bytes of a string, elements of an array, from 1 to 65,535
    int value();
}
