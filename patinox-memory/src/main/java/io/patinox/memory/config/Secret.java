package io.patinox.memory.config;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.SecretDestroyedException;
import io.patinox.memory.internal.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A value that is never printed: a password, a token, a key.
///
/// Its text is `***` everywhere: in `toString`, in explanations, in events, in errors. It cannot be
/// serialized and has no getter that a mapper would find. Two are equal if their values are, which
/// is found out in a time that does not depend on where they differ; the hash code says nothing.
///
/// It lives until [#destroy()], which nobody calls but the program: history, rollback and pinned
/// snapshots keep it. What has been revealed is the caller's. Java may have copied a text that was
/// never destroyed here; a `Secret<char[]>` or `Secret<byte[]>` is overwritten, a `Secret<String>`
/// is only forgotten.
///
/// May be used from any thread. Destroying happens before what is revealed afterwards fails.
///
/// @param <T> the type of the value
public final class Secret<T> {

    private volatile @Nullable T value;

    private Secret(T value) {
        this.value = value;
    }

    /// Makes a secret.
    ///
    /// @param <T> the type of the value
    /// @param value the value; not copied
    /// @return the secret
    public static <T> Secret<T> of(T value) {
        return new Secret<>(Options.required("value", value));
    }

    /// Returns the value.
    ///
    /// @return the value itself; an array is not copied, and is overwritten by [#destroy()]
    /// @throws SecretDestroyedException if it was destroyed
    public T reveal() {
        T now = value;
        if (now == null) {
            throw new SecretDestroyedException();
        }
        return now;
    }

    /// Overwrites the value if it is an array, and forgets it. Idempotent.
    public void destroy() {
        T now = value;
        value = null;
        switch (now) {
            case char[] chars -> Arrays.fill(chars, '\0');
            case byte[] bytes -> Arrays.fill(bytes, (byte) 0);
            case null, default -> {}
        }
    }

    /// Tells whether the value is gone.
    ///
    /// @return whether [#destroy()] was called
    public boolean isDestroyed() {
        return value == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Secret<?> that && same(value, that.value));
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return false;
        }
        byte[] left = bytes(a);
        byte[] right = bytes(b);
        if (left == null || right == null) {
            return a.equals(b);
        }
        return a.getClass() == b.getClass() && MessageDigest.isEqual(left, right);
    }

    private static byte @Nullable [] bytes(Object value) {
        return switch (value) {
            case String text -> text.getBytes(StandardCharsets.UTF_16BE);
            case char[] chars -> new String(chars).getBytes(StandardCharsets.UTF_16BE);
            case byte[] bytes -> bytes;
            default -> null;
        };
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    /// Returns `***`.
    ///
    /// @return always the same
    @Override
    public String toString() {
        return Secrets.MASK;
    }
}
