package io.patinox.memory.cache;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Caches that are not those of a builder.
final class Wrapped {

    private Wrapped() {}

    @SuppressWarnings("unchecked")
    static <K, V> Cache<K, V> around(Cache<K, V> cache) {
        return (Cache<K, V>)
                Proxy.newProxyInstance(
                        Wrapped.class.getClassLoader(),
                        new Class<?>[] {Cache.class},
                        (_, method, arguments) -> {
                            try {
                                return method.invoke(cache, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /// A cache that has nothing but bulk loads.
    @SuppressWarnings("unchecked")
    static <K, V> LoadingCache<K, V> loading(Function<List<K>, Map<K, V>> getAll) {
        return (LoadingCache<K, V>)
                Proxy.newProxyInstance(
                        Wrapped.class.getClassLoader(),
                        new Class<?>[] {LoadingCache.class},
                        (_, method, arguments) ->
                                switch (method.getName()) {
                                    case "name" -> "loading";
                                    case "getAll" -> getAll.apply((List<K>) arguments[0]);
                                    default -> throw new UnsupportedOperationException();
                                });
    }
}
