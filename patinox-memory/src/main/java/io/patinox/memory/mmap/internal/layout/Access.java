package io.patinox.memory.mmap.internal.layout;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// How the types of the user are reached: by the lookup that was given, by ours if their package is
/// open to us, as everything on the class path is, or as anybody may if they are public and their
/// package is exported.
///
/// @param given the lookup that was given
record Access(@Nullable Lookup given) {
    private static final Lookup OURS = MethodHandles.lookup();

    /// Returns a lookup that reaches a type, with all rights if it can be had.
    ///
    /// @throws io.patinox.memory.error.MappingLayoutException if there is none
    Lookup to(Class<?> type, Site site) {
        if (given != null) {
            try {
                return MethodHandles.privateLookupIn(type, given);
            } catch (IllegalAccessException | SecurityException e) {
                // there are other ways
            }
        }
        Module ours = OURS.lookupClass().getModule();
        ours.addReads(type.getModule());
        try {
            return MethodHandles.privateLookupIn(type, OURS);
        } catch (IllegalAccessException | SecurityException e) {
            if (Modifier.isPublic(type.getModifiers())
                    && type.getModule().isExported(type.getPackageName(), ours)) {
                return OURS;
            }
            throw site.refused(reason(type), e);
        }
    }

    private String reason(Class<?> type) {
        return (given == null
                        ? "it can't be reached: call "
                        : "the lookup that was given does not reach " + type.getName() + ": call ")
                + "lookup(MethodHandles.lookup()) where it can be used, or declare 'opens "
                + type.getPackageName()
                + " to io.patinox.memory' in its module";
    }

    /// Returns a constructor.
    MethodHandle constructor(Class<?> type, Class<?>[] parameters, Site site) {
        try {
            return to(type, site)
                    .findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (NoSuchMethodException e) {
            throw site.refused(
                    type.getName()
                            + " needs a constructor with "
                            + parameters.length
                            + " parameters",
                    e);
        } catch (IllegalAccessException e) {
            throw site.refused(reason(type), e);
        }
    }

    /// Returns a method without parameters.
    MethodHandle accessor(Class<?> type, String name, Class<?> result, Site site) {
        try {
            return to(type, site).findVirtual(type, name, MethodType.methodType(result));
        } catch (NoSuchMethodException e) {
            throw new AssertionError("it was found by reflection", e);
        } catch (IllegalAccessException e) {
            throw site.refused(reason(type), e);
        }
    }
}
