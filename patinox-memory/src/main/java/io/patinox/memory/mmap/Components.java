package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the components of an interface in the order in which they stand in a file: the methods of
/// an interface, unlike the components of a record, have no order of their own.
///
/// For a component `price` of type `double` the interface has the method `double price()`, and may
/// have more of it:
///
/// | method | what it does | component |
/// |---|---|---|
/// | `void price(double value)` | writes it | any |
/// | `long countVolatile()` | reads it with volatile semantics | int, long |
/// | `void countVolatile(long value)` | writes it so | int, long |
/// | `long countAcquire()` | reads it with acquire semantics | int, long |
/// | `void countRelease(long value)` | writes it with release semantics | int, long |
/// | `long countGetAndAdd(long delta)` | adds atomically and returns what was | int, long |
/// | `long countGetAndSet(long value)` | exchanges atomically | int, long |
/// | `boolean countCompareAndSet(long expected, long value)` | sets it if as expected | int, long |
///
/// Default and static methods are the interface's own affair. Any other method is refused with
/// `MAPPING-LAYOUT`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Components {
    /// Returns the names.
    ///
    /// @return each component once, first the first of the file
    String[] value();
}
