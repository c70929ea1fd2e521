package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import java.lang.reflect.Method;

/// Finds out whether a manager resets what comes back, so that others needn't be asked each time.
final class Recycling {
    private Recycling() {}

    /// {@return false when the manager has no `recycle` of its own, for certain}
    static boolean isDoneBy(ConnectionManager<?> manager) {
        boolean inherited = false;
        for (Method method : manager.getClass().getMethods()) {
            if (method.getName().equals("recycle") && method.getParameterCount() == 1) {
                if (method.getDeclaringClass() != ConnectionManager.class) {
                    return true;
                }
                inherited = true;
            }
        }
        // Where reflection shows nothing at all, nothing is certain.
        return !inherited;
    }
}
