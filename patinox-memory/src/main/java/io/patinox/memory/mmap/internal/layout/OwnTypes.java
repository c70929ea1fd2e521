package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.mmap.MappableType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The instances of the user's types, one a class, and what they say of themselves.
final class OwnTypes {
    private static final ClassValue<AtomicReference<@Nullable MappableType<?>>> INSTANCES =
            new ClassValue<>() {
                @Override
                protected AtomicReference<@Nullable MappableType<?>> computeValue(Class<?> type) {
                    return new AtomicReference<>();
                }
            };

    private OwnTypes() {}

    /// What a type says of itself, asked once and checked.
    ///
    /// @param own the type
    /// @param name its name
    /// @param byteSize its size
    /// @param alignment at a multiple of what it stands
    record Facts(MappableType<?> own, String name, int byteSize, int alignment) {}

    /// Returns the type that a component is mapped by.
    ///
    /// @param component the type of the component
    /// @param by the class of the type
    static Facts of(Site site, Class<?> component, Access access, Class<?> by) {
        MappableType<?> own = instance(site, access, by);
        Facts facts;
        Class<?> type;
        try {
            type = own.type();
            facts = new Facts(own, own.name(), own.byteSize(), own.byteAlignment());
        } catch (RuntimeException e) {
            throw site.refused(
                    by.getName() + " can't be asked what it is: " + Describe.failure(e), e);
        }
        if (type != component) {
            throw site.refused(
                    by.getName()
                            + " is for "
                            + (type == null ? "null" : type.getName())
                            + ", not for "
                            + component.getName());
        }
        if (facts.name() == null || !LayoutRules.isOwnName(facts.name())) {
            throw site.refused(
                    "the name of "
                            + by.getName()
                            + " must be 1 to 100 of A-Z a-z 0-9 . _ - :, but is "
                            + Describe.value(facts.name()));
        }
        int bytes = facts.byteSize();
        if (bytes < 1 || bytes > LayoutRules.MAX_LENGTH) {
            throw site.refused(
                    "byteSize of " + by.getName() + " must be 1 to 65,535, but is " + bytes);
        }
        int alignment = facts.alignment();
        if (alignment < 1 || alignment > 8 || Integer.bitCount(alignment) != 1) {
            throw site.refused(
                    "byteAlignment of "
                            + by.getName()
                            + " must be 1, 2, 4 or 8, but is "
                            + alignment);
        }
        return facts;
    }

    private static MappableType<?> instance(Site site, Access access, Class<?> by) {
        AtomicReference<@Nullable MappableType<?>> held = INSTANCES.get(by);
        MappableType<?> instance = held.get();
        if (instance != null) {
            return instance;
        }
        MethodHandle constructor =
                access.constructor(by, new Class<?>[0], site)
                        .asType(MethodType.methodType(MappableType.class));
        MappableType<?> made;
        try {
            made = (MappableType<?>) constructor.invokeExact();
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw site.refused(by.getName() + " can't be made: " + Describe.failure(e), e);
        }
        MappableType<?> first = held.compareAndExchange(null, made);
        return first == null ? made : first;
    }
}
